import { randomUUID } from 'crypto';
import { equalJson } from './equalJson';
import { ChangeFeed } from './ChangeFeed';
import { cloneJson } from './cloneJson';
import { deepFreeze } from './deepFreeze';
import { groupOf, KubeObject } from './KubeObject';
import { ResourceKind } from './ResourceKind';
import { resourceKinds } from './resourceKinds';
import { ObjectName, Shelf } from './Shelf';
import { StoreChange } from './StoreChange';
import { StoreError } from './StoreError';
import { stampChanged, stampNew, timestamp } from './writeRules';

export interface ObjectStoreOptions {
  /** Defaults to the wall clock. */
  clock?: () => Date;
  /** Defaults to random UUIDs. */
  newUid?: () => string;
  kinds?: readonly ResourceKind[];
  /** Changes that are kept for each kind: at least so many, at most twice as many. Defaults to 2000. */
  historyLimit?: number;
}

export interface WriteOptions {
  /** Answer what the write would give, and change nothing. */
  dryRun?: boolean;
}

/** Completes an object before it is stored, as admission does in a cluster. Changes the draft; may throw. */
export type BeforeWrite = (
  draft: KubeObject,
  context: { kind: ResourceKind; previous?: KubeObject },
) => void;

/**
 * Every object of the sandbox's cluster, stored once and in the first version of its kind.
 *
 * What it hands out is deeply frozen and shared: read it freely, and change it through {@link ObjectStore.update}
 * or {@link ObjectStore.replace}. Listeners run before the write that they hear of returns.
 */
export class ObjectStore {
  readonly kinds: readonly ResourceKind[];
  private readonly shelves = new Map<string, Shelf>();
  private readonly feed = new ChangeFeed();
  private readonly hooks: BeforeWrite[] = [];
  private readonly clock: () => Date;
  private readonly newUid: () => string;
  private version = 1;

  constructor(options: ObjectStoreOptions = {}) {
    this.kinds = options.kinds ?? resourceKinds;
    this.clock = options.clock ?? (() => new Date());
    this.newUid = options.newUid ?? randomUUID;
    for (const kind of this.kinds) {
      this.shelves.set(
        `${kind.group}/${kind.kind}`,
        new Shelf(kind, options.historyLimit ?? 2000),
      );
    }
  }

  /** The version of the latest write. */
  get resourceVersion(): string {
    return String(this.version);
  }

  /** The time by the store's clock. */
  now(): Date {
    return this.clock();
  }

  /** Objects of one kind, in the order of their creation, or by namespace and name when `sorted`. */
  list<T extends KubeObject = KubeObject>(
    group: string,
    kind: string,
    options: { namespace?: string; sorted?: boolean } = {},
  ): T[] {
    const found = this.shelf(group, kind).list(options.namespace);
    if (options.sorted) {
      found.sort(byNamespaceAndName);
    }
    return found as T[];
  }

  get<T extends KubeObject = KubeObject>(
    group: string,
    kind: string,
    name: ObjectName,
  ): T | undefined {
    return this.shelf(group, kind).get(name) as T | undefined;
  }

  /** Stores a new object; fails with `AlreadyExists` where there is one. */
  create<T extends KubeObject>(object: T, options: WriteOptions = {}): T {
    const shelf = this.shelfOf(object);
    shelf.checkName(object);
    if (shelf.get(object.metadata)) {
      throw shelf.alreadyExists(object.metadata.name);
    }
    const draft = cloneJson<KubeObject>(object);
    stampNew(shelf.kind, draft, { uid: this.newUid(), now: this.clock() });
    this.complete(shelf, draft);
    return this.commit('ADDED', shelf, draft, undefined, options) as T;
  }

  /**
   * Stores an object over the one of its name. Where it carries a `resourceVersion` (or `uid`) that is not the
   * stored one's, it fails with `Conflict`. A write that changes nothing makes no new version.
   */
  replace<T extends KubeObject>(object: T, options: WriteOptions = {}): T {
    const shelf = this.shelfOf(object);
    shelf.checkName(object);
    const previous = shelf.get(object.metadata);
    if (!previous) {
      throw shelf.notFound(object.metadata.name);
    }
    shelf.checkPreconditions(previous, object.metadata);
    return this.change(shelf, previous, cloneJson(object), options) as T;
  }

  /** Creates an object, or stores it over the one of its name whatever version that has. */
  upsert<T extends KubeObject>(object: T): T {
    if (!this.shelfOf(object).get(object.metadata)) {
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
    const previous = shelf.get(name);
    if (!previous) {
      throw shelf.notFound(name.name);
    }
    const draft = cloneJson(previous) as T;
    edit(draft);
    shelf.checkName(draft);
    shelf.checkPreconditions(previous, draft.metadata);
    return this.change(shelf, previous, draft, {}) as T;
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
    name: ObjectName,
    options: WriteOptions & { uid?: string; resourceVersion?: string } = {},
  ): T {
    const shelf = this.shelf(group, kind);
    const previous = shelf.get(name);
    if (!previous) {
      throw shelf.notFound(name.name);
    }
    shelf.checkPreconditions(previous, options);
    const last = cloneJson(previous);
    if (!last.metadata.finalizers?.length) {
      return this.commit('DELETED', shelf, last, previous, options) as T;
    }
    if (last.metadata.deletionTimestamp) {
      return previous as T;
    }
    last.metadata.deletionTimestamp = timestamp(this.clock());
    return this.commit('MODIFIED', shelf, last, previous, options) as T;
  }

  /**
   * Hears of every change, in order; or, with `settled`, each time that all changes so far have been heard by all.
   *
   * @returns a function that ends it
   */
  on(event: 'change', listener: (change: StoreChange) => void): () => void;
  on(event: 'settled', listener: () => void): () => void;
  on(event: 'change' | 'settled', listener: (change: StoreChange) => void) {
    return this.feed.on(event as 'change', listener);
  }

  /** Lets every object pass through a hook before it is stored. */
  beforeWrite(hook: BeforeWrite): void {
    this.hooks.push(hook);
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

  private change(
    shelf: Shelf,
    previous: KubeObject,
    draft: KubeObject,
    options: WriteOptions,
  ): KubeObject {
    this.complete(shelf, draft, previous);
    stampChanged(shelf.kind, draft, previous);
    if (equalJson(previous, draft)) {
      return previous;
    }
    const { deletionTimestamp, finalizers } = draft.metadata;
    const type =
      deletionTimestamp && !finalizers?.length ? 'DELETED' : 'MODIFIED';
    return this.commit(type, shelf, draft, previous, options);
  }

  private complete(
    { kind }: Shelf,
    draft: KubeObject,
    previous?: KubeObject,
  ): void {
    for (const hook of this.hooks) {
      hook(draft, { kind, previous });
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
      return deepFreeze(object);
    }
    this.version += 1;
    object.metadata.resourceVersion = String(this.version);
    deepFreeze(object);
    if (type === 'DELETED') {
      shelf.take(object.metadata);
    } else {
      shelf.put(object);
    }
    const { group, kind } = shelf.kind;
    const { version } = this;
    const change = { type, group, kind, object, previous, version };
    shelf.history.add(change);
    this.feed.deliver(change);
    return object;
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
