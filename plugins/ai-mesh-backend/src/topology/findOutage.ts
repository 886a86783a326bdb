import type {
  Outage,
  TopologyEdge,
  TopologyNode,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Lately } from '../telemetry';
import { isWrong, type Blame } from './blameOf';
import { traceBlame, type Fault, type OutageNode } from './traceBlame';

/**
 * Where does it hurt: which failing or slow nodes are so by themselves, and which only suffer from what they call.
 *
 * A node that fails, or that a failing one blames, is at fault by itself unless it can blame a provider. Nodes that
 * blame each other in a circle, and nobody else, are at fault together. Pure.
 *
 * @param patienceMs - by node: how long a route lets callers wait for it
 * @param lately - by node and by edge: how the last minute went
 */
export function findOutage(
  nodes: readonly TopologyNode[],
  edges: readonly TopologyEdge[],
  patienceMs: ReadonlyMap<string, number>,
  lately: ReadonlyMap<string, Lately> = new Map(),
): Outage {
  if (!nodes.some(isWrong)) {
    return withoutFailure(nodes);
  }
  const withLately = <T extends { id: string }>(one: T) => ({
    ...one,
    lately: lately.get(one.id),
  });
  const fault = traceBlame(
    nodes.map(withLately),
    edges.map(withLately),
    patienceMs,
  );
  const { blames, origins, suffering, confidence } = fault;
  return {
    status: 'found',
    origins: origins.map(node => ({
      node: node.id,
      reason: reasonOf(node, fault),
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

/** Why a node is at fault, with figures. */
export function reasonOf(
  node: OutageNode,
  { blames, accused }: Pick<Fault, 'blames' | 'accused'>,
): string {
  const [worst] = [...(accused.get(node.id) ?? [])].sort(
    (a, b) => b.badPerSecond - a.badPerSecond,
  );
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

function upperFirst(text: string): string {
  return text && text[0].toUpperCase() + text.slice(1);
}
