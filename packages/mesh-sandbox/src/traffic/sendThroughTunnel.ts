import { Pod, Workload } from '../mesh';
import { connect } from './connect';
import { InboundProxy } from './InboundProxy';
import { answerOf, MeshRequest, MeshResponse, Pending } from './messages';
import { ResolvedAsk } from './ResolvedAsk';
import { sendThroughProxy } from './sendThroughProxy';
import { TrafficContext } from './TrafficContext';
import { callersTunnel, ConnectionReports, refusedByWaypoint } from './tunnels';
import { withSpan } from './withSpan';
import { externalWork } from './work';

const NOTHING: Pending = { abort: () => undefined };

export interface Tunnelling {
  context: TrafficContext;
  inbound: InboundProxy;
  from: Pod;
  ask: ResolvedAsk;
  /** The same ask as a waypoint sees it. */
  atWaypoint(waypoint: Workload): ResolvedAsk;
}

/**
 * Sends a request from an ambient pod. Its ztunnel sees a connection (the sandbox opens one for each request) and
 * takes it to the service's waypoint, or to any pod of the service: routes and subsets are for waypoints.
 */
export function sendThroughTunnel(
  { context, inbound, from, ask, atWaypoint }: Tunnelling,
  request: MeshRequest,
  done: (response: MeshResponse) => void,
): Pending {
  const { random, simulation } = context;
  const service = ask.called;
  const report = (to: Workload | undefined, mutualTls: boolean) =>
    new ConnectionReports(context, [
      callersTunnel(context, { from, to, service, mutualTls }),
    ]);
  const counted = (reports: ConnectionReports) => (response: MeshResponse) => {
    reports.close(
      response.status === 0 ? 0 : request.responseBytes,
      request.requestBytes,
    );
    done(response);
  };
  const waypoint =
    ask.service && context.meshOf(from.workload).waypoints.of(service);
  if (waypoint) {
    const hosts = waypoint.pods.filter(({ ready }) => ready);
    if (hosts.length === 0) {
      done({ status: 0 });
      return NOTHING;
    }
    if (context.conditions.refusingWaypoints.has(waypoint.key)) {
      refusedByWaypoint(context, { from, to: waypoint, service });
      done({ status: 0 });
      return NOTHING;
    }
    return throughWaypoint(
      context,
      inbound,
      { caller: from, waypoint: random.pick(hosts), ask: atWaypoint(waypoint) },
      request,
      counted(report(waypoint, true)),
    );
  }
  if (service.external) {
    const finish = counted(report(undefined, false));
    const work = externalWork(context, from.workload, service.host, request);
    const answered = simulation.schedule(work.durationMs, () => finish(work));
    return { abort: () => answered.cancel() };
  }
  const cluster = ask.cluster(ask.plainRoute.destinations[0]);
  if (!cluster || cluster.pods.length === 0) {
    done({ status: 0 });
    return NOTHING;
  }
  const to = random.pick(cluster.pods);
  const connection = connect(context, from, cluster, to);
  const mutualTls = to.workload.proxy !== 'none';
  const finish = counted(report(to.workload, mutualTls));
  if (connection === 'refused') {
    finish({ status: 0 });
    return NOTHING;
  }
  return inbound.deliver(
    {
      from,
      to,
      service: cluster.service,
      port: cluster.port.targetPort,
      mutualTls,
      request,
    },
    finish,
  );
}

/** A waypoint checks, routes and reports for its services as a sidecar would for its caller. */
function throughWaypoint(
  context: TrafficContext,
  inbound: InboundProxy,
  { caller, waypoint, ask }: { caller: Pod; waypoint: Pod; ask: ResolvedAsk },
  asked: MeshRequest,
  done: (response: MeshResponse) => void,
): Pending {
  const { simulation, observer, meshOf } = context;
  const service = ask.called;
  const allowed = meshOf(waypoint.workload).authorization.allowsAtWaypoint(
    waypoint.workload,
    service,
    {
      principal: caller.workload.principal.replace('spiffe://', ''),
      namespace: caller.workload.namespace,
      ip: caller.ip,
      method: asked.method,
      path: asked.path,
      host: service.host,
      port: ask.port,
      headers: asked.headers,
    },
  );
  if (allowed) {
    return sendThroughProxy(
      { context, inbound, from: waypoint, caller: caller.workload, ask },
      asked,
      done,
    );
  }
  const request = withSpan(context, waypoint.workload, asked);
  const response = answerOf(request.protocol, 403);
  observer.request({
    reporter: 'waypoint',
    proxy: waypoint.workload,
    protocol: request.protocol,
    source: caller.workload,
    service,
    status: response.status,
    grpcStatus: response.grpcStatus,
    flags: '-',
    mutualTls: true,
    durationMs: 0.3,
    requestBytes: request.requestBytes,
    responseBytes: 120,
    traced: request.span && { request, retries: 0 },
  });
  const answered = simulation.schedule(0.3, () => done(response));
  return { abort: () => answered.cancel() };
}
