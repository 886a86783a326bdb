import type {
  ConfiguredThen,
  Measured,
  TopologyNode,
} from '@ai-mesh/plugin-ai-mesh-common';
import { shareOf } from './badgesOf';

/** In place of today's split that of then, where a canary's record tells it. */
export function splitAsThen(
  nodes: readonly TopologyNode[],
  then: Measured<readonly ConfiguredThen[]> | undefined,
): TopologyNode[] {
  const told = then?.status === 'known' ? then.value : [];
  return nodes.map(node => {
    const ofNode = told.filter(
      ({ service }) =>
        node.kind === 'service' &&
        service.cluster === node.cluster &&
        service.namespace === node.namespace &&
        service.name === node.name,
    );
    return ofNode.length === 0
      ? node
      : {
          ...node,
          badges: [
            ...node.badges.filter(({ kind }) => kind !== 'split'),
            ...ofNode.map(({ weights, route }) => ({
              kind: 'split' as const,
              detail: weights.destinations.map(shareOf).join(' / '),
              objects: [route.object],
            })),
          ],
        };
  });
}
