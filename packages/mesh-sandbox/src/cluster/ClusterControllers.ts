import { ObjectStore, StoreChange } from '../store';
import { Addresses } from './Addresses';
import { EndpointController } from './EndpointController';
import { WorkloadController, WorkloadKind } from './WorkloadController';

export interface ClusterControllersOptions {
  clock: () => Date;
  /** Seconds from a pod's creation until it is ready, after the first round. Defaults to 3. */
  podStartSeconds?: number;
}

interface DueWorkload {
  kind: WorkloadKind;
  namespace: string;
  name: string;
}

/**
 * What turns desired state into pods and endpoints. It notes what changed and acts when {@link reconcile} is called,
 * so that the sandbox's time stays in one hand.
 */
export class ClusterControllers {
  private readonly due = new Map<string, DueWorkload>();
  private readonly dueNamespaces = new Set<string>();
  private readonly workloads: WorkloadController;
  private readonly first: WorkloadController;
  private readonly endpoints: EndpointController;
  private readonly off: () => void;
  private settled = false;

  constructor(
    private readonly store: ObjectStore,
    { clock, podStartSeconds = 3 }: ClusterControllersOptions,
  ) {
    const addresses = new Addresses();
    this.first = new WorkloadController(store, addresses, clock, 0);
    this.workloads = new WorkloadController(
      store,
      addresses,
      clock,
      podStartSeconds,
    );
    this.endpoints = new EndpointController(store, addresses);
    for (const kind of ['Deployment', 'StatefulSet'] as const) {
      for (const { metadata } of store.list('apps', kind)) {
        this.note(kind, metadata.namespace ?? '', metadata.name);
      }
    }
    for (const { metadata } of store.list('', 'Namespace')) {
      this.dueNamespaces.add(metadata.name);
    }
    this.off = store.on('change', change => this.heard(change));
  }

  /** Does everything that is due. The first time, pods are ready at once: the world has been running for long. */
  reconcile(): void {
    const due = [...this.due.values()];
    this.due.clear();
    const controller = this.settled ? this.workloads : this.first;
    for (const one of due) {
      if (controller.reconcile(one.kind, one.namespace, one.name)) {
        this.note(one.kind, one.namespace, one.name);
      }
    }
    this.settled = true;
    const namespaces = [...this.dueNamespaces];
    namespaces.forEach(namespace => this.endpoints.reconcile(namespace));
    this.dueNamespaces.clear();
  }

  stop(): void {
    this.off();
  }

  private heard({ group, kind, object, type }: StoreChange) {
    const { namespace = '', name, ownerReferences } = object.metadata;
    if (group === 'apps' && (kind === 'Deployment' || kind === 'StatefulSet')) {
      this.note(kind, namespace, name);
    } else if (group === '' && kind === 'Pod') {
      this.dueNamespaces.add(namespace);
      if (type === 'DELETED') {
        ownerReferences?.forEach(owner => this.noteOwner(owner, namespace));
      }
    } else if (group === '' && kind === 'Service') {
      this.dueNamespaces.add(namespace);
    }
  }

  private noteOwner(owner: { kind: string; name: string }, namespace: string) {
    if (owner.kind === 'StatefulSet') {
      this.note('StatefulSet', namespace, owner.name);
      return;
    }
    const set = this.store.get('apps', 'ReplicaSet', {
      namespace,
      name: owner.name,
    });
    set?.metadata.ownerReferences?.forEach(({ kind, name }) => {
      if (kind === 'Deployment') {
        this.note('Deployment', namespace, name);
      }
    });
  }

  private note(kind: WorkloadKind, namespace: string, name: string) {
    this.due.set(`${kind}/${namespace}/${name}`, { kind, namespace, name });
  }
}
