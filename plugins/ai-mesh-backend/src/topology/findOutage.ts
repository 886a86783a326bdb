import {
  inEnglish,
  said,
  wording,
  wordsOf,
  type Outage,
  type Sentences,
  type TopologyEdge,
  type TopologyNode,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Lately } from '../telemetry';
import { sayClauses } from '../telemetry/clauses';
import { isWrong, type Blame } from './blameOf';
import { traceBlame, type Fault, type OutageNode } from './traceBlame';

/** What is known besides what the graph shows, by the ids of nodes and of edges. */
export interface KnownBesides {
  /** By node: how long a route lets callers wait for it. */
  patienceMs?: ReadonlyMap<string, number>;
  /** By node and by edge: how the last minute went. */
  lately?: ReadonlyMap<string, Lately>;
  /** By node and by edge: how many requests there were in the hour before. */
  usualPerSecond?: ReadonlyMap<string, number>;
  /** By node that nobody reaches: why. */
  cutOff?: ReadonlyMap<string, Words>;
  /** Nodes of which nobody asked whom they call. */
  unasked?: ReadonlySet<string>;
}

/**
 * Where does it hurt: which failing or slow nodes are so by themselves, and which only suffer from what they call.
 *
 * A node that fails, or that a failing one blames, is at fault by itself unless it can blame a provider. Nodes that
 * blame each other in a circle, and nobody else, are at fault together. Pure.
 */
export function findOutage(
  nodes: readonly TopologyNode[],
  edges: readonly TopologyEdge[],
  {
    patienceMs = new Map(),
    lately,
    usualPerSecond,
    cutOff,
    unasked,
  }: KnownBesides = {},
): Outage {
  if (!nodes.some(isWrong)) {
    return withoutFailure(nodes);
  }
  const withPast = <T extends { id: string }>(one: T) => ({
    ...one,
    lately: lately?.get(one.id),
    usualPerSecond: usualPerSecond?.get(one.id),
  });
  const asNode = (one: TopologyNode) => ({
    ...withPast(one),
    cutOff: cutOff?.get(one.id),
    isUnasked: unasked?.has(one.id),
  });
  const fault = traceBlame(nodes.map(asNode), edges.map(withPast), patienceMs);
  const { blames, origins, suffering, confidence } = fault;
  return {
    status: 'found',
    origins: origins.map(node => ({
      node: node.id,
      ...reasonOf(node, fault),
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
        ...saidOf(own.find(({ health }) => health.status === 'unknown')),
      };
}

/** Why a node is at fault, with figures. */
export function reasonOf(
  node: OutageNode,
  { blames, accused }: Pick<Fault, 'blames' | 'accused'>,
): { reason: string; words: Words[] } {
  const [worst] = [...(accused.get(node.id) ?? [])].sort(
    (a, b) => b.badPerSecond - a.badPerSecond,
  );
  const { message, words } =
    worst && (worst.verdict === 'slow' || !isWrong(node))
      ? sayClauses([worst.clause])
      : { message: node.health.message, words: wordsOf(node.health) };
  const more = whatElse(node, blames.get(node.id)!);
  return {
    reason: [
      `${message.replace(/\.$/, '')}.`,
      ...more.map(one => inEnglish([one])),
    ].join(' '),
    words: [...words, ...more],
  };
}

function whatElse(node: OutageNode, [inCircle]: readonly Blame[]): Words[] {
  if (inCircle) {
    return [wording('outage.circle', { other: inCircle.node.name })];
  }
  if (node.kind === 'external') {
    return [wording('outage.external')];
  }
  return node.proxy === 'none' ? [wording('outage.unseen')] : [];
}

function saidOf(node: TopologyNode | undefined): Sentences {
  return node ? spoken(node.health) : said(wording('outage.nothing'));
}

function becauseOf(blames: readonly Blame[]): string {
  return `${[...blames]
    .sort((a, b) => b.badPerSecond - a.badPerSecond)
    .map(({ node, clause }) => `${node.name}: ${inEnglish([clause])}`)
    .join('; ')}.`;
}

function sentence(
  origins: readonly OutageNode[],
  suffering: readonly OutageNode[],
): string {
  const start = `It starts at ${listed(origins)}`;
  return suffering.length === 0
    ? `${start}.`
    : `${start}; ${listed(suffering)} only ${suffering.length > 1 ? 'suffer' : 'suffers'} from it.`;
}

function listed(nodes: readonly OutageNode[]): string {
  const names = nodes.map(({ name }) => name);
  return names.length > 1
    ? `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`
    : names.join();
}

function spoken({ message, words }: Sentences): Sentences {
  return { message, ...(words && { words }) };
}
