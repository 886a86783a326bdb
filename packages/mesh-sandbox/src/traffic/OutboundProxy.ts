import { MeshModel, Pod, Workload } from '../mesh';
import { InboundProxy } from './InboundProxy';
import { MeshRequest, MeshResponse } from './messages';
import { openConnection } from './openConnection';
import { Ask, ResolvedAsk } from './ResolvedAsk';
import { sendDirectly } from './sendDirectly';
import { sendThroughProxy } from './sendThroughProxy';
import { TrafficContext } from './TrafficContext';

/** The caller's side: from what an application asks to a request on its way. */
export class OutboundProxy {
  private resolved = new Map<Workload, Map<Ask, ResolvedAsk>>();
  private model: MeshModel | undefined;

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
    const { context, inbound } = this;
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
    const pending =
      from.workload.proxy === 'none'
        ? sendDirectly(context, inbound, from, resolved, request, once)
        : sendThroughProxy(context, inbound, from, resolved, request, once);
    if (timeoutMs !== undefined && !over) {
      context.simulation.schedule(timeoutMs, () => {
        if (!over) {
          once({ status: 504 });
          pending.abort();
        }
      });
    }
  }

  private resolve(from: Workload, ask: Ask): ResolvedAsk {
    const { model } = this.context;
    if (this.model !== model) {
      this.model = model;
      this.resolved = new Map();
    }
    let ofWorkload = this.resolved.get(from);
    if (!ofWorkload) {
      ofWorkload = new Map();
      this.resolved.set(from, ofWorkload);
    }
    let resolved = ofWorkload.get(ask);
    if (!resolved) {
      resolved = new ResolvedAsk(model, from, ask);
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
