import {
  uniqueWorkloads,
  workloadsOfService,
} from '../../kubernetes/workloadsOfService';
import { labelsOfWorkload } from '../../kubernetes/workloads';
import type { ClusterTarget } from '../../target/Target';
import {
  namesakes,
  notRelayed,
  versionName,
  type PodLabels,
} from '../../telemetry';
import type { EntitySeries } from '../dialects/EntitySeries';

/** Whose series belong to what an entity owns on a cluster, with the version that each workload runs. */
export function entitySeries(
  { cluster, snapshot, services, workloads }: ClusterTarget,
  podLabels: PodLabels,
): EntitySeries {
  const behind = services.flatMap(({ namespace, name }) => {
    const service = snapshot.get('Service', namespace, name);
    return service ? workloadsOfService(snapshot, service) : [];
  });
  const own = uniqueWorkloads([...workloads, ...behind]);
  return {
    istioCluster: cluster.istioCluster ?? cluster.name,
    services,
    podLabels,
    notRelayed: notRelayed(snapshot),
    namesakes: namesakes(snapshot, own),
    workloads: own.map(workload => {
      const labels = labelsOfWorkload(snapshot, workload);
      const version = labels && versionName({ labels });
      return { ...workload, ...(version && { version }) };
    }),
  };
}
