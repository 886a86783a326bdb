import {
  said,
  wording,
  type KialiView,
  type Sentences,
  type TopologyNode,
} from '@ai-mesh/plugin-ai-mesh-common';
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
): Sentences | undefined {
  const busy = nodes.filter(
    ({ id, traffic: { requestsPerSecond } }) =>
      byNode.has(id) &&
      requestsPerSecond.status === 'known' &&
      requestsPerSecond.value > 0,
  );
  return busy.length > 0 &&
    health.length > 0 &&
    health.every(({ status }) => status === 'unknown')
    ? said(wording('source.kialiBlind'))
    : undefined;
}
