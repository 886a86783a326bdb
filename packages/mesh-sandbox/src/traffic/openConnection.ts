import { Pod } from '../mesh';
import { connect } from './connect';
import { visibleCaller } from './InboundProxy';
import { MeshRequest, MeshResponse } from './messages';
import { ResolvedAsk } from './ResolvedAsk';
import { TrafficContext } from './TrafficContext';
import { ConnectionReport } from './TrafficObserver';
import { drawWork } from './work';

/** One TCP connection between two pods, from opening to closing; its work takes as long as the callee's latency. */
export function openConnection(
  context: TrafficContext,
  from: Pod,
  ask: ResolvedAsk,
  { requestBytes, responseBytes }: MeshRequest,
  done: (response: MeshResponse) => void,
): void {
  const { random, simulation, observer, behaviours } = context;
  const service = ask.called;
  const cluster = ask.cluster(ask.plainRoute.destinations[0]);
  const proxied = from.workload.proxy !== 'none';
  const ofSource = (flags: string): ConnectionReport => ({
    reporter: 'source',
    source: from.workload,
    service,
    flags,
    mutualTls: false,
  });
  const refuse = (report: ConnectionReport) => {
    if (proxied) {
      observer.connectionOpened(report);
      observer.connectionClosed(report, 0, 0);
    }
    done({ status: 0 });
  };
  if (!cluster || cluster.pods.length === 0) {
    refuse(ofSource('UH'));
    return;
  }
  const pool = context.stateOf(from).pool(cluster);
  const place = pool.enter(
    // TCP knows no queue: a connection beyond the limit is refused.
    { ...cluster, limits: { ...cluster.limits, maxPendingRequests: 0 } },
    () => undefined,
  );
  if (!place) {
    refuse(ofSource('UO'));
    return;
  }
  const to = random.pick(cluster.pods);
  const connection = connect(context, from, cluster, to);
  if (connection === 'refused') {
    place.release();
    refuse({ ...ofSource('UF'), destination: to.workload });
    return;
  }
  const both = {
    destination: to.workload,
    service,
    flags: '-',
    mutualTls: connection === 'mutual-tls',
  };
  const reports: ConnectionReport[] = [];
  if (proxied) {
    reports.push({ ...both, reporter: 'source', source: from.workload });
  }
  if (to.workload.proxy !== 'none') {
    reports.push({
      ...both,
      reporter: 'destination',
      source: visibleCaller(context, from.workload),
    });
  }
  reports.forEach(report => observer.connectionOpened(report));
  const work = drawWork(
    context,
    to.workload.key,
    behaviours.of(to.workload),
    undefined,
  );
  simulation.schedule(work.durationMs, () => {
    // Istio counts from the caller's view: received is what the caller sent.
    reports.forEach(report =>
      observer.connectionClosed(report, responseBytes, requestBytes),
    );
    place.release();
    done({ status: work.status });
  });
}
