import { hasEnvoy, Pod } from '../mesh';
import { connect } from './connect';
import { visibleCaller } from './InboundProxy';
import { MeshRequest, MeshResponse } from './messages';
import { ResolvedAsk } from './ResolvedAsk';
import { TrafficContext } from './TrafficContext';
import { ConnectionReport } from './TrafficObserver';
import {
  calleesTunnel,
  callersTunnel,
  ConnectionReports,
  eastWestReport,
  refusedByWaypoint,
} from './tunnels';
import { workOf } from './work';

/** One TCP connection between two pods, from opening to closing; its work takes as long as the callee's latency. */
export function openConnection(
  context: TrafficContext,
  from: Pod,
  ask: ResolvedAsk,
  request: MeshRequest,
  done: (response: MeshResponse) => void,
): void {
  const { random, simulation, meshOf } = context;
  const service = ask.called;
  const cluster = ask.cluster(ask.plainRoute.destinations[0]);
  const proxied = hasEnvoy(from.workload);
  const ofSource = (flags: string): ConnectionReport => ({
    reporter: 'source',
    proxy: from.workload,
    source: from.workload,
    service,
    flags,
    mutualTls: false,
  });
  const refuse = (report: ConnectionReport) => {
    new ConnectionReports(context, [proxied ? report : undefined]).close(0, 0);
    done({ status: 0 });
  };
  if (!cluster || cluster.pods.length === 0) {
    refuse(ofSource('UH'));
    return;
  }
  const pool = context.stateOf(from).pool(cluster);
  const place = pool.enter(
    // TCP knows no queue: a connection beyond the limit is refused. Limits are Envoy's: a ztunnel has none.
    { ...cluster, limits: { ...cluster.limits, maxPendingRequests: 0 } },
    () => undefined,
  );
  if (!place) {
    refuse(ofSource('UO'));
    return;
  }
  const waypoint =
    from.workload.proxy === 'ztunnel'
      ? meshOf(from.workload).waypoints.of(service)
      : undefined;
  if (waypoint && context.conditions.refusingWaypoints.has(waypoint.key)) {
    place.release();
    refusedByWaypoint(context, { from, to: waypoint, service });
    done({ status: 0 });
    return;
  }
  const hops = waypoint?.pods.filter(({ ready }) => ready) ?? [];
  const sender = hops.length > 0 ? random.pick(hops) : from;
  const to = random.pick(cluster.pods);
  const connection =
    waypoint && hops.length === 0
      ? 'refused'
      : connect(context, sender, cluster, to);
  if (connection === 'refused') {
    place.release();
    refuse({ ...ofSource('UF'), destination: to.workload });
    return;
  }
  const mutualTls = connection === 'mutual-tls';
  const both = { destination: to.workload, service, flags: '-', mutualTls };
  const reports = new ConnectionReports(context, [
    callersTunnel(context, {
      from,
      to: waypoint ?? to.workload,
      service,
      mutualTls: waypoint !== undefined || mutualTls,
    }),
    proxied
      ? {
          ...both,
          reporter: 'source',
          proxy: from.workload,
          source: from.workload,
        }
      : undefined,
    waypoint && {
      ...both,
      reporter: 'waypoint',
      proxy: waypoint,
      source: from.workload,
    },
    eastWestReport(context, sender, to, service),
    calleesTunnel(context, to, { from: sender, service, mutualTls }),
    hasEnvoy(to.workload)
      ? {
          ...both,
          reporter: 'destination',
          proxy: to.workload,
          source: visibleCaller(context, sender.workload, to.workload),
        }
      : undefined,
  ]);
  const work = workOf(context, to.workload, request);
  simulation.schedule(work.durationMs, () => {
    // Istio counts from the caller's view: received is what the caller sent.
    reports.close(request.responseBytes, request.requestBytes);
    place.release();
    done({ status: work.status });
  });
}
