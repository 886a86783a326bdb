import { MeshService, Pod, Workload } from '../mesh';
import { TrafficContext } from './TrafficContext';
import { ConnectionReport } from './TrafficObserver';

/** What the proxies on the way count of one connection. */
export class ConnectionReports {
  private readonly reports: readonly ConnectionReport[];

  constructor(
    private readonly context: TrafficContext,
    reports: readonly (ConnectionReport | undefined)[],
  ) {
    this.reports = reports.filter(one => one !== undefined);
    this.reports.forEach(one => context.observer.connectionOpened(one));
  }

  /** @param flags - why it ended, where not as it should */
  close(sentBytes: number, receivedBytes: number, flags?: string): void {
    this.reports.forEach(report =>
      this.context.observer.connectionClosed(
        flags === undefined ? report : { ...report, flags },
        sentBytes,
        receivedBytes,
      ),
    );
  }
}

interface Tunnelled {
  from: Pod;
  /** The next hop, which may be a waypoint; absent outside the mesh. */
  to: Workload | undefined;
  service: MeshService;
  mutualTls: boolean;
}

/** What the ztunnel of the caller's node reports; undefined where the caller is not its. */
export function callersTunnel(
  context: TrafficContext,
  { from, to, service, mutualTls }: Tunnelled,
): ConnectionReport | undefined {
  return atTunnel(context, from, {
    reporter: 'source',
    source: from.workload,
    destination: to,
    service,
    flags: '-',
    mutualTls,
  });
}

/** What the ztunnel of the caller's node counts of a waypoint that takes no connection: opened, and failed with its own flag. */
export function refusedByWaypoint(
  context: TrafficContext,
  { from, to, service }: Omit<Tunnelled, 'mutualTls'>,
): void {
  new ConnectionReports(context, [
    callersTunnel(context, { from, to, service, mutualTls: true }),
  ]).close(0, 0, 'CONNECT');
}

/** What the ztunnel of the callee's node reports; undefined where the callee is not its. */
export function calleesTunnel(
  context: TrafficContext,
  to: Pod,
  { from, service, mutualTls }: Omit<Tunnelled, 'to'>,
): ConnectionReport | undefined {
  return atTunnel(context, to, {
    reporter: 'destination',
    // By its address, ztunnel knows whose pod it is even without an identity.
    source: from.workload,
    destination: to.workload,
    service,
    flags: '-',
    mutualTls,
  });
}

function atTunnel(
  context: TrafficContext,
  pod: Pod,
  report: Omit<ConnectionReport, 'proxy'>,
): ConnectionReport | undefined {
  const ztunnel =
    pod.workload.proxy === 'ztunnel'
      ? context.meshOf(pod.workload).ztunnelOn(pod.node)
      : undefined;
  return ztunnel && { ...report, proxy: ztunnel.workload, pod: ztunnel };
}

/**
 * What the east-west gateway in front of another cluster reports. It passes the callers' TLS on unopened, so it counts
 * connections and names itself as their source.
 */
export function eastWestReport(
  context: TrafficContext,
  from: Pod,
  to: Pod,
  service: MeshService,
): ConnectionReport | undefined {
  const gateway =
    from.workload.cluster === to.workload.cluster
      ? undefined
      : context.eastWestGateway(to.workload.cluster);
  return (
    gateway && {
      reporter: 'source',
      proxy: gateway.workload,
      source: gateway.workload,
      destination: to.workload,
      service,
      flags: '-',
      mutualTls: false,
    }
  );
}
