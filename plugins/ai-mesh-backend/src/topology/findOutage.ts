import type {
  Outage,
  TopologyEdge,
  TopologyNode,
} from '@ai-mesh/plugin-ai-mesh-common';
import { blameOf, isWrong, type Blame } from './blameOf';
import { confidenceIn } from './confidenceIn';
import { reachableFrom } from './reachableFrom';

/**
 * Where does it hurt: which failing or slow nodes are so by themselves, and which only suffer from what they call.
 *
 * A node that fails, or that a failing one blames, is at fault by itself unless it can blame a provider. Nodes that
 * blame each other in a circle, and nobody else, are at fault together. Pure.
 *
 * @param patienceMs - by node: how long a route lets callers wait for it
 */
export function findOutage(
  nodes: readonly TopologyNode[],
  edges: readonly TopologyEdge[],
  patienceMs: ReadonlyMap<string, number>,
): Outage {
  const failing = nodes.filter(isWrong);
  if (failing.length === 0) {
    return withoutFailure(nodes);
  }
  const blames = spread(failing, nodes, edges, patienceMs);
  const arrows = arrowsOf(blames);
  const reach = new Map(
    [...blames.keys()].map(id => [id, reachableFrom(id, arrows)]),
  );
  const isOrigin = (id: string) =>
    [...reach.get(id)!].every(other => reach.get(other)!.has(id));
  const involved = nodes.filter(({ id }) => blames.has(id));
  const confidence = new Map(
    involved.map(node => [node.id, confidenceIn(node, blames)]),
  );
  const origins = involved
    .filter(({ id }) => isOrigin(id))
    .sort(
      (a, b) =>
        Number(confidence.get(a.id) !== 'likely') -
          Number(confidence.get(b.id) !== 'likely') ||
        depthOf(b) - depthOf(a) ||
        a.id.localeCompare(b.id),
    );
  const steps = stepsFrom(origins, blames);
  const suffering = involved
    .filter(({ id }) => !isOrigin(id))
    .sort(
      (a, b) => steps.get(a.id)! - steps.get(b.id)! || a.id.localeCompare(b.id),
    );
  return {
    status: 'found',
    origins: origins.map(node => ({
      node: node.id,
      reason: reasonOf(node, blames),
      confidence: confidence.get(node.id)!,
    })),
    suffering: suffering.map(node => ({
      node: node.id,
      because: becauseOf(blames.get(node.id)!),
    })),
    message: sentence(origins, suffering),
  };
}

function withoutFailure(nodes: readonly TopologyNode[]): Outage {
  const own = nodes.filter(({ relation }) => relation === 'own');
  const [first] = own;
  return first && own.every(({ health }) => health.status !== 'unknown')
    ? { status: 'none' }
    : {
        status: 'unknown',
        message:
          own.find(({ health }) => health.status === 'unknown')?.health
            .message ?? 'Nothing of the entity was found in the mesh.',
      };
}

/** Follows blame from the failing nodes as far as it leads. */
function spread(
  failing: readonly TopologyNode[],
  nodes: readonly TopologyNode[],
  edges: readonly TopologyEdge[],
  patienceMs: ReadonlyMap<string, number>,
): Map<string, Blame[]> {
  const byId = new Map(nodes.map(node => [node.id, node]));
  const calls = new Map<string, TopologyEdge[]>();
  for (const edge of edges) {
    if (edge.source !== edge.target) {
      calls.set(edge.source, [...(calls.get(edge.source) ?? []), edge]);
    }
  }
  const blames = new Map<string, Blame[]>();
  // How long the first in a line waits is how long all the others may take; over several lines, the least.
  const waits = new Map<string, number>();
  const queue = failing.map(node => ({
    node,
    waitMs: patienceMs.get(node.id) ?? Infinity,
  }));
  for (const { node, waitMs } of queue) {
    if (waitMs < (waits.get(node.id) ?? Infinity) || !waits.has(node.id)) {
      waits.set(node.id, waitMs);
      const found = blameOf(node, { byId, calls, patienceMs }, waitMs);
      blames.set(node.id, found);
      queue.push(
        ...found.map(blame => ({
          node: blame.node,
          waitMs: Math.min(patienceMs.get(blame.node.id) ?? Infinity, waitMs),
        })),
      );
    }
  }
  // A look at a shorter wait may have found another culprit than the look before.
  const arrows = arrowsOf(blames);
  const involved = new Set(
    failing.flatMap(({ id }) => [id, ...reachableFrom(id, arrows)]),
  );
  return new Map([...blames].filter(([id]) => involved.has(id)));
}

function arrowsOf(blames: ReadonlyMap<string, Blame[]>): Map<string, string[]> {
  return new Map(
    [...blames].map(([id, all]) => [id, all.map(({ node }) => node.id)]),
  );
}

/** Providers lie deeper than the entity, callers less deep. */
function depthOf({ relation, distance }: TopologyNode): number {
  return relation === 'caller' ? -distance : distance;
}

/** How many blames away from an origin each node is. */
function stepsFrom(
  origins: readonly TopologyNode[],
  blames: ReadonlyMap<string, Blame[]>,
): Map<string, number> {
  const steps = new Map(origins.map(({ id }) => [id, 0]));
  for (let step = 1, grown = true; grown; step++) {
    const next = [...blames].filter(
      ([id, all]) =>
        !steps.has(id) && all.some(({ node }) => steps.has(node.id)),
    );
    next.forEach(([id]) => steps.set(id, step));
    grown = next.length > 0;
  }
  return steps;
}

function reasonOf(
  node: TopologyNode,
  blames: ReadonlyMap<string, Blame[]>,
): string {
  const [worst] = [...blames.values()]
    .flat()
    .filter(blame => blame.node.id === node.id)
    .sort((a, b) => b.badPerSecond - a.badPerSecond);
  const words =
    worst && (worst.verdict === 'slow' || !isWrong(node))
      ? upperFirst(worst.words)
      : node.health.message.replace(/\.$/, '');
  const [inCircle] = blames.get(node.id)!;
  if (inCircle) {
    return `${words}. It and ${inCircle.node.name} fail for each other, so which one began cannot be told.`;
  }
  if (node.kind === 'external') {
    return `${words}. It is outside the mesh.`;
  }
  return node.proxy === 'none'
    ? `${words}. What it calls cannot be seen: it has no proxy.`
    : `${words}.`;
}

function becauseOf(blames: readonly Blame[]): string {
  return `${[...blames]
    .sort((a, b) => b.badPerSecond - a.badPerSecond)
    .map(({ node, words }) => `${node.name}: ${words}`)
    .join('; ')}.`;
}

function sentence(
  origins: readonly TopologyNode[],
  suffering: readonly TopologyNode[],
): string {
  const start = `It starts at ${listed(origins)}`;
  return suffering.length === 0
    ? `${start}.`
    : `${start}; ${listed(suffering)} only ${suffering.length > 1 ? 'suffer' : 'suffers'} from it.`;
}

function listed(nodes: readonly TopologyNode[]): string {
  const names = nodes.map(({ name }) => name);
  return names.length > 1
    ? `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`
    : names.join();
}

function upperFirst(text: string): string {
  return text && text[0].toUpperCase() + text.slice(1);
}
