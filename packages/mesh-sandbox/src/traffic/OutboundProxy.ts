import { Pod, Workload } from '../mesh';
import { InboundProxy } from './InboundProxy';
import { MeshRequest, MeshResponse, Pending } from './messages';
import { openConnection } from './openConnection';
import { Ask, ResolvedAsk } from './ResolvedAsk';
import { sendDirectly } from './sendDirectly';
import { sendThroughProxy } from './sendThroughProxy';
import { sendThroughTunnel } from './sendThroughTunnel';
import { TrafficContext } from './TrafficContext';

/** The caller's side: from what an application asks to a request on its way. */
export class OutboundProxy {
  private resolved = new Map<Workload, Map<Ask, ResolvedAsk>>();

  constructor(
    private readonly context: TrafficContext,
    private readonly inbound: InboundProxy,
  ) {}

  /** Sends a request of a pod's application. `done` is called once, also when it gave up after `timeoutMs`. */
  send(
    from: Pod,
    ask: Ask,
    inherited: Readonly<Record<string, string>>,
    timeoutMs: number | undefined,
    done: (response: MeshResponse) => void,
  ): void {
    const { context } = this;
    const resolved = this.resolve(from.workload, ask);
    const request = this.request(ask, resolved, inherited);
    let over = false;
    const once = (response: MeshResponse) => {
      if (!over) {
        over = true;
        done(response);
      }
    };
    if (resolved.protocol === 'tcp' && !resolved.called.external) {
      openConnection(context, from, resolved, request, once);
      return;
    }
    const pending = this.dispatch(from, ask, resolved, request, once);
    if (timeoutMs !== undefined && !over) {
      context.simulation.schedule(timeoutMs, () => {
        if (!over) {
          once({ status: 504 });
          pending.abort();
        }
      });
    }
  }

  /** Forgets what asks meant: the mesh has changed. */
  forget(): void {
    this.resolved = new Map();
  }

  private dispatch(
    from: Pod,
    ask: Ask,
    resolved: ResolvedAsk,
    request: MeshRequest,
    done: (response: MeshResponse) => void,
  ): Pending {
    const { context, inbound } = this;
    switch (from.workload.proxy) {
      case 'none':
        return sendDirectly(context, inbound, from, resolved, request, done);
      case 'ztunnel':
        return sendThroughTunnel(
          {
            context,
            inbound,
            from,
            ask: resolved,
            atWaypoint: waypoint => this.resolve(waypoint, ask, resolved),
          },
          request,
          done,
        );
      default:
        return sendThroughProxy(
          { context, inbound, from, ask: resolved },
          request,
          done,
        );
    }
  }

  /** @param as - what the name means to whom asked first; a waypoint takes requests by services, not by names */
  private resolve(from: Workload, ask: Ask, as?: ResolvedAsk): ResolvedAsk {
    let ofWorkload = this.resolved.get(from);
    if (!ofWorkload) {
      ofWorkload = new Map();
      this.resolved.set(from, ofWorkload);
    }
    let resolved = ofWorkload.get(ask);
    if (!resolved) {
      resolved = new ResolvedAsk(
        this.context.meshOf(from),
        from,
        as ? { ...ask, to: `${as.called.host}:${as.port}` } : ask,
      );
      ofWorkload.set(ask, resolved);
    }
    return resolved;
  }

  private request(
    ask: Ask,
    { host, protocol }: ResolvedAsk,
    inherited: Readonly<Record<string, string>>,
  ): MeshRequest {
    const { random } = this.context;
    return {
      protocol,
      method: ask.method,
      path: ask.path,
      authority: host,
      headers:
        Object.keys(ask.headers).length > 0
          ? { ...inherited, ...ask.headers }
          : inherited,
      requestBytes: Math.ceil(random.lognormal(ask.requestBytes)),
      responseBytes: Math.ceil(random.lognormal(ask.responseBytes)),
    };
  }
}
