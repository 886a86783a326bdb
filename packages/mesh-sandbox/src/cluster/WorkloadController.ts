import { KubeObject, ObjectStore, OwnerReference } from '../store';
import { Addresses } from './Addresses';
import { buildPod, nameHash, podStatus, templateHash } from './buildPod';
import { isReady, PodObject, WorkloadObject } from './objects';

const NODES = ['node-a', 'node-b', 'node-c'];

export type WorkloadKind = 'Deployment' | 'StatefulSet';

/** Keeps the pods of Deployments and StatefulSets as their specs ask, like Kubernetes' own controllers. */
export class WorkloadController {
  private created = 0;

  constructor(
    private readonly store: ObjectStore,
    private readonly addresses: Addresses,
    private readonly clock: () => Date,
    /** Seconds from a pod's creation until it is ready. */
    private readonly startSeconds: number,
  ) {}

  /** Does what is due for one workload. @returns whether pods of it are still starting */
  reconcile(kind: WorkloadKind, namespace: string, name: string): boolean {
    const workload = this.store.get<WorkloadObject>('apps', kind, {
      namespace,
      name,
    });
    const pods = this.podsOf(kind, namespace, name, workload);
    if (!workload || workload.metadata.deletionTimestamp) {
      pods.forEach(pod => this.removePod(pod));
      this.removeReplicaSets(namespace, name);
      return false;
    }
    pods.forEach(pod => this.startPod(pod));
    const hash = templateHash(workload);
    const replicas = workload.spec.replicas ?? 1;
    const owner =
      kind === 'Deployment'
        ? this.replicaSet(workload, hash, replicas)
        : ownerOf(workload);
    const live = this.podsOf(kind, namespace, name, workload);
    const current = live.filter(
      pod => pod.metadata.labels?.['pod-template-hash'] === hash,
    );
    for (let i = current.length; i < replicas; i += 1) {
      this.createPod(kind, workload, owner, hash, current);
    }
    current.slice(replicas).forEach(pod => this.removePod(pod));
    const kept = this.podsOf(kind, namespace, name, workload);
    const fresh = kept.filter(
      pod => pod.metadata.labels?.['pod-template-hash'] === hash,
    );
    const ready = fresh.filter(isReady).length;
    if (ready >= replicas) {
      kept
        .filter(pod => !fresh.includes(pod))
        .forEach(pod => this.removePod(pod));
    }
    this.writeStatus(kind, workload, owner, hash);
    return ready < replicas;
  }

  private podsOf(
    kind: WorkloadKind,
    namespace: string,
    name: string,
    workload: WorkloadObject | undefined,
  ): PodObject[] {
    const uid = workload?.metadata.uid;
    const owners =
      kind === 'Deployment'
        ? this.replicaSetsOf(namespace, name).map(
            ({ metadata }) => metadata.uid,
          )
        : [uid];
    return this.store
      .list<PodObject>('', 'Pod', { namespace })
      .filter(pod =>
        pod.metadata.ownerReferences?.some(
          owner =>
            owners.includes(owner.uid) ||
            (kind === owner.kind && owner.name === name),
        ),
      );
  }

  private replicaSetsOf(namespace: string, name: string): KubeObject[] {
    return this.store
      .list('apps', 'ReplicaSet', { namespace })
      .filter(({ metadata }) =>
        metadata.ownerReferences?.some(
          owner => owner.kind === 'Deployment' && owner.name === name,
        ),
      );
  }

  private removeReplicaSets(namespace: string, name: string) {
    for (const { metadata } of this.replicaSetsOf(namespace, name)) {
      this.store.remove('apps', 'ReplicaSet', {
        namespace,
        name: metadata.name,
      });
    }
  }

  private replicaSet(
    workload: WorkloadObject,
    hash: string,
    replicas: number,
  ): OwnerReference {
    const { name, namespace } = workload.metadata;
    const { template } = workload.spec;
    const labels = {
      ...template.metadata?.labels,
      'pod-template-hash': hash,
    } as Record<string, string>;
    const set = this.store.upsert<KubeObject>({
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: `${name}-${hash}`,
        namespace,
        labels,
        ownerReferences: [ownerOf(workload)],
      },
      spec: {
        replicas,
        selector: {
          matchLabels: {
            ...workload.spec.selector.matchLabels,
            'pod-template-hash': hash,
          },
        },
        template: {
          ...template,
          metadata: { ...template.metadata, labels },
        },
      },
      status: this.store.get('apps', 'ReplicaSet', {
        namespace,
        name: `${name}-${hash}`,
      })?.status ?? { replicas: 0 },
    });
    for (const old of this.replicaSetsOf(namespace ?? '', name)) {
      if (old.metadata.name !== set.metadata.name) {
        this.store.update('apps', 'ReplicaSet', old.metadata, draft => {
          (draft.spec as { replicas: number }).replicas = 0;
        });
      }
    }
    return ownerOf(set);
  }

  private createPod(
    kind: WorkloadKind,
    workload: WorkloadObject,
    owner: OwnerReference,
    hash: string,
    siblings: PodObject[],
  ) {
    this.created += 1;
    const namespace = workload.metadata.namespace ?? '';
    const name =
      kind === 'StatefulSet'
        ? `${workload.metadata.name}-${freeOrdinal(workload, siblings)}`
        : `${owner.name}-${nameHash(`${owner.name}/${this.created}`, 5)}`;
    const pod = this.store.upsert(
      buildPod(
        workload,
        this.store.get('', 'Namespace', { name: namespace }),
        {
          name,
          owner,
          hash,
          ip: this.addresses.nextPod(),
          nodeName: NODES[this.created % NODES.length],
        },
        { ready: this.startSeconds === 0, at: this.now() },
      ),
    );
    siblings.push(pod);
  }

  private startPod(pod: PodObject) {
    const age =
      this.clock().getTime() - Date.parse(pod.status.startTime ?? this.now());
    if (pod.status.phase !== 'Pending' || age < this.startSeconds * 1000) {
      return;
    }
    this.store.update<PodObject>('', 'Pod', pod.metadata, draft => {
      draft.status = podStatus(
        draft.spec,
        draft.status.podIP ?? '',
        true,
        this.now(),
      );
    });
  }

  private removePod({ metadata }: PodObject) {
    this.store.remove('', 'Pod', metadata as { name: string });
  }

  private writeStatus(
    kind: WorkloadKind,
    workload: WorkloadObject,
    owner: OwnerReference,
    hash: string,
  ) {
    const { namespace = '', name, generation } = workload.metadata;
    const pods = this.podsOf(kind, namespace, name, workload);
    const updated = pods.filter(
      pod => pod.metadata.labels?.['pod-template-hash'] === hash,
    );
    const ready = pods.filter(isReady).length;
    const wanted = workload.spec.replicas ?? 1;
    const counts = {
      replicas: pods.length,
      readyReplicas: ready,
      availableReplicas: ready,
    };
    this.store.update('apps', kind, workload.metadata, draft => {
      draft.status = {
        observedGeneration: generation,
        ...counts,
        updatedReplicas: updated.length,
        ...(ready < wanted && { unavailableReplicas: wanted - ready }),
        conditions: [
          {
            type: 'Available',
            status: ready >= wanted ? 'True' : 'False',
            reason:
              ready >= wanted
                ? 'MinimumReplicasAvailable'
                : 'MinimumReplicasUnavailable',
          },
          {
            type: 'Progressing',
            status: 'True',
            reason: 'NewReplicaSetAvailable',
          },
        ],
      };
    });
    if (kind === 'Deployment') {
      this.store.update(
        'apps',
        'ReplicaSet',
        { namespace, name: owner.name },
        draft => {
          draft.status = counts;
        },
      );
    }
  }

  private now(): string {
    return this.clock()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z');
  }
}

function ownerOf({ apiVersion, kind, metadata }: KubeObject): OwnerReference {
  return {
    apiVersion,
    kind,
    name: metadata.name,
    uid: metadata.uid ?? '',
    controller: true,
    blockOwnerDeletion: true,
  };
}

function freeOrdinal(workload: WorkloadObject, siblings: PodObject[]): number {
  const taken = new Set(siblings.map(({ metadata }) => metadata.name));
  let ordinal = 0;
  while (taken.has(`${workload.metadata.name}-${ordinal}`)) {
    ordinal += 1;
  }
  return ordinal;
}
