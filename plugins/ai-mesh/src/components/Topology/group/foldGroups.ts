import {
  known,
  type Encryption,
  type Health,
  type Measured,
  type TopologyEdge,
  type TopologyNode,
  type Traffic,
} from '@ai-mesh/plugin-ai-mesh-common';
import { notKnown } from '../notKnown';
import type { Graph } from '../filterTopology';
import type { Groups } from './Groups';

/** Services that are drawn as one. */
export interface FoldedGroup {
  /** In place of a node's. */
  id: string;
  name: string;
  nodes: readonly TopologyNode[];
  /** That of the one who is worst off. */
  health: Health['status'];
}

/** A neighbourhood as it is drawn. */
export interface FoldedGraph {
  nodes: readonly TopologyNode[];
  edges: readonly TopologyEdge[];
  folded: readonly FoldedGroup[];
}

const PREFIX = 'group:';
const worstFirst: Health['status'][] = [
  'failing',
  'slow',
  'degraded',
  'unknown',
  'healthy',
];

/** The group that a drawn node stands for; undefined for a service. */
export function groupOfId(id: string): string | undefined {
  return id.startsWith(PREFIX) ? id.slice(PREFIX.length) : undefined;
}

/**
 * Draws the services of each folded group as one box, with its calls to and from all others; calls among themselves are
 * inside of it. The entity's own services are never folded.
 */
export function foldGroups(
  { nodes, edges }: Graph,
  { of, folded }: Pick<Groups, 'of' | 'folded'>,
): FoldedGraph {
  if (folded.size === 0) {
    return { nodes, edges, folded: [] };
  }
  const members = new Map<string, TopologyNode[]>();
  const standsFor = new Map<string, string>();
  for (const node of nodes) {
    const name = of.get(node.id);
    if (name !== undefined && folded.has(name) && node.relation !== 'own') {
      members.set(name, [...(members.get(name) ?? []), node]);
      standsFor.set(node.id, PREFIX + name);
    }
  }
  return {
    nodes: nodes.filter(({ id }) => !standsFor.has(id)),
    edges: mergedEdges(edges, id => standsFor.get(id) ?? id),
    folded: [...members].map(([name, inside]) => ({
      id: PREFIX + name,
      name,
      nodes: inside,
      health: worstFirst.find(status =>
        inside.some(({ health }) => health.status === status),
      )!,
    })),
  };
}

function mergedEdges(
  edges: readonly TopologyEdge[],
  drawnAs: (id: string) => string,
): TopologyEdge[] {
  const between = new Map<string, TopologyEdge[]>();
  for (const edge of edges) {
    const [source, target] = [drawnAs(edge.source), drawnAs(edge.target)];
    const inside = source === target && groupOfId(source) !== undefined;
    if (!inside) {
      const touched = groupOfId(source) ?? groupOfId(target);
      const key =
        touched === undefined ? edge.id : JSON.stringify([source, target]);
      between.set(key, [
        ...(between.get(key) ?? []),
        { ...edge, source, target },
      ]);
    }
  }
  return [...between.values()].map(together);
}

/** Calls between the same two boxes as one; their latencies cannot be added up. */
function together(edges: readonly TopologyEdge[]): TopologyEdge {
  const [first, ...more] = edges;
  if (more.length === 0) {
    return first;
  }
  return {
    ...first,
    id: `${first.source} -> ${first.target}`,
    traffic: sumOf(edges.map(({ traffic }) => traffic)),
    tcp: undefined,
    protocol: edges.some(({ protocol }) => protocol !== 'tcp')
      ? edges.find(({ protocol }) => protocol !== 'tcp')!.protocol
      : 'tcp',
    encryption: encryptionOf(edges.map(({ encryption }) => encryption)),
    slowness: edges.find(({ slowness }) => slowness)?.slowness,
    onset: edges.find(({ onset }) => onset)?.onset,
    byVersion: undefined,
    versions: {},
  };
}

/** One that is unknown makes the whole unknown. */
function added(values: readonly Measured<number>[]): Measured<number> {
  let sum = 0;
  for (const value of values) {
    if (value.status === 'unknown') {
      return value;
    }
    sum += value.value;
  }
  return known(sum);
}

function sumOf(all: readonly Traffic[]): Traffic {
  const requestsPerSecond = added(
    all.map(traffic => traffic.requestsPerSecond),
  );
  const share = (
    of: (traffic: Traffic) => Measured<number>,
  ): Measured<number> => {
    const bad = added(
      all.map(traffic => {
        const ratio = of(traffic);
        return ratio.status === 'known' &&
          traffic.requestsPerSecond.status === 'known'
          ? known(ratio.value * traffic.requestsPerSecond.value)
          : ratio;
      }),
    );
    if (bad.status === 'unknown' || requestsPerSecond.status === 'unknown') {
      return bad;
    }
    return requestsPerSecond.value > 0
      ? known(Math.min(1, bad.value / requestsPerSecond.value))
      : notKnown('no-traffic');
  };
  const latency = notKnown('not-exported');
  const responseFlags: Record<string, number> = {};
  for (const { responseFlags: flags } of all) {
    for (const [flag, rate] of Object.entries(flags)) {
      responseFlags[flag] = (responseFlags[flag] ?? 0) + rate;
    }
  }
  return {
    requestsPerSecond,
    requestCount: added(all.map(({ requestCount }) => requestCount)),
    errorRatio: share(({ errorRatio }) => errorRatio),
    throttledRatio: share(({ throttledRatio }) => throttledRatio),
    p50: latency,
    p95: latency,
    p99: latency,
    responseFlags,
  };
}

function encryptionOf(
  all: readonly Measured<Encryption>[],
): Measured<Encryption> {
  let encryptedPerSecond = 0;
  let plaintextPerSecond = 0;
  for (const one of all) {
    if (one.status === 'unknown') {
      return one;
    }
    encryptedPerSecond += one.value.encryptedPerSecond;
    plaintextPerSecond += one.value.plaintextPerSecond;
  }
  const total = encryptedPerSecond + plaintextPerSecond;
  return total > 0
    ? known({
        share: encryptedPerSecond / total,
        encryptedPerSecond,
        plaintextPerSecond,
      })
    : notKnown('no-traffic');
}
