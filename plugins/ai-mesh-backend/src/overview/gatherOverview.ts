import { known, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import { endpointsOfServices } from '../kubernetes/endpointsOfServices';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { isRelay } from '../kubernetes/relays';
import { workloadsOfService } from '../kubernetes/workloadsOfService';
import type { ClusterTarget } from '../target/Target';
import {
  ClusterNames,
  ClusterTelemetry,
  inScope,
  latencyQuery,
  mixedClusters,
  realEnds,
  remarkDroppedLabels,
  remarkUntoldCallers,
  requestsQuery,
  tcpQuery,
  type AskedCluster,
  type NamespacedName,
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
  const behind = serviceByWorkload(snapshot, services);
  const scope = {
    to: services,
    from: [],
    around: [...behind.values()].map(({ workload }) => workload),
  };
  const telemetry = new ClusterTelemetry(cluster);
  const [requests, buckets, tcp, series] = await Promise.all([
    telemetry.rates('requests', requestsQuery(scope, windowSeconds)),
    telemetry.rates('latency', latencyQuery(scope, windowSeconds)),
    telemetry.rates('tcp', tcpQuery(scope, windowSeconds)),
    telemetry.series('sparkline', sparklineQuery(scope), range),
  ]);
  const names = new ClusterNames(cluster, configured);
  const ours = <T extends { labels: Record<string, string> }>(
    rows: Measured<T[]>,
  ): Measured<T[]> =>
    rows.status === 'known'
      ? known(
          realEnds(names.name(rows.value), {
            isRelay: workload => isRelay(snapshot, workload),
            serviceOf: workload => behind.get(key(workload))?.service,
          })
            .filter(inScope({ to: services, from: [] }))
            .filter(names.touches),
        )
      : rows;
  const read = {
    requests: ours(requests),
    buckets: ours(buckets),
    tcp: ours(tcp),
    series: ours(series),
  };
  telemetry.remark(mixedClusters(cluster, configured, names));
  remarkUntoldCallers(telemetry, read.requests);
  if (read.requests.status === 'known' && read.requests.value.length === 0) {
    await remarkDroppedLabels(telemetry, services);
  }
  return {
    name: cluster.name,
    names,
    telemetry,
    ...read,
    endpoints: endpointsOfServices(snapshot, services),
  };
}

/** The Service of the entity's that each workload answers for; the first of several. */
function serviceByWorkload(
  snapshot: MeshSnapshot,
  services: readonly NamespacedName[],
): Map<string, { workload: NamespacedName; service: NamespacedName }> {
  const found = new Map<
    string,
    { workload: NamespacedName; service: NamespacedName }
  >();
  for (const service of services) {
    const object = snapshot.get('Service', service.namespace, service.name);
    for (const workload of object ? workloadsOfService(snapshot, object) : []) {
      if (!found.has(key(workload))) {
        found.set(key(workload), { workload, service });
      }
    }
  }
  return found;
}

function key({ namespace, name }: NamespacedName): string {
  return JSON.stringify([namespace, name]);
}
