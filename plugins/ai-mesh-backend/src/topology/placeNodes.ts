import type { TopologyNode } from '@ai-mesh/plugin-ai-mesh-common';
import { addTo } from '../kubernetes/addTo';

/** Where a node stands towards the entity. */
export type Place = Pick<TopologyNode, 'relation' | 'distance'>;

/**
 * Finds every node's relation and distance: along calls to providers, against them to callers, never around a corner.
 *
 * @param own - ids of the entity's own nodes
 * @param calls - ids of who calls whom
 */
export function placeNodes(
  own: readonly string[],
  calls: readonly { source: string; target: string }[],
  depth: number,
): Map<string, Place> {
  const providers = distances(
    own,
    calls.map(({ source, target }) => [source, target]),
    depth,
  );
  const callers = distances(
    own,
    calls.map(({ source, target }) => [target, source]),
    depth,
  );
  const places = new Map<string, Place>();
  for (const id of [...providers.keys(), ...callers.keys()]) {
    const down = providers.get(id);
    const up = callers.get(id);
    const distance = Math.min(down ?? Infinity, up ?? Infinity);
    places.set(id, { relation: relation(distance, down, up), distance });
  }
  return places;
}

function relation(
  distance: number,
  down: number | undefined,
  up: number | undefined,
): Place['relation'] {
  if (distance === 0) {
    return 'own';
  }
  if (down !== undefined && up !== undefined) {
    return 'both';
  }
  return up === undefined ? 'provider' : 'caller';
}

function distances(
  start: readonly string[],
  arrows: readonly (readonly [from: string, to: string])[],
  depth: number,
): Map<string, number> {
  const next = new Map<string, string[]>();
  for (const [from, to] of arrows) {
    addTo(next, from, to);
  }
  const found = new Map(start.map(id => [id, 0]));
  let frontier = [...start];
  for (let distance = 1; distance <= depth; distance++) {
    const reached = frontier
      .flatMap(id => next.get(id) ?? [])
      .filter(id => !found.has(id));
    reached.forEach(id => found.set(id, distance));
    frontier = [...new Set(reached)];
  }
  return found;
}
