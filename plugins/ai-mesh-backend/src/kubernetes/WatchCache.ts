import type { LoggerService } from '@backstage/backend-plugin-api';
import { Backoff, jittered } from './Backoff';
import type { CacheStatistics, ClusterCache } from './ClusterCache';
import { Discovered, discoverKinds } from './discoverKinds';
import type { KindCache } from './KindCache';
import { ClusterIdentity, KindCaches } from './KindCaches';
import type { MeshKind } from './kinds';
import { KubernetesApi, toKubernetesError } from './KubernetesApi';
import type { MeshSnapshot } from './MeshSnapshot';
import type { ObjectLimits } from './ObjectLimits';
import { sleep } from './sleep';
import { watchKind } from './watchKind';
import { defaultTimings, WatchTimings } from './WatchTimings';

/**
 * Keeps one cluster's objects by one list and watch for each kind, for all requests. Starts with the first snapshot
 * or before; a cluster that is away keeps nothing waiting.
 */
export class WatchCache implements ClusterCache {
  readonly #api: KubernetesApi;
  readonly #caches: KindCaches;
  readonly #timings: WatchTimings;
  readonly #watches = new Map<MeshKind, Promise<void>>();
  /** The delays before it is looked where a kind has gone that was watched. */
  readonly #absent = new Map<MeshKind, Backoff>();
  readonly #stopping = new AbortController();
  #startedAt: Date | undefined;
  /** How much was known after a wait that had no end: while it is no more, nobody waits again. */
  #inVain: number | undefined;
  #discovery: Promise<void> = Promise.resolve();
  /** Ends the wait before the next discovery. */
  #rediscover = new AbortController();

  constructor(options: {
    cluster: ClusterIdentity;
    api: KubernetesApi;
    logger: LoggerService;
    timings?: Partial<WatchTimings>;
    limits?: ObjectLimits;
    /** Objects of the kind came, changed or went; in one namespace, or anywhere where none is named. */
    onObjects?: (kind: MeshKind, namespace?: string) => void;
  }) {
    this.#api = options.api;
    this.#timings = { ...defaultTimings, ...options.timings };
    this.#caches = new KindCaches(
      options.cluster,
      options.logger,
      options.onObjects,
      this.#timings.giveUp,
      options.limits,
    );
  }

  get statistics(): CacheStatistics {
    return this.#caches.statistics(this.#startedAt);
  }

  start(): void {
    if (!this.#startedAt) {
      this.#startedAt = new Date();
      this.#discovery = this.#keepDiscovering();
    }
  }

  async snapshot(): Promise<MeshSnapshot> {
    this.start();
    if (!this.#caches.settledAt && this.#caches.known !== this.#inVain) {
      const waiting = new AbortController();
      await Promise.race([
        this.#caches.settled,
        sleep(this.#timings.firstSyncMs, waiting.signal),
      ]);
      waiting.abort();
      this.#inVain = this.#caches.known;
    }
    return this.#caches.snapshot();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#rediscover.abort();
    await Promise.all([this.#discovery, ...this.#watches.values()]);
  }

  async #keepDiscovering(): Promise<void> {
    const { signal } = this.#stopping;
    const backoff = new Backoff(this.#timings.retry);
    while (!signal.aborted) {
      this.#rediscover = new AbortController();
      const complete = await this.#discover(signal);
      if (signal.aborted) {
        return;
      }
      if (complete) {
        backoff.reset();
      }
      await sleep(
        complete ? jittered(this.#timings.rediscoverMs) : backoff.next(),
        this.#rediscover.signal,
      );
    }
  }

  /** Starts to watch what is served and not watched yet. @returns whether all is known */
  async #discover(signal: AbortSignal): Promise<boolean> {
    const unwatched = this.#unwatched();
    if (unwatched.length === 0) {
      return true;
    }
    let found: ReadonlyMap<MeshKind, Discovered>;
    try {
      found = await discoverKinds(
        this.#api,
        signal,
        unwatched.map(({ row }) => row),
      );
    } catch (error) {
      if (signal.aborted) {
        return false;
      }
      const failure = toKubernetesError(error);
      unwatched.forEach(cache => cache.failed(failure));
      return false;
    }
    return unwatched
      .map(cache => this.#learn(cache, found.get(cache.row.kind), signal))
      .every(Boolean);
  }

  /** @returns whether it is known now how the kind stands */

  #learn(
    cache: KindCache,
    found: Discovered | undefined,
    signal: AbortSignal,
  ): boolean {
    if (found?.status === 'served') {
      cache.served(found.apiVersion);
      this.#watches.set(cache.row.kind, this.#watch(cache, found.path, signal));
      return true;
    }
    if (found?.status === 'failed') {
      cache.failed(found.error);
      return false;
    }
    return cache.notServed();
  }

  async #watch(
    cache: KindCache,
    path: string,
    signal: AbortSignal,
  ): Promise<void> {
    const { kind } = cache.row;
    const startedAt = Date.now();
    await watchKind(
      {
        api: this.#api,
        path: this.#caches.pathOf(cache.row, path),
        cache,
        timings: this.#timings,
      },
      signal,
    );
    const backoff = this.#absent.get(kind) ?? new Backoff(this.#timings.retry);
    this.#absent.set(kind, backoff);
    if (Date.now() - startedAt > this.#timings.stableMs) {
      backoff.reset();
    }
    // It is not served any more: perhaps another version is, or it comes back after an upgrade.
    await sleep(backoff.next(), signal);
    this.#watches.delete(kind);
    this.#rediscover.abort();
  }

  #unwatched(): KindCache[] {
    return this.#caches.all().filter(({ row }) => !this.#watches.has(row.kind));
  }
}
