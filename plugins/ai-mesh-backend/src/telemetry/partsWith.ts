import type { ServiceRef } from '@ai-mesh/plugin-ai-mesh-common';
import { groupBy } from '../kubernetes/groupBy';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { partsOf } from './partsOf';

/** Services whose namespaces are asked about together: 4,000 series of latencies, which take Prometheus half a second. */
const AT_A_TIME = 200;

/**
 * Namespaces of a cluster in which entities have Services, those together that are asked about at once: a question by
 * namespace is about all Services that it has.
 *
 * @param wanted - the Services that entities have
 */
export function partsWith(
  snapshot: MeshSnapshot,
  wanted: readonly ServiceRef[],
): string[][] {
  const all = groupBy(snapshot.all('Service'), namespaceOf);
  const namespaces = new Set(
    wanted
      .filter(({ cluster }) => cluster === snapshot.cluster)
      .map(({ namespace }) => namespace),
  );
  return partsOf(
    new Map([...namespaces].map(one => [one, all.get(one)?.length ?? 1])),
    AT_A_TIME,
  );
}

function namespaceOf({ metadata }: { metadata: { namespace?: string } }) {
  return [metadata.namespace ?? ''];
}
