import { ChangeHistory } from './ChangeHistory';
import { KubeObject } from './KubeObject';
import { ResourceKind } from './ResourceKind';
import { StoreError } from './StoreError';

/** What names an object within its kind. */
export interface ObjectName {
  /** Absent for cluster-scoped kinds. */
  namespace?: string;
  name: string;
}

/** The objects of one kind. */
export class Shelf {
  readonly history: ChangeHistory;
  private readonly namespaces = new Map<string, Map<string, KubeObject>>();

  constructor(
    readonly kind: ResourceKind,
    historyLimit: number,
  ) {
    this.history = new ChangeHistory(historyLimit);
  }

  get({ namespace, name }: ObjectName): KubeObject | undefined {
    return this.namespaces.get(namespace ?? '')?.get(name);
  }

  list(namespace?: string): KubeObject[] {
    if (namespace !== undefined) {
      return [...(this.namespaces.get(namespace)?.values() ?? [])];
    }
    const found: KubeObject[] = [];
    for (const objects of this.namespaces.values()) {
      for (const object of objects.values()) {
        found.push(object);
      }
    }
    return found;
  }

  put(object: KubeObject): void {
    const { namespace = '', name } = object.metadata;
    const objects = this.namespaces.get(namespace) ?? new Map();
    this.namespaces.set(namespace, objects.set(name, object));
  }

  take({ namespace = '', name }: ObjectName): void {
    this.namespaces.get(namespace)?.delete(name);
  }

  /** @throws StoreError `Invalid` where name or namespace are missing or out of place */
  checkName({ metadata }: KubeObject): void {
    const { kind, namespaced } = this.kind;
    if (!metadata?.name) {
      throw new StoreError('Invalid', `a ${kind} needs metadata.name`);
    }
    if (namespaced !== Boolean(metadata.namespace)) {
      throw new StoreError(
        'Invalid',
        `${kind} "${metadata.name}" ${
          namespaced ? 'needs' : 'must not have'
        } metadata.namespace`,
      );
    }
  }

  /** @throws StoreError `Conflict` where a write was meant for another version, or another object, than there is */
  checkPreconditions(
    { metadata: now }: KubeObject,
    asked: { uid?: string; resourceVersion?: string },
  ): void {
    const subject = `Operation cannot be fulfilled on ${this.title(now.name)}`;
    if (asked.uid && asked.uid !== now.uid) {
      throw new StoreError(
        'Conflict',
        `${subject}: Precondition failed: UID in precondition: ${asked.uid}, UID in object meta: ${now.uid}`,
      );
    }
    if (
      asked.resourceVersion &&
      asked.resourceVersion !== now.resourceVersion
    ) {
      throw new StoreError(
        'Conflict',
        `${subject}: the object has been modified; please apply your changes to the latest version and try again`,
      );
    }
  }

  notFound(name: string): StoreError {
    return new StoreError('NotFound', `${this.title(name)} not found`);
  }

  alreadyExists(name: string): StoreError {
    return new StoreError(
      'AlreadyExists',
      `${this.title(name)} already exists`,
    );
  }

  private title(name: string): string {
    const { plural, group } = this.kind;
    return `${group ? `${plural}.${group}` : plural} "${name}"`;
  }
}
