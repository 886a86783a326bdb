import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import type { PrometheusClient } from '../../prometheus/PrometheusClient';
import type { ClusterTarget, Target } from '../Target';

/** One cluster of a target, for tests. */
export function clusterTargetOf(
  snapshot: MeshSnapshot,
  services: { namespace: string; name: string }[],
  prometheus?: PrometheusClient,
): ClusterTarget {
  return {
    cluster: {
      name: snapshot.cluster,
      snapshots: { snapshot: async () => snapshot },
      ...(prometheus && { prometheus }),
    },
    snapshot,
    services,
    workloads: [],
  };
}

/** What the entity `component:default/chat` owns on the clusters, for tests. */
export function targetOf(...clusters: ClusterTarget[]): Target {
  return {
    entityRef: 'component:default/chat',
    owners: [],
    resolution: {
      annotation: 'ai-mesh.io/service',
      value: 'ai/chat',
      searched: [],
    },
    clusters,
    searched: clusters.map(({ cluster, snapshot }) => ({ cluster, snapshot })),
  };
}
