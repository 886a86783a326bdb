import {
  said,
  wording,
  type Source,
  type TopologyNode,
} from '@ai-mesh/plugin-ai-mesh-common';
import { stringifyError } from '@backstage/errors';
import type { Target } from '../target/Target';
import type { EntityIndex } from './EntityIndex';

/** Names the entity behind each service that has one, and says how the catalog did. */
export async function ownersOf(
  nodes: readonly TopologyNode[],
  target: Target,
  entities: EntityIndex,
  now: Date,
): Promise<{ nodes: TopologyNode[]; source: Source }> {
  const { system } = target;
  const withOwn = nodes.map(node => {
    if (node.relation !== 'own') {
      return node;
    }
    const entityRef = system
      ? system.componentOf.get(keyOf(node))
      : target.entityRef;
    return entityRef === undefined ? node : { ...node, entityRef };
  });
  const others = withOwn.filter(
    ({ kind, relation }) => kind === 'service' && relation !== 'own',
  );
  let found: readonly (string | undefined)[];
  try {
    found = await entities.findMany(
      others.map(({ cluster, namespace = '', name }) => ({
        cluster,
        namespace,
        name,
      })),
    );
  } catch (error) {
    return {
      nodes: withOwn,
      source: {
        name: 'catalog',
        status: 'unreachable',
        ...said(
          wording('source.catalogOwners', { text: stringifyError(error) }),
        ),
      },
    };
  }
  const owners = new Map(others.map(({ id }, index) => [id, found[index]]));
  return {
    nodes: withOwn.map(node => {
      const entityRef = owners.get(node.id);
      return entityRef ? { ...node, entityRef } : node;
    }),
    source: {
      name: 'catalog',
      status: 'ok',
      observedAt: now.toISOString(),
      ...(system &&
        system.leftOut.length > 0 && {
          status: 'partial',
          ...said(...system.leftOut),
        }),
    },
  };
}

function keyOf({ cluster, namespace, name }: TopologyNode): string {
  return `${cluster}/${namespace}/${name}`;
}
