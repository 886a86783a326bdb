import { known, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import { isRelay } from '../kubernetes/relays';
import { inTurns } from '../target/inTurns';
import { realEnds, type ClusterNames, type NamespacedName } from '../telemetry';
import type { World } from './PeerNames';

/**
 * What a cluster's Prometheus answered about the whole mesh, between the calls' real ends, whose clusters are named, and
 * without what other clusters do among their own. In turns with other work.
 */
export async function betweenRealEnds<
  T extends { readonly labels: Readonly<Record<string, string>> },
>(
  rows: Measured<readonly T[]>,
  names: ClusterNames,
  { snapshot, members }: World,
): Promise<Measured<T[]>> {
  if (rows.status === 'unknown') {
    return rows;
  }
  const ends = {
    isRelay: (workload: NamespacedName) => isRelay(snapshot, workload),
    serviceOf: (workload: NamespacedName) => members.serviceOf(workload),
  };
  names.see(rows.value);
  const between: T[] = [];
  for (const row of rows.value) {
    await inTurns();
    between.push(...realEnds([names.named(row)], ends).filter(names.touches));
  }
  return known(between);
}
