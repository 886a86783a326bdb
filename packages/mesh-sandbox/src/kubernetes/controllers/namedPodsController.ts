import { Cluster } from './Cluster';
import { Controller } from './ControllerLoop';
import { nameHash, templateHash } from './nameHash';
import { isReady, Pod, Workload } from './objects';
import { podFromTemplate } from './podFromTemplate';
import { markReadiness } from './replicaSetController';
import { writeStatus } from './workloadStatus';

const revisionLabel = 'controller-revision-hash';

/** What the two kinds of workloads differ in whose pods have fixed names. */
interface Naming {
  kind: 'StatefulSet' | 'DaemonSet';
  /** The pods that there should be: their names, the labels that tell them apart, and where they must run. */
  pods(
    workload: Workload,
  ): { name: string; labels: Record<string, string>; nodeName?: string }[];
  status(counts: { wanted: number; present: number; ready: number }): object;
}

/** Keeps a StatefulSet's pods: `<name>-0`, `<name>-1`, ... */
export function statefulSetController(cluster: Cluster): Controller {
  return namedPodsController(cluster, {
    kind: 'StatefulSet',
    pods: ({ metadata, spec }) =>
      Array.from({ length: spec.replicas ?? 1 }, (_, index) => ({
        name: `${metadata.name}-${index}`,
        labels: {
          'statefulset.kubernetes.io/pod-name': `${metadata.name}-${index}`,
          'apps.kubernetes.io/pod-index': String(index),
        },
      })),
    status: ({ present, ready }) => ({
      replicas: present,
      currentReplicas: present,
      updatedReplicas: present,
      readyReplicas: ready,
      availableReplicas: ready,
    }),
  });
}

/** Keeps a DaemonSet's pods: one on each Node. */
export function daemonSetController(cluster: Cluster): Controller {
  return namedPodsController(cluster, {
    kind: 'DaemonSet',
    pods: ({ metadata }) =>
      cluster.store.list('', 'Node').map(node => ({
        name: `${metadata.name}-${nameHash(`${metadata.name}/${node.metadata.name}`, 5)}`,
        labels: {},
        nodeName: node.metadata.name,
      })),
    status: ({ wanted, present, ready }) => ({
      desiredNumberScheduled: wanted,
      currentNumberScheduled: present,
      updatedNumberScheduled: present,
      numberReady: ready,
      numberAvailable: ready,
    }),
  });
}

function namedPodsController(cluster: Cluster, naming: Naming): Controller {
  const { store } = cluster;
  return {
    name: naming.kind,
    level: 1,
    reconcile(name) {
      const workload = store.get<Workload>('apps', naming.kind, name);
      if (!workload || workload.metadata.deletionTimestamp) {
        return;
      }
      const { template } = workload.spec;
      const revision = templateHash(template);
      const wanted = naming.pods(workload);
      const names = new Set(wanted.map(pod => pod.name));
      const isCurrent = ({ metadata }: Pod) =>
        names.has(metadata.name) &&
        metadata.labels?.[revisionLabel] === revision;
      const before = store.resourceVersion;
      for (const pod of cluster.podsOf(workload.metadata.uid)) {
        if (!isCurrent(pod)) {
          store.remove('', 'Pod', pod.metadata);
        }
      }
      for (const pod of wanted) {
        const { namespace } = workload.metadata;
        if (!store.get('', 'Pod', { namespace, name: pod.name })) {
          const labels = { ...pod.labels, [revisionLabel]: revision };
          store.create(podFromTemplate(workload, template, { ...pod, labels }));
        }
      }
      markReadiness(cluster, workload);
      if (store.resourceVersion !== before) {
        // Those pods' changes bring this workload here again.
        return;
      }
      const pods = cluster.podsOf(workload.metadata.uid);
      writeStatus(cluster, workload, {
        observedGeneration: workload.metadata.generation,
        ...naming.status({
          wanted: wanted.length,
          present: pods.length,
          ready: pods.filter(isReady).length,
        }),
      });
    },
  };
}
