import type { BlameGraph } from './blameOf';
import type { OutageEdge, OutageNode } from './traceBlame';

/** The calls that a node makes, and those that the called ones make, near ones first, each with its provider; none back to itself. */
export function* callsBeyond(
  { id }: OutageNode,
  { byId, calls }: Pick<BlameGraph, 'byId' | 'calls'>,
): Generator<[OutageEdge, OutageNode]> {
  const seen = new Set([id]);
  const queue = [...(calls.get(id) ?? [])];
  for (const edge of queue) {
    const provider = byId.get(edge.target);
    if (provider && edge.target !== id) {
      yield [edge, provider];
      if (!seen.has(edge.target)) {
        seen.add(edge.target);
        queue.push(...(calls.get(edge.target) ?? []));
      }
    }
  }
}
