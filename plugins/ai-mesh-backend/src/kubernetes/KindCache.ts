import { said, wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import type { KindView } from './ClusterSnapshot';
import { explainFailure, explainPassing } from './explainFailure';
import { KindRow, qualifiedResource } from './kindTable';
import type { MeshKind, MeshKinds } from './kinds';
import type { KubernetesError } from './KubernetesApi';
import type { KindState } from './MeshSnapshot';
import { ObjectStore } from './ObjectIndex';
import type { ObjectLimits } from './ObjectLimits';
import { Standing, StandingLimits } from './Standing';
import { stripObject } from './stripObject';
import { defaultTimings } from './WatchTimings';

/** What is known of one kind on one cluster, and how far it can be trusted. */
export class KindCache<K extends MeshKind = MeshKind> {
  readonly row: KindRow & { kind: K };
  readonly #cluster: string;
  readonly #objects = new ObjectStore<MeshKinds[K]>();
  /** Why what was seen might have to be given up. */
  readonly #refusal: Standing<'forbidden' | 'not-served'>;
  readonly #limits: ObjectLimits | undefined;
  readonly #onChange: (state: KindState) => void;
  readonly #onObjects: (namespace?: string) => void;
  #apiVersion: string | undefined;
  #state: KindState = { status: 'syncing' };
  #settled: () => void = () => {};

  /** Done once the first attempt has come to anything. */
  readonly settled = new Promise<void>(resolve => {
    this.#settled = resolve;
  });

  constructor(options: {
    row: KindRow & { kind: K };
    cluster: string;
    onChange?: (state: KindState) => void;
    /** Objects came, changed or went; in one namespace, or anywhere where none is named. */
    onObjects?: (namespace?: string) => void;
    /** What was seen is kept until a refusal has stood for so long. */
    giveUp?: StandingLimits;
    /** How much of an object is read. */
    limits?: ObjectLimits;
  }) {
    this.row = options.row;
    this.#cluster = options.cluster;
    this.#refusal = new Standing(options.giveUp ?? defaultTimings.giveUp);
    this.#limits = options.limits;
    this.#onChange = options.onChange ?? (() => {});
    this.#onObjects = options.onObjects ?? (() => {});
  }

  get count(): number {
    return this.#objects.size;
  }

  get status(): KindState['status'] {
    return this.#state.status;
  }

  view(): KindView<K> {
    return { state: this.#state, objects: this.#objects.view() };
  }

  /** Discovery found where it is served. */
  served(apiVersion: string): void {
    this.#apiVersion = apiVersion;
  }

  /** The cluster says that it has no such API. @returns whether that is believed */
  notServed(): boolean {
    const why = [
      wording('kube.noVersion', {
        cluster: this.#cluster,
        resource: qualifiedResource(this.row),
        versions: this.row.versions.join(', '),
      }),
    ];
    if (this.#keeps('not-served', why)) {
      return false;
    }
    this.#apiVersion = undefined;
    this.#giveUp({ status: 'not-served', ...said(...why) });
    return true;
  }

  /** What is kept of an object as the cluster has it; undefined of what is none. */
  strip(raw: unknown): MeshKinds[K] | undefined {
    return stripObject(this.row, this.#apiVersion ?? '', raw, this.#limits);
  }

  /** A complete list came, of what is kept of each. */
  listed(items: readonly (MeshKinds[K] | undefined)[]): void {
    this.#objects.replace(items.flatMap(item => item ?? []));
    this.heard();
    this.#onObjects();
  }

  /** A watch told of an object. */
  changed(type: string, object: unknown): void {
    const stripped = this.strip(object);
    if (stripped && type === 'DELETED') {
      const { namespace = '', name } = stripped.metadata;
      this.#objects.remove(namespace, name);
    } else if (stripped) {
      this.#objects.put(stripped);
    }
    this.heard();
    if (stripped) {
      const { namespace, name } = stripped.metadata;
      this.#onObjects(this.row.kind === 'Namespace' ? name : namespace);
    }
  }

  /** The cluster was heard from: what is here is what it has. */
  heard(): void {
    this.#refusal.over();
    this.#become({ status: 'synced', observedAt: new Date() });
  }

  /** An attempt to list or watch failed. */
  failed(error: KubernetesError): void {
    const why = explainFailure(this.#cluster, this.row, error);
    if (error.failure === 'forbidden') {
      if (this.#keeps('forbidden', why)) {
        return;
      }
      this.#giveUp({ status: 'forbidden', ...said(...why) });
      return;
    }
    this.#refusal.over();
    const { observedAt } = this.#state;
    if (observedAt) {
      this.#become({ status: 'stale', observedAt, ...said(...why) });
    } else {
      const unauthorized = error.failure === 'unauthorized';
      this.#become({
        status: unauthorized ? 'forbidden' : 'unreachable',
        ...said(...why),
      });
    }
  }

  /** Whether what was seen stays in spite of a refusal, which may be in passing. Where nothing was, there is nothing to keep. */
  #keeps(refusal: 'forbidden' | 'not-served', why: readonly Words[]): boolean {
    const { observedAt } = this.#state;
    if (!observedAt || this.#refusal.heard(refusal)) {
      return false;
    }
    this.#become({
      status: 'stale',
      observedAt,
      ...said(...explainPassing(why)),
    });
    return true;
  }

  /** What may not be seen any more must not be shown either. */
  #giveUp(state: KindState): void {
    const hadObjects = this.#objects.size > 0;
    this.#objects.replace([]);
    this.#become(state);
    if (hadObjects) {
      this.#onObjects();
    }
  }

  #become(state: KindState): void {
    const before = this.#state;
    this.#state =
      this.#apiVersion === undefined
        ? state
        : { apiVersion: this.#apiVersion, ...state };
    this.#settled();
    if (before.status !== state.status || before.message !== state.message) {
      this.#onChange(this.#state);
    }
  }
}
