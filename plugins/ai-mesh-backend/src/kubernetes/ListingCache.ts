import type { LoggerService } from '@backstage/backend-plugin-api';
import type { CacheStatistics, ClusterCache } from './ClusterCache';
import { Discovered, discoverKinds } from './discoverKinds';
import type { KindCache } from './KindCache';
import { ClusterIdentity, KindCaches } from './KindCaches';
import type { MeshKind } from './kinds';
import { KubernetesApi, toKubernetesError } from './KubernetesApi';
import { listObjects } from './listObjects';
import type { MeshSnapshot } from './MeshSnapshot';
import type { ObjectLimits } from './ObjectLimits';
import { sleep } from './sleep';

/** How long a listing cache keeps what it has; all in milliseconds. */
export interface ListingTimings {
  /** A list serves requests for so long. */
  listMs: number;
  /** What discovery found holds for so long. */
  discoveryMs: number;
  /** How long a request waits for a list; then it takes the one before. */
  waitMs: number;
}

const defaults: ListingTimings = {
  listMs: 10_000,
  discoveryMs: 40_000,
  waitMs: 3_000,
};

/** Lists one cluster's objects when a request asks, for installations that want no watches. */
export class ListingCache implements ClusterCache {
  readonly #api: KubernetesApi;
  readonly #caches: KindCaches;
  readonly #timings: ListingTimings;
  readonly #stopping = new AbortController();
  #startedAt: Date | undefined;
  #listedAt = -Infinity;
  #listing: Promise<void> | undefined;
  /** The listing that somebody has waited for as long as may be: nobody waits for it again. */
  #inVain: Promise<void> | undefined;
  #discovered: { at: number; kinds: ReadonlyMap<MeshKind, Discovered> } = {
    at: -Infinity,
    kinds: new Map(),
  };

  constructor(options: {
    cluster: ClusterIdentity;
    api: KubernetesApi;
    logger: LoggerService;
    timings?: Partial<ListingTimings>;
    limits?: ObjectLimits;
  }) {
    this.#api = options.api;
    this.#caches = new KindCaches(
      options.cluster,
      options.logger,
      undefined,
      undefined,
      options.limits,
    );
    this.#timings = { ...defaults, ...options.timings };
  }

  get statistics(): CacheStatistics {
    return this.#caches.statistics(this.#startedAt);
  }

  start(): void {
    this.#startedAt ??= new Date();
  }

  async snapshot(): Promise<MeshSnapshot> {
    this.start();
    const age = performance.now() - this.#listedAt;
    if (age > this.#timings.listMs && !this.#stopping.signal.aborted) {
      this.#listing ??= this.#list();
      const listing = this.#listing;
      if (listing !== this.#inVain) {
        const waiting = new AbortController();
        await Promise.race([
          listing,
          sleep(this.#timings.waitMs, waiting.signal),
        ]);
        waiting.abort();
        this.#inVain = listing;
      }
    }
    return this.#caches.snapshot();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#listing;
  }

  async #list(): Promise<void> {
    const { signal } = this.#stopping;
    try {
      const kinds = await this.#discover(signal);
      await Promise.all(
        this.#caches
          .all()
          .map(cache => this.#fill(cache, kinds.get(cache.row.kind), signal)),
      );
    } catch (error) {
      if (!signal.aborted) {
        const failure = toKubernetesError(error);
        this.#caches.all().forEach(cache => cache.failed(failure));
      }
    } finally {
      this.#listedAt = performance.now();
      this.#listing = undefined;
    }
  }

  async #discover(
    signal: AbortSignal,
  ): Promise<ReadonlyMap<MeshKind, Discovered>> {
    if (performance.now() - this.#discovered.at > this.#timings.discoveryMs) {
      const kinds = await discoverKinds(this.#api, signal);
      const complete = [...kinds.values()].every(
        ({ status }) => status !== 'failed',
      );
      this.#discovered = {
        at: complete ? performance.now() : -Infinity,
        kinds,
      };
    }
    return this.#discovered.kinds;
  }

  async #fill(
    cache: KindCache,
    found: Discovered | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    if (found?.status === 'failed') {
      cache.failed(found.error);
      return;
    }
    if (found?.status !== 'served') {
      cache.notServed();
      return;
    }
    cache.served(found.apiVersion);
    try {
      const { items } = await listObjects(
        this.#api,
        this.#caches.pathOf(cache.row, found.path),
        signal,
        item => cache.strip(item),
      );
      cache.listed(items);
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      const failure = toKubernetesError(error);
      if (failure.failure === 'not-found') {
        cache.notServed();
        this.#discovered.at = -Infinity;
      } else {
        cache.failed(failure);
      }
    }
  }
}
