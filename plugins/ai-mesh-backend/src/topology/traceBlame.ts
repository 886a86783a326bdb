import type {
  TopologyEdge,
  TopologyNode,
  Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Lately } from '../telemetry';
import { blameOf, isWrong, type Blame, type BlameGraph } from './blameOf';
import { confidenceIn, type Confidence } from './confidenceIn';
import { reachableFrom } from './reachableFrom';
import { withholdsCalls } from './withheldLately';
import { addTo } from '../kubernetes/addTo';

/** What of a node tells whether it fails, and whose fault that is. */
export type OutageNode = Pick<
  TopologyNode,
  | 'id'
  | 'kind'
  | 'name'
  | 'relation'
  | 'distance'
  | 'proxy'
  | 'traffic'
  | 'health'
  | 'slowness'
  | 'onset'
  | 'objective'
> & {
  /** How its last minute went; absent where that is not known. */
  lately?: Lately;
  /** Its requests per second in the hour before; absent where that is not known. */
  usualPerSecond?: number;
  /** Why nobody reaches it; absent where that is not known. */
  cutOff?: Words;
  /** Nobody asked whom it calls. */
  isUnasked?: boolean;
};

export type OutageEdge = Pick<
  TopologyEdge,
  'source' | 'target' | 'traffic' | 'slowness' | 'onset'
> & { lately?: Lately; usualPerSecond?: number };

/** Who is at fault, and who only suffers. */
export interface Fault {
  /** Whom each node at fault or suffering blames. */
  blames: ReadonlyMap<string, Blame[]>;
  /** By node: what it is blamed for. */
  accused: ReadonlyMap<string, readonly Blame[]>;
  /** Those that are likely first, then the deepest. */
  origins: readonly OutageNode[];
  /** Nearest to an origin first. */
  suffering: readonly OutageNode[];
  /** By node: everything that its blame leads to. */
  reach: ReadonlyMap<string, ReadonlySet<string>>;
  /** By node: how sure it is that it starts there. */
  confidence: ReadonlyMap<string, Confidence>;
}

/** Follows blame from all nodes that fail or are slow; nothing where none is. See `findOutage`. */
export function traceBlame(
  nodes: readonly OutageNode[],
  edges: readonly OutageEdge[],
  patienceMs: ReadonlyMap<string, number>,
): Fault {
  const failing = nodes.filter(isWrong);
  const calls = callsBySource(edges);
  const blames = spread(failing, nodes, calls, patienceMs);
  const arrows = arrowsOf(blames);
  const reach = new Map(
    [...blames.keys()].map(id => [id, reachableFrom(id, arrows)]),
  );
  const isOrigin = (id: string) =>
    [...reach.get(id)!].every(other => reach.get(other)!.has(id));
  const involved = nodes.filter(({ id }) => blames.has(id));
  const accused = new Map<string, Blame[]>();
  for (const blame of [...blames.values()].flat()) {
    addTo(accused, blame.node.id, blame);
  }
  const confidence = new Map(
    involved.map(node => [
      node.id,
      confidenceIn(node, {
        blames,
        accused,
        withholds: withholdsCalls(node, calls),
      }),
    ]),
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
  return { blames, accused, origins, suffering, reach, confidence };
}

/** Follows blame from the failing nodes as far as it leads. */
function spread(
  failing: readonly OutageNode[],
  nodes: readonly OutageNode[],
  calls: BlameGraph['calls'],
  patienceMs: ReadonlyMap<string, number>,
): Map<string, Blame[]> {
  const byId = new Map(nodes.map(node => [node.id, node]));
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
  const ids = failing.map(({ id }) => id);
  const involved = new Set([...ids, ...reachableFrom(ids, arrows)]);
  return new Map([...blames].filter(([id]) => involved.has(id)));
}

function callsBySource(
  edges: readonly OutageEdge[],
): Map<string, OutageEdge[]> {
  const calls = new Map<string, OutageEdge[]>();
  for (const edge of edges) {
    if (edge.source !== edge.target) {
      addTo(calls, edge.source, edge);
    }
  }
  return calls;
}

function arrowsOf(blames: ReadonlyMap<string, Blame[]>): Map<string, string[]> {
  return new Map(
    [...blames].map(([id, all]) => [id, all.map(({ node }) => node.id)]),
  );
}

/** Providers lie deeper than the entity, callers less deep. */
function depthOf({ relation, distance }: OutageNode): number {
  return relation === 'caller' ? -distance : distance;
}

/** How many blames away from an origin each node is. */
function stepsFrom(
  origins: readonly OutageNode[],
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
