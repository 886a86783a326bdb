import { ObjectName } from '../../store/Shelf';
import { Cluster } from './Cluster';
import { Controller } from './ControllerLoop';
import { templateHash } from './nameHash';
import {
  Condition,
  unreadyAnnotation,
  withTransitionTime,
  Workload,
} from './objects';
import { controllerReference, unreadiness } from './podFromTemplate';
import { writeStatus } from './workloadStatus';

const hashLabel = 'pod-template-hash';
const revisionAnnotation = 'deployment.kubernetes.io/revision';

/** Keeps one ReplicaSet for each revision of a Deployment; the present revision has all the replicas at once. */
export function deploymentController(cluster: Cluster): Controller {
  const { store } = cluster;
  return {
    name: 'deployment',
    level: 0,
    reconcile(name) {
      const deployment = store.get<Workload>('apps', 'Deployment', name);
      if (!deployment || deployment.metadata.deletionTimestamp) {
        return;
      }
      const before = store.resourceVersion;
      const present = ensurePresent(cluster, deployment);
      noteRevision(cluster, deployment, present);
      for (const set of setsOf(cluster, deployment)) {
        if (set.metadata.name !== present.metadata.name && set.spec.replicas) {
          scale(cluster, set, 0);
        }
      }
      if (store.resourceVersion === before) {
        // Otherwise the ReplicaSets' changes bring this Deployment here again.
        reportStatus(cluster, deployment, present);
      }
    },
  };
}

/** The Deployment's ReplicaSets, oldest revision first. */
function setsOf({ owners, store }: Cluster, { metadata }: Workload) {
  return owners
    .of(metadata.uid, 'ReplicaSet')
    .flatMap(name => store.get<Workload>('apps', 'ReplicaSet', name) ?? [])
    .sort((a, b) => revisionOf(a) - revisionOf(b));
}

function revisionOf({ metadata }: Workload): number {
  return Number(metadata.annotations?.[revisionAnnotation] ?? 0);
}

/** The ReplicaSet of the present template, with the replicas that are asked for. */
function ensurePresent(cluster: Cluster, deployment: Workload): Workload {
  const { store } = cluster;
  const { metadata, spec } = deployment;
  const hash = templateHash(spec.template);
  const name: ObjectName = {
    namespace: metadata.namespace,
    name: `${metadata.name}-${hash}`,
  };
  const labels = { ...spec.template.metadata?.labels, [hashLabel]: hash };
  const revisions = setsOf(cluster, deployment).map(revisionOf);
  const latest = Math.max(0, ...revisions);
  const existing = store.get<Workload>('apps', 'ReplicaSet', name);
  if (!existing) {
    return store.create<Workload>({
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        ...name,
        labels,
        annotations: {
          [revisionAnnotation]: String(latest + 1),
          ...unreadiness(deployment),
        },
        ownerReferences: [controllerReference(deployment)],
      },
      spec: {
        replicas: spec.replicas,
        selector: {
          matchLabels: { ...spec.selector.matchLabels, [hashLabel]: hash },
        },
        template: {
          ...spec.template,
          metadata: { ...spec.template.metadata, labels },
        },
      },
    });
  }
  return store.update<Workload>('apps', 'ReplicaSet', name, draft => {
    draft.spec.replicas = spec.replicas;
    const { [unreadyAnnotation]: _, ...others } =
      draft.metadata.annotations ?? {};
    draft.metadata.annotations = {
      ...others,
      ...unreadiness(deployment),
      // A template that comes back is the newest revision again.
      [revisionAnnotation]: String(
        revisionOf(draft) < latest ? latest + 1 : latest,
      ),
    };
  });
}

function noteRevision(
  { store }: Cluster,
  { metadata }: Workload,
  present: Workload,
): void {
  const revision = String(revisionOf(present));
  if (metadata.annotations?.[revisionAnnotation] !== revision) {
    store.update('apps', 'Deployment', metadata, draft => {
      draft.metadata.annotations = {
        ...draft.metadata.annotations,
        [revisionAnnotation]: revision,
      };
    });
  }
}

function scale({ store }: Cluster, set: Workload, replicas: number): void {
  store.update<Workload>('apps', 'ReplicaSet', set.metadata, draft => {
    draft.spec.replicas = replicas;
  });
}

function reportStatus(
  cluster: Cluster,
  deployment: Workload,
  present: Workload,
): void {
  const { metadata, spec, status } = deployment;
  const sets = setsOf(cluster, deployment);
  const total = (count: 'replicas' | 'readyReplicas') =>
    sets.reduce((sum, set) => sum + (set.status?.[count] ?? 0), 0);
  const ready = total('readyReplicas');
  const wanted = spec.replicas ?? 1;
  const updated =
    sets.find(set => set.metadata.uid === present.metadata.uid)?.status
      ?.replicas ?? 0;
  writeStatus(cluster, deployment, {
    observedGeneration: metadata.generation,
    replicas: total('replicas'),
    updatedReplicas: updated,
    readyReplicas: ready,
    availableReplicas: ready,
    unavailableReplicas: Math.max(0, wanted - ready),
    conditions: withTransitionTime(
      conditionsOf(present, ready, wanted),
      status?.conditions,
      cluster.now(),
    ),
  });
}

function conditionsOf(
  { metadata }: Workload,
  ready: number,
  wanted: number,
): Condition[] {
  const available = ready >= wanted;
  return [
    {
      type: 'Available',
      status: available ? 'True' : 'False',
      reason: available
        ? 'MinimumReplicasAvailable'
        : 'MinimumReplicasUnavailable',
      message: `Deployment ${available ? 'has' : 'does not have'} minimum availability.`,
    },
    {
      type: 'Progressing',
      status: 'True',
      reason: available ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated',
      message: `ReplicaSet "${metadata.name}" ${
        available ? 'has successfully progressed' : 'is progressing'
      }.`,
    },
  ];
}
