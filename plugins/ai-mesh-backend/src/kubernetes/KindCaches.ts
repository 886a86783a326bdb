import type { LoggerService } from '@backstage/backend-plugin-api';
import type { CacheStatistics } from './ClusterCache';
import { ClusterSnapshot, KindViews } from './ClusterSnapshot';
import { KindCache } from './KindCache';
import { kindTable, type KindRow } from './kindTable';
import type { MeshKind } from './kinds';
import type { ObjectLimits } from './ObjectLimits';
import type { KindState, MeshSnapshot } from './MeshSnapshot';
import type { StandingLimits } from './Standing';

/** What a cluster's snapshots tell beside its objects. */
export interface ClusterIdentity {
  name: string;
  rootNamespace: string;
  clusterDomain: string;
}

/** The caches of every kind of one cluster. Makes snapshots of them, and logs what becomes of them. */
export class KindCaches {
  readonly #cluster: ClusterIdentity;
  readonly #logger: LoggerService;
  readonly #caches: ReadonlyMap<MeshKind, KindCache>;
  readonly #away = new Set<MeshKind>();
  #settledAt: Date | undefined;

  /** Done once the first attempt at every kind has come to anything. */
  readonly settled: Promise<void>;

  constructor(
    cluster: ClusterIdentity,
    logger: LoggerService,
    onObjects: (kind: MeshKind, namespace?: string) => void = () => {},
    giveUp?: StandingLimits,
    limits?: ObjectLimits,
  ) {
    this.#cluster = cluster;
    this.#logger = logger;
    const createdAt = Date.now();
    this.#caches = new Map(
      kindTable.map(row => [
        row.kind,
        new KindCache({
          row,
          cluster: cluster.name,
          onChange: state => this.#log(row.kind, state),
          onObjects: namespace => onObjects(row.kind, namespace),
          giveUp,
          limits,
        }),
      ]),
    );
    this.settled = Promise.all(this.all().map(cache => cache.settled)).then(
      () => {
        this.#settledAt = new Date();
        const objects = this.all().reduce((sum, { count }) => sum + count, 0);
        logger.info(
          `The watch cache of '${cluster.name}' holds ${objects} objects in ${this.#settledAt.getTime() - createdAt} ms.`,
        );
      },
    );
  }

  /** When {@link KindCaches.settled} was done. */
  get settledAt(): Date | undefined {
    return this.#settledAt;
  }

  /** Of how many kinds it is known how they stand, whatever that is. */
  get known(): number {
    return this.all().filter(({ status }) => status !== 'syncing').length;
  }

  all(): KindCache[] {
    return [...this.#caches.values()];
  }

  /** Where a kind's objects are listed, from where all of the cluster's are. */
  pathOf({ inRootNamespace, resource }: KindRow, path: string): string {
    return inRootNamespace
      ? path.replace(
          new RegExp(`/${resource}$`),
          `/namespaces/${this.#cluster.rootNamespace}/${resource}`,
        )
      : path;
  }

  statistics(startedAt: Date | undefined): CacheStatistics {
    return {
      startedAt,
      syncedAt: this.#settledAt,
      objects: Object.fromEntries(
        this.all().map(({ row, count }) => [row.kind, count]),
      ),
    };
  }

  snapshot(): MeshSnapshot {
    // Each cache holds the kind that it is filed under.
    const kinds = Object.fromEntries(
      Array.from(this.#caches, ([kind, cache]) => [kind, cache.view()]),
    ) as unknown as KindViews;
    const { name, rootNamespace, clusterDomain } = this.#cluster;
    return new ClusterSnapshot({
      cluster: name,
      takenAt: new Date(),
      rootNamespace,
      clusterDomain,
      kinds,
    });
  }

  /** When a cluster goes away it takes all its kinds along: that is one line, and so is its return. */
  #log(kind: MeshKind, { status, message }: KindState): void {
    if (status === 'stale' || status === 'unreachable') {
      if (this.#away.size === 0) {
        this.#logger.warn(message ?? `${this.#cluster.name} is away`);
      }
      this.#away.add(kind);
      return;
    }
    const wasAway = this.#away.delete(kind);
    if (wasAway && this.#away.size === 0) {
      this.#logger.info(`The cluster '${this.#cluster.name}' answers again.`);
    }
    if (status === 'forbidden') {
      this.#logger.warn(message ?? `${kind} may not be listed`);
    }
  }
}
