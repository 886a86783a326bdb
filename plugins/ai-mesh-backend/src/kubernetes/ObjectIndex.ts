import type { KubernetesObject } from './kinds';

/** The objects of one kind in one namespace. Not changed any more once an index shows it. */
class Bucket<T extends KubernetesObject> {
  #list: readonly T[] | undefined;

  constructor(readonly byName: Map<string, T>) {}

  /** The same array at every call, so that what is derived from it can be kept. */
  list(): readonly T[] {
    this.#list ??= [...this.byName.values()];
    return this.#list;
  }
}

/** The objects of one kind at one moment, by namespace and name. Immutable. */
export class ObjectIndex<T extends KubernetesObject> {
  readonly #buckets: ReadonlyMap<string, Bucket<T>>;
  #all: readonly T[] | undefined;
  #lists: readonly (readonly T[])[] | undefined;

  constructor(buckets: ReadonlyMap<string, Bucket<T>> = new Map()) {
    this.#buckets = buckets;
  }

  all(): readonly T[] {
    this.#all ??= this.byNamespace().flat();
    return this.#all;
  }

  byNamespace(): readonly (readonly T[])[] {
    this.#lists ??= Array.from(this.#buckets.values(), one => one.list());
    return this.#lists;
  }

  inNamespace(namespace: string): readonly T[] {
    return this.#buckets.get(namespace)?.list() ?? [];
  }

  get(namespace: string, name: string): T | undefined {
    return this.#buckets.get(namespace)?.byName.get(name);
  }
}

/**
 * The objects of one kind as they change. `view` costs nothing; the first change after a view copies the one
 * namespace that it touches.
 */
export class ObjectStore<T extends KubernetesObject> {
  #buckets = new Map<string, Bucket<T>>();
  #view: ObjectIndex<T> | undefined;
  /** The namespaces whose bucket no view shows. */
  #own = new Set<string>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  view(): ObjectIndex<T> {
    if (!this.#view) {
      this.#view = new ObjectIndex(this.#buckets);
      this.#own = new Set();
    }
    return this.#view;
  }

  /** Adds or replaces an object; one whose resource version is known already changes nothing. */
  put(object: T): void {
    const { namespace = '', name, resourceVersion } = object.metadata;
    const present = this.#buckets.get(namespace)?.byName.get(name);
    if (
      present &&
      resourceVersion !== undefined &&
      present.metadata.resourceVersion === resourceVersion &&
      present.metadata.uid === object.metadata.uid
    ) {
      return;
    }
    this.#bucket(namespace).byName.set(name, object);
    this.#size += present ? 0 : 1;
  }

  remove(namespace: string, name: string): void {
    if (!this.#buckets.get(namespace)?.byName.has(name)) {
      return;
    }
    const bucket = this.#bucket(namespace);
    bucket.byName.delete(name);
    this.#size -= 1;
    if (bucket.byName.size === 0) {
      this.#buckets.delete(namespace);
      this.#own.delete(namespace);
    }
  }

  /** Makes a complete list the content, touching only what differs from it. */
  replace(objects: readonly T[]): void {
    const names = new Map<string, Set<string>>();
    for (const object of objects) {
      const { namespace = '', name } = object.metadata;
      names.set(namespace, (names.get(namespace) ?? new Set()).add(name));
      this.put(object);
    }
    for (const [namespace, { byName }] of [...this.#buckets]) {
      for (const name of [...byName.keys()]) {
        if (!names.get(namespace)?.has(name)) {
          this.remove(namespace, name);
        }
      }
    }
  }

  /** A bucket that may be written to. */
  #bucket(namespace: string): Bucket<T> {
    if (this.#view) {
      this.#buckets = new Map(this.#buckets);
      this.#view = undefined;
    }
    let bucket = this.#buckets.get(namespace);
    if (!bucket || !this.#own.has(namespace)) {
      bucket = new Bucket(new Map(bucket?.byName));
      this.#buckets.set(namespace, bucket);
      this.#own.add(namespace);
    }
    return bucket;
  }
}
