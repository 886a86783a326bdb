import type { MeshSnapshot } from './MeshSnapshot';
import { workloadsOfService } from './workloadsOfService';
import { workloadKey } from './workloads';

interface ServiceName {
  namespace: string;
  name: string;
}

/** Whether one Service leads to workloads of the other alone, as that of a version does. */
export function isPartOf(
  snapshot: MeshSnapshot,
  part: ServiceName,
  whole: ServiceName,
): boolean {
  const behind = ({ namespace, name }: ServiceName) => {
    const service = snapshot.get('Service', namespace, name);
    return service
      ? workloadsOfService(snapshot, service).map(workloadKey)
      : [];
  };
  const all = new Set(behind(whole));
  const few = behind(part);
  return few.length > 0 && few.every(workload => all.has(workload));
}
