import { ObjectStore } from '../../store/ObjectStore';
import { ObjectName } from '../../store/Shelf';
import { StoreChange } from '../../store/StoreChange';
import { timestamp } from '../../store/writeRules';
import { AddressPool } from './AddressPool';
import { LabelIndex } from './LabelIndex';
import { Pod, Service } from './objects';
import { OwnerIndex } from './OwnerIndex';

/** The store with what the controllers look up in it all the time. */
export class Cluster {
  readonly owners = new OwnerIndex();
  readonly podAddresses = new AddressPool('10.244');
  readonly serviceAddresses = new AddressPool('10.96');
  private readonly podLabels = new LabelIndex();
  private readonly selectors = new LabelIndex();

  constructor(readonly store: ObjectStore) {}

  /** RFC 3339. */
  now(): string {
    return timestamp(this.store.now());
  }

  note(change: StoreChange): void {
    this.owners.note(change);
    const { type, group, kind, object } = change;
    const { namespace = '', name, labels } = object.metadata;
    const gone = type === 'DELETED';
    if (group === '' && kind === 'Pod') {
      noteLabels(this.podLabels, gone, namespace, name, labels);
      const address = (object as Pod).status?.podIP;
      noteAddress(this.podAddresses, gone, `${namespace}/${name}`, address);
    } else if (group === '' && kind === 'Service') {
      const { selector, clusterIP } = (object as Service).spec;
      noteLabels(this.selectors, gone, namespace, name, selector);
      noteAddress(
        this.serviceAddresses,
        gone,
        `${namespace}/${name}`,
        clusterIP,
      );
    }
  }

  /** The pods that a Service selects, by name; none for an empty selector. */
  podsSelectedBy({ metadata, spec }: Service): Pod[] {
    const { namespace = '' } = metadata;
    return this.podLabels
      .selectedBy(namespace, spec.selector ?? {})
      .sort()
      .flatMap(name => this.pod({ namespace, name }) ?? []);
  }

  /** The Services that may select something with these labels. */
  servicesFor(namespace: string, labels: Record<string, string>): ObjectName[] {
    return [...this.selectors.sharing(namespace, labels)].map(name => ({
      namespace,
      name,
    }));
  }

  pod(name: ObjectName): Pod | undefined {
    return this.store.get<Pod>('', 'Pod', name);
  }

  /** The pods that a workload owns, by name, without those that are on their way out. */
  podsOf(uid: string | undefined): Pod[] {
    return this.owners
      .of(uid, 'Pod')
      .flatMap(name => this.pod(name) ?? [])
      .filter(({ metadata }) => !metadata.deletionTimestamp)
      .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  }
}

function noteLabels(
  index: LabelIndex,
  gone: boolean,
  namespace: string,
  name: string,
  labels: Record<string, string> | undefined,
): void {
  if (gone) {
    index.delete(namespace, name);
  } else {
    index.set(namespace, name, labels);
  }
}

function noteAddress(
  pool: AddressPool,
  gone: boolean,
  owner: string,
  address: string | undefined,
): void {
  if (gone) {
    pool.release(owner);
  } else if (address && address !== 'None') {
    pool.reserve(owner, address);
  }
}
