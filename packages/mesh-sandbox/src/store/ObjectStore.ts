import { randomUUID } from 'crypto';
import { isDeepStrictEqual } from 'util';
import { ChangeHistory } from './ChangeHistory';
import { deepFreeze } from './deepFreeze';
import { apiVersionOf, groupOf, KubeObject } from './KubeObject';
import { ResourceKind } from './ResourceKind';
import { resourceKinds } from './resourceKinds';
import { StoreError } from './StoreError';

/** One change of one object. Changes are delivered in the order of their versions. */
export interface StoreChange {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  group: string;
  kind: string;
  /** The object after the change; of a deletion, as it was last, at the deletion's version. */
  object: KubeObject;
  /** The object before the change. */
  previous?: KubeObject;
  /** `object.metadata.resourceVersion` as a number. */
  version: number;
}

/** What names an object within its kind. */
export interface ObjectName {
  /** Absent for cluster-scoped kinds. */
  namespace?: string;
  name: string;
}

export interface ObjectStoreOptions {
  /** Defaults to the wall clock. */
  clock?: () => Date;
  /** Defaults to random UUIDs. */
  newUid?: () => string;
  kinds?: readonly ResourceKind[];
  /** Changes that are kept for each kind; at least as many are, at most twice as many. Defaults to 2000. */
  historyLimit?: number;
}

export interface WriteOptions {
  /** Answer what the write would give, and change nothing. */
  dryRun?: boolean;
}

interface Shelf {
  kind: ResourceKind;
  namespaces: Map<string, Map<string, KubeObject>>;
  history: ChangeHistory;
}

/**
 * Every object of the sandbox's cluster, stored once and in the first version of its kind.
 *
 * What it hands out is deeply frozen and shared: read it freely, and change it through {@link ObjectStore.update}
 * or {@link ObjectStore.replace}. Listeners run before the write that they hear of returns.
 */
export class ObjectStore {
  readonly kinds: readonly ResourceKind[];
  private readonly shelves = new Map<string, Shelf>();
  private readonly listeners = new Set<(change: StoreChange) => void>();
  private readonly undelivered: StoreChange[] = [];
  private delivering = false;
  private version = 1;
  private readonly clock: () => Date;
  private readonly newUid: () => string;

  constructor(options: ObjectStoreOptions = {}) {
    this.kinds = options.kinds ?? resourceKinds;
    this.clock = options.clock ?? (() => new Date());
    this.newUid = options.newUid ?? randomUUID;
    for (const kind of this.kinds) {
      this.shelves.set(`${kind.group}/${kind.kind}`, {
        kind,
        namespaces: new Map(),
        history: new ChangeHistory(options.historyLimit ?? 2000),
      });
    }
  }

  /** The version of the latest write. */
  get resourceVersion(): string {
    return String(this.version);
  }

  /** Objects of one kind, ordered by namespace and name when `sorted`, else in the order of their creation. */
  list<T extends KubeObject = KubeObject>(
    group: string,
    kind: string,
    options: { namespace?: string; sorted?: boolean } = {},
  ): T[] {
    const { namespaces } = this.shelf(group, kind);
    const found: KubeObject[] = [];
    if (options.namespace !== undefined) {
      found.push(...(namespaces.get(options.namespace)?.values() ?? []));
    } else {
      for (const objects of namespaces.values()) {
        for (const object of objects.values()) {
          found.push(object);
        }
      }
    }
    if (options.sorted) {
      found.sort(byNamespaceAndName);
    }
    return found as T[];
  }

  get<T extends KubeObject = KubeObject>(
    group: string,
    kind: string,
    { namespace, name }: ObjectName,
  ): T | undefined {
    return this.shelf(group, kind)
      .namespaces.get(namespace ?? '')
      ?.get(name) as T | undefined;
  }

  /** Stores a new object; fails with `AlreadyExists` where there is one. */
  create<T extends KubeObject>(object: T, options: WriteOptions = {}): T {
    const shelf = this.shelfOf(object);
    const { namespace, name } = this.checkedName(shelf, object);
    if (shelf.namespaces.get(namespace)?.has(name)) {
      throw new StoreError(
        'AlreadyExists',
        `${title(shelf, name)} already exists`,
      );
    }
    const stored = structuredClone<KubeObject>(object);
    stored.apiVersion = apiVersionOf(shelf.kind.group, shelf.kind.versions[0]);
    stored.metadata.uid = this.newUid();
    stored.metadata.creationTimestamp = timestamp(this.clock());
    delete stored.metadata.deletionTimestamp;
    if (shelf.kind.generation) {
      stored.metadata.generation = 1;
    } else {
      delete stored.metadata.generation;
    }
    return this.commit('ADDED', shelf, stored, undefined, options) as T;
  }

  /**
   * Stores an object over the one of its name. Where it carries a `resourceVersion` (or `uid`) that is not the
   * stored one's, it fails with `Conflict`. A write that changes nothing makes no new version.
   */
  replace<T extends KubeObject>(object: T, options: WriteOptions = {}): T {
    const shelf = this.shelfOf(object);
    const { namespace, name } = this.checkedName(shelf, object);
    const previous = shelf.namespaces.get(namespace)?.get(name);
    if (!previous) {
      throw new StoreError('NotFound', `${title(shelf, name)} not found`);
    }
    this.checkPreconditions(shelf, previous, object.metadata);
    const stored = structuredClone<KubeObject>(object);
    stored.apiVersion = previous.apiVersion;
    const { metadata } = stored;
    metadata.uid = previous.metadata.uid;
    metadata.creationTimestamp = previous.metadata.creationTimestamp;
    metadata.resourceVersion = previous.metadata.resourceVersion;
    if (previous.metadata.deletionTimestamp) {
      metadata.deletionTimestamp = previous.metadata.deletionTimestamp;
    } else {
      delete metadata.deletionTimestamp;
    }
    if (shelf.kind.generation) {
      const before = previous.metadata.generation ?? 1;
      metadata.generation = sameDesiredState(previous, stored)
        ? before
        : before + 1;
    } else {
      delete metadata.generation;
    }
    if (isDeepStrictEqual(previous, stored)) {
      return previous as T;
    }
    if (metadata.deletionTimestamp && !metadata.finalizers?.length) {
      return this.commit('DELETED', shelf, stored, previous, options) as T;
    }
    return this.commit('MODIFIED', shelf, stored, previous, options) as T;
  }

  /** Creates an object, or stores it over the one of its name whatever version that has. */
  upsert<T extends KubeObject>(object: T): T {
    const { group, kind } = this.shelfOf(object).kind;
    if (!this.get(group, kind, object.metadata)) {
      return this.create(object);
    }
    const { resourceVersion, uid, ...metadata } = object.metadata;
    return this.replace({ ...object, metadata });
  }

  /** Changes an object by editing a copy of it. */
  update<T extends KubeObject = KubeObject>(
    group: string,
    kind: string,
    name: ObjectName,
    edit: (draft: T) => void,
  ): T {
    const shelf = this.shelf(group, kind);
    const previous = this.get<T>(group, kind, name);
    if (!previous) {
      throw new StoreError('NotFound', `${title(shelf, name.name)} not found`);
    }
    const draft = structuredClone(previous);
    edit(draft);
    return this.replace(draft);
  }

  /**
   * Deletes an object. One with finalizers gets a `deletionTimestamp` instead, and goes once a write has
   * removed them all.
   *
   * @returns the object as it was last
   */
  remove<T extends KubeObject = KubeObject>(
    group: string,
    kind: string,
    { namespace, name }: ObjectName,
    options: WriteOptions & { uid?: string; resourceVersion?: string } = {},
  ): T {
    const shelf = this.shelf(group, kind);
    const previous = this.get(group, kind, { namespace, name });
    if (!previous) {
      throw new StoreError('NotFound', `${title(shelf, name)} not found`);
    }
    this.checkPreconditions(shelf, previous, options);
    const last = structuredClone(previous);
    if (last.metadata.finalizers?.length) {
      if (last.metadata.deletionTimestamp) {
        return previous as T;
      }
      last.metadata.deletionTimestamp = timestamp(this.clock());
      return this.commit('MODIFIED', shelf, last, previous, options) as T;
    }
    return this.commit('DELETED', shelf, last, previous, options) as T;
  }

  /** Hears of every change, in order. @returns a function that ends it */
  on(_event: 'change', listener: (change: StoreChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The changes of a kind after a version, or `undefined` where the history no longer reaches back so far. */
  changesSince(
    group: string,
    kind: string,
    resourceVersion: string,
  ): StoreChange[] | undefined {
    return this.shelf(group, kind).history.since(Number(resourceVersion));
  }

  /** Forgets the history up to now: every watch from an earlier version is answered with 410 Gone. */
  compact(): void {
    this.version += 1;
    for (const { history } of this.shelves.values()) {
      history.forget(this.version);
    }
  }

  private commit(
    type: StoreChange['type'],
    shelf: Shelf,
    object: KubeObject,
    previous: KubeObject | undefined,
    { dryRun }: WriteOptions,
  ): KubeObject {
    if (dryRun) {
      // A dry run's answer has no version of its own: a creation shows none, a change the present one.
      if (!previous) {
        delete object.metadata.resourceVersion;
      }
      return deepFreeze(object);
    }
    this.version += 1;
    object.metadata.resourceVersion = String(this.version);
    deepFreeze(object);
    const { group, kind } = shelf.kind;
    const { namespace = '', name } = object.metadata;
    if (type === 'DELETED') {
      shelf.namespaces.get(namespace)?.delete(name);
    } else {
      const objects = shelf.namespaces.get(namespace) ?? new Map();
      shelf.namespaces.set(namespace, objects.set(name, object));
    }
    const change = {
      type,
      group,
      kind,
      object,
      previous,
      version: this.version,
    };
    shelf.history.add(change);
    this.deliver(change);
    return object;
  }

  /** A listener's own writes are delivered after the change that it is hearing of, to every listener alike. */
  private deliver(change: StoreChange): void {
    this.undelivered.push(change);
    if (this.delivering) {
      return;
    }
    this.delivering = true;
    try {
      for (
        let next = this.undelivered.shift();
        next;
        next = this.undelivered.shift()
      ) {
        for (const listener of [...this.listeners]) {
          listener(next);
        }
      }
    } finally {
      this.delivering = false;
    }
  }

  private shelfOf(object: KubeObject): Shelf {
    return this.shelf(groupOf(object.apiVersion), object.kind);
  }

  private shelf(group: string, kind: string): Shelf {
    const shelf = this.shelves.get(`${group}/${kind}`);
    if (!shelf) {
      throw new StoreError(
        'UnknownKind',
        `the sandbox has no kind "${kind}" in group "${group}"`,
      );
    }
    return shelf;
  }

  private checkedName({ kind }: Shelf, { metadata }: KubeObject) {
    if (!metadata?.name) {
      throw new StoreError('Invalid', `a ${kind.kind} needs metadata.name`);
    }
    if (kind.namespaced !== Boolean(metadata.namespace)) {
      throw new StoreError(
        'Invalid',
        kind.namespaced
          ? `${kind.kind} "${metadata.name}" needs metadata.namespace`
          : `${kind.kind} "${metadata.name}" must not have metadata.namespace`,
      );
    }
    return { namespace: metadata.namespace ?? '', name: metadata.name };
  }

  private checkPreconditions(
    shelf: Shelf,
    { metadata: now }: KubeObject,
    asked: { uid?: string; resourceVersion?: string },
  ): void {
    const subject = `Operation cannot be fulfilled on ${title(shelf, now.name)}`;
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
}

function title({ kind }: Shelf, name: string): string {
  const resource = kind.group ? `${kind.plural}.${kind.group}` : kind.plural;
  return `${resource} "${name}"`;
}

/** RFC 3339 without fractions, as Kubernetes writes times. */
function timestamp(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}

function sameDesiredState(a: KubeObject, b: KubeObject): boolean {
  const desired = ({ metadata, status, ...rest }: KubeObject) => rest;
  return isDeepStrictEqual(desired(a), desired(b));
}

function byNamespaceAndName(a: KubeObject, b: KubeObject): number {
  return (
    compare(a.metadata.namespace ?? '', b.metadata.namespace ?? '') ||
    compare(a.metadata.name, b.metadata.name)
  );
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
