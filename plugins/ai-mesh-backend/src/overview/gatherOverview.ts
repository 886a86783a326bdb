import {
  known,
  type Measured,
  type Window,
} from '@ai-mesh/plugin-ai-mesh-common';
import { endpointsOfServices } from '../kubernetes/endpointsOfServices';
import { cutOff } from '../routes/cutOff';
import { inTurns } from '../target/inTurns';
import type { ClusterTarget } from '../target/Target';
import {
  ClusterTelemetry,
  inScope,
  remarkDroppedLabels,
  remarkUntoldCallers,
  ServiceReports,
  sparklineQuery,
  trafficFrom,
  type AskedCluster,
  type SparklineRange,
  type WarmTables,
} from '../telemetry';

/** What an overview is made of, of one cluster. */
export type GatheredOverview = Awaited<ReturnType<typeof gatherOverview>>;

/** The points of a past hour stay as they are; the newest comes once a minute. */
const SPARKLINE_KEPT_MS = 60_000;
const NOTHING = known([]);

/**
 * Five questions a cluster at once, and two for the total alone; on a warm table the one for the sparkline alone, once a minute.
 *
 * @param configured - every cluster, to name those that metrics name
 * @param range - of the sparkline; `total`: for who looks at nothing but requests and latencies, nothing else is asked for
 */
export async function gatherOverview(
  { cluster, snapshot, services }: ClusterTarget,
  configured: readonly AskedCluster[],
  window: Window,
  range: SparklineRange | 'total',
  tables?: WarmTables,
) {
  const reports = new ServiceReports(cluster, configured, snapshot, services);
  const scope = { to: services, from: [], around: reports.around };
  const telemetry = new ClusterTelemetry(cluster);
  const traffic = trafficFrom(cluster, telemetry, window, tables);
  const [requests, buckets, usual, besides, series] = await Promise.all([
    traffic.requests(scope),
    traffic.latency(scope),
    range === 'total' ? NOTHING : traffic.usualLatency(scope),
    range === 'total'
      ? { tcp: NOTHING, lately: NOTHING }
      : traffic.tcpAndLately(scope),
    range === 'total'
      ? NOTHING
      : telemetry.series('sparkline', sparklineQuery(scope), range, {
          keepForMs: SPARKLINE_KEPT_MS,
        }),
  ]);
  const ours = async <T extends { labels: Record<string, string> }>(
    rows: Measured<readonly T[]>,
  ): Promise<Measured<T[]>> => {
    await inTurns();
    const reported = reports.read(rows);
    return reported.status === 'known'
      ? known(reported.value.filter(inScope({ to: services, from: [] })))
      : reported;
  };
  const read = {
    requests: await ours(requests),
    buckets: await ours(buckets),
    usual: await ours(usual),
    tcp: await ours(besides.tcp),
    lately: await ours(besides.lately),
    series: await ours(series),
  };
  reports.remarkMixed(telemetry);
  remarkUntoldCallers(telemetry, read.requests);
  if (read.requests.status === 'known' && read.requests.value.length === 0) {
    await remarkDroppedLabels(telemetry, services);
  }
  return {
    name: cluster.name,
    names: reports.names,
    telemetry,
    ...read,
    endpoints: endpointsOfServices(snapshot, services),
    cutOff: services.flatMap(service => cutOff(snapshot, service) ?? []),
  };
}
