import type { KialiView, TopologyNode } from '@ai-mesh/plugin-ai-mesh-common';
import type { KialiServiceHealth } from '../kiali/KialiClient';

/**
 * Why Kiali cannot judge any service: it looks for the metrics of a cluster by a name that they do not carry. It then
 * answers for every service, and knows the health of none, although requests flow.
 *
 * @returns undefined where it sees what there is to see
 */
export function kialiBlindness(
  nodes: readonly Pick<TopologyNode, 'id' | 'traffic'>[],
  byNode: ReadonlyMap<string, Pick<KialiView, 'health'>>,
  health: readonly KialiServiceHealth[],
): string | undefined {
  const busy = nodes.filter(
    ({ id, traffic: { requestsPerSecond } }) =>
      byNode.has(id) &&
      requestsPerSecond.status === 'known' &&
      requestsPerSecond.value > 0,
  );
  return busy.length > 0 &&
    health.length > 0 &&
    health.every(({ status }) => status === 'unknown')
    ? "Kiali knows the health of no service here, though requests flow. It does so where its cluster's name is not the one in Istio's metrics: set kubernetes_config.cluster_name in Kiali's configuration to what the label destination_cluster says."
    : undefined;
}
