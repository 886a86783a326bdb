import { hasEnvoy, MeshService, Pod, poolOf, Workload } from '../mesh';
import { Application } from './Application';
import { answerOf, MeshRequest, MeshResponse, Pending } from './messages';
import { TrafficContext } from './TrafficContext';
import { calleesTunnel, ConnectionReports, eastWestReport } from './tunnels';
import { withSpan } from './withSpan';

/** A request on its way into a pod. */
export interface Inbound {
  from: Pod;
  to: Pod;
  service: MeshService;
  /** The pod's own port. */
  port: number;
  mutualTls: boolean;
  request: MeshRequest;
}

/** The callee's side: its proxy checks, reports and hands over to the application. */
export class InboundProxy {
  constructor(
    private readonly context: TrafficContext,
    private readonly application: Application,
  ) {}

  /** @returns a handle for the caller to hang up; the application then works on, but its answer goes nowhere */
  deliver(sent: Inbound, answer: (response: MeshResponse) => void): Pending {
    const { simulation } = this.context;
    const startedAt = simulation.now;
    const inbound = {
      ...sent,
      request: withSpan(this.context, sent.to.workload, sent.request),
    };
    const { from, to, service, request } = inbound;
    const onTheWay = new ConnectionReports(this.context, [
      eastWestReport(this.context, from, to, service),
      calleesTunnel(this.context, to, inbound),
    ]);
    let over = false;
    const end = (response: MeshResponse) => {
      over = true;
      onTheWay.close(
        responseBytes(request, response.status),
        request.requestBytes,
      );
      this.report(inbound, response, simulation.now - startedAt);
    };
    const respond = (response: MeshResponse) => {
      if (!over) {
        end(response);
        answer(response);
      }
    };
    if (hasEnvoy(to.workload) && !this.allows(inbound)) {
      simulation.schedule(0.3, () => respond(answerOf(request.protocol, 403)));
    } else {
      this.application.serve(to, request, respond);
    }
    return {
      abort: () => {
        if (!over) {
          end({ status: 0, flags: 'DC' });
        }
      },
    };
  }

  private allows({ from, to, service, port, mutualTls, request }: Inbound) {
    const { authorization } = this.context.meshOf(to.workload);
    return authorization.allows(to.workload, {
      ...(mutualTls && {
        principal: from.workload.principal.replace('spiffe://', ''),
        namespace: from.workload.namespace,
      }),
      ip: from.ip,
      method: request.method,
      path: request.path,
      host: service.host,
      port,
      headers: request.headers,
    });
  }

  /** A sidecar does not know by which Service it was called: of those that select its pod, the oldest stands for all. */
  private oldestService({ to, service, port }: Inbound): MeshService {
    const { services } = this.context.meshOf(to.workload);
    const others = [...services.values()].filter(
      one =>
        !poolOf(one) &&
        one.namespace === to.workload.namespace &&
        one.ports.some(({ targetPort }) => targetPort === port) &&
        one.pods.some(({ key }) => key === to.key),
    );
    return others[0] ?? service;
  }

  private report(
    inbound: Inbound,
    { status, grpcStatus, flags }: MeshResponse,
    durationMs: number,
  ) {
    const { from, to, service, mutualTls, request } = inbound;
    if (!hasEnvoy(to.workload)) {
      return;
    }
    this.context.observer.request({
      reporter: 'destination',
      protocol: request.protocol,
      proxy: to.workload,
      source: visibleCaller(this.context, from.workload, to.workload),
      destination: to.workload,
      service: poolOf(service) ? this.oldestService(inbound) : service,
      status,
      grpcStatus,
      flags: flags ?? '-',
      mutualTls,
      durationMs,
      requestBytes: request.requestBytes,
      responseBytes: responseBytes(request, status),
      traced: request.span && { request, retries: 0 },
    });
  }
}

/**
 * Whom the callee's proxy can name. Callers with a proxy send their metadata along. Of others it knows but an address,
 * and can ask istiod whose that is only where peer metadata discovery is on.
 */
export function visibleCaller(
  { meshOf }: TrafficContext,
  caller: Workload,
  callee: Workload,
): Workload | undefined {
  return caller.proxy !== 'none' ||
    meshOf(callee).settings.peerMetadataDiscovery
    ? caller
    : undefined;
}

/** Error answers are short. */
export function responseBytes(request: MeshRequest, status: number): number {
  if (status === 0) {
    return 0;
  }
  return status < 400 ? request.responseBytes : 120;
}
