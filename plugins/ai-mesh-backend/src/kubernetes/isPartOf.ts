import type { ServiceObject } from './kinds';
import type { MeshSnapshot } from './MeshSnapshot';
import { serviceObject } from './serviceObject';
import { workloadsOfService } from './workloadsOfService';
import { workloadKey } from './workloads';

interface ServiceName {
  namespace: string;
  name: string;
}

/**
 * Whether one Service leads to workloads of the other alone, as that of a version does.
 *
 * @param part - by its name, or as it is or would be
 */
export function isPartOf(
  snapshot: MeshSnapshot,
  part: ServiceName | ServiceObject,
  whole: ServiceName,
): boolean {
  const behind = (one: ServiceName | ServiceObject) =>
    workloadsOfService(
      snapshot,
      'metadata' in one ? one : serviceObject(snapshot, one),
    ).map(workloadKey);
  const all = new Set(behind(whole));
  const few = behind(part);
  return few.length > 0 && few.every(workload => all.has(workload));
}
