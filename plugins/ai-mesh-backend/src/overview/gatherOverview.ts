import { known, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import { endpointsOfServices } from '../kubernetes/endpointsOfServices';
import { inTurns } from '../target/inTurns';
import type { ClusterTarget } from '../target/Target';
import {
  ClusterTelemetry,
  inScope,
  latencyQuery,
  remarkDroppedLabels,
  remarkUntoldCallers,
  requestsQuery,
  ServiceReports,
  tcpQuery,
  type AskedCluster,
} from '../telemetry';
import { sparklineQuery, type sparklineRange } from './sparkline';

/** What an overview is made of, of one cluster. */
export type GatheredOverview = Awaited<ReturnType<typeof gatherOverview>>;

/**
 * Four questions a cluster.
 *
 * @param configured - every cluster, to name those that metrics name
 */
export async function gatherOverview(
  { cluster, snapshot, services }: ClusterTarget,
  configured: readonly AskedCluster[],
  windowSeconds: number,
  range: ReturnType<typeof sparklineRange>,
) {
  const reports = new ServiceReports(cluster, configured, snapshot, services);
  const scope = { to: services, from: [], around: reports.around };
  const telemetry = new ClusterTelemetry(cluster);
  const [requests, buckets, tcp, series] = await Promise.all([
    telemetry.rates('requests', requestsQuery(scope, windowSeconds)),
    telemetry.rates('latency', latencyQuery(scope, windowSeconds)),
    telemetry.rates('tcp', tcpQuery(scope, windowSeconds)),
    telemetry.series('sparkline', sparklineQuery(scope), range),
  ]);
  const ours = async <T extends { labels: Record<string, string> }>(
    rows: Measured<T[]>,
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
    tcp: await ours(tcp),
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
  };
}
