import type { CanaryCallers } from '@ai-mesh/plugin-ai-mesh-common';

/** Sums by cluster, in the order of their names. */
export function addCallers(
  ...lists: (readonly CanaryCallers[] | undefined)[]
): CanaryCallers[] {
  const sums = new Map<string, CanaryCallers>();
  for (const { cluster, requests, failures } of lists.flatMap(
    list => list ?? [],
  )) {
    const before = sums.get(cluster);
    sums.set(cluster, {
      cluster,
      requests: requests + (before?.requests ?? 0),
      failures: failures + (before?.failures ?? 0),
    });
  }
  return [...sums.values()].sort((a, b) => a.cluster.localeCompare(b.cluster));
}
