import type { MeshKind, MeshKinds } from './kinds';
import type { KindState, MeshSnapshot } from './MeshSnapshot';
import type { ObjectIndex } from './ObjectIndex';

/** One kind's objects and how they were come by. */
export interface KindView<K extends MeshKind> {
  state: KindState;
  objects: ObjectIndex<MeshKinds[K]>;
}

/** A view of every kind. */
export type KindViews = { readonly [K in MeshKind]: KindView<K> };

/** The snapshot of one cluster, over views that do not change any more. */
export class ClusterSnapshot implements MeshSnapshot {
  readonly cluster: string;
  readonly takenAt: Date;
  readonly rootNamespace: string;
  readonly clusterDomain: string;
  readonly #kinds: KindViews;

  constructor(options: {
    cluster: string;
    takenAt: Date;
    rootNamespace: string;
    clusterDomain: string;
    kinds: KindViews;
  }) {
    this.cluster = options.cluster;
    this.takenAt = options.takenAt;
    this.rootNamespace = options.rootNamespace;
    this.clusterDomain = options.clusterDomain;
    this.#kinds = options.kinds;
  }

  state(kind: MeshKind): KindState {
    return this.#kinds[kind].state;
  }

  all<K extends MeshKind>(kind: K): readonly MeshKinds[K][] {
    return this.#view(kind).all();
  }

  byNamespace<K extends MeshKind>(
    kind: K,
  ): readonly (readonly MeshKinds[K][])[] {
    return this.#view(kind).byNamespace();
  }

  inNamespace<K extends MeshKind>(
    kind: K,
    namespace: string,
  ): readonly MeshKinds[K][] {
    return this.#view(kind).inNamespace(namespace);
  }

  get<K extends MeshKind>(
    kind: K,
    namespace: string,
    name: string,
  ): MeshKinds[K] | undefined {
    return this.#view(kind).get(namespace, name);
  }

  /** Views are kept until something changes, so comparing them is as good as comparing what they hold. */
  showsAs(other: MeshSnapshot): boolean {
    return (
      other instanceof ClusterSnapshot &&
      other.cluster === this.cluster &&
      Object.entries(this.#kinds).every(([kind, { state, objects }]) => {
        const there = other.#kinds[kind as MeshKind];
        return (
          there.objects === objects &&
          there.state.status === state.status &&
          there.state.message === state.message
        );
      })
    );
  }

  #view<K extends MeshKind>(kind: K): ObjectIndex<MeshKinds[K]> {
    return this.#kinds[kind].objects;
  }
}
