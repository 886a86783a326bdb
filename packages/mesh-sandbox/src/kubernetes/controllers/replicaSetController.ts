import { Cluster } from './Cluster';
import { Controller } from './ControllerLoop';
import { nameHash } from './nameHash';
import { isReady, Pod, unreadyAnnotation, Workload } from './objects';
import { podFromTemplate } from './podFromTemplate';
import { writeStatus } from './workloadStatus';

/** Keeps as many pods as a ReplicaSet asks for. */
export function replicaSetController(cluster: Cluster): Controller {
  const { store } = cluster;
  return {
    name: 'replicaset',
    level: 1,
    reconcile(name) {
      const set = store.get<Workload>('apps', 'ReplicaSet', name);
      if (!set || set.metadata.deletionTimestamp) {
        return;
      }
      const { replicas = 1, template } = set.spec;
      const pods = cluster.podsOf(set.metadata.uid);
      const before = store.resourceVersion;
      for (const pod of surplus(pods, replicas)) {
        store.remove('', 'Pod', pod.metadata);
      }
      for (let missing = replicas - pods.length; missing > 0; missing -= 1) {
        const labels = {};
        const podName = freeName(cluster, set, missing);
        store.create(podFromTemplate(set, template, { name: podName, labels }));
      }
      markReadiness(cluster, set);
      if (store.resourceVersion !== before) {
        // Those pods' changes bring this ReplicaSet here again.
        return;
      }
      const ready = pods.filter(isReady).length;
      writeStatus(cluster, set, {
        replicas: pods.length,
        fullyLabeledReplicas: pods.length,
        readyReplicas: ready,
        availableReplicas: ready,
        observedGeneration: set.metadata.generation,
      });
    },
  };
}

/** The pods that go first: those that are not ready, then the last by name. */
function surplus(pods: readonly Pod[], replicas: number): Pod[] {
  return [...pods]
    .sort((a, b) => Number(isReady(b)) - Number(isReady(a)))
    .slice(replicas);
}

/** A pod's name has to be new even where a pod of the same set has just gone, so the version is part of its seed. */
function freeName({ store }: Cluster, set: Workload, index: number): string {
  const { name, namespace } = set.metadata;
  for (let attempt = 0; ; attempt += 1) {
    const seed = `${name}/${store.resourceVersion}/${index}/${attempt}`;
    const podName = `${name}-${nameHash(seed, 5)}`;
    if (!store.get('', 'Pod', { namespace, name: podName })) {
      return podName;
    }
  }
}

/** Hands a workload's annotation on to the pods that it has already. */
export function markReadiness(cluster: Cluster, workload: Workload): void {
  const wanted = workload.metadata.annotations?.[unreadyAnnotation];
  for (const { metadata } of cluster.podsOf(workload.metadata.uid)) {
    if (metadata.annotations?.[unreadyAnnotation] !== wanted) {
      cluster.store.update('', 'Pod', metadata, draft => {
        const { [unreadyAnnotation]: _, ...others } =
          draft.metadata.annotations ?? {};
        draft.metadata.annotations =
          wanted === undefined
            ? others
            : { ...others, [unreadyAnnotation]: wanted };
      });
    }
  }
}
