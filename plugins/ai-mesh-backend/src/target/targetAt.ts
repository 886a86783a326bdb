import { PrometheusAt } from '../prometheus/PrometheusAt';
import type { MeshCluster } from './MeshClusters';
import type { Target } from './Target';

/**
 * The same target, whose clusters are asked what was measured at a moment. Kiali, which only speaks of now, is not asked;
 * objects are today's.
 */
export function targetAt(target: Target, at: Date): Target {
  const then = new Map<MeshCluster, MeshCluster>();
  const clusterThen = (cluster: MeshCluster): MeshCluster => {
    const present = then.get(cluster);
    if (present) {
      return present;
    }
    const { kiali, prometheus, ...rest } = cluster;
    const made = {
      ...rest,
      ...(prometheus && { prometheus: new PrometheusAt(prometheus, at) }),
    };
    then.set(cluster, made);
    return made;
  };
  const inThen = <T extends { cluster: MeshCluster }>(one: T): T => ({
    ...one,
    cluster: clusterThen(one.cluster),
  });
  return {
    ...target,
    clusters: target.clusters.map(inThen),
    searched: target.searched.map(inThen),
  };
}
