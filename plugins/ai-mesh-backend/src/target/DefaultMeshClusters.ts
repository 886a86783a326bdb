import type { LoggerService } from '@backstage/backend-plugin-api';
import type { AiMeshSettings, ClusterSettings } from '../config/settings';
import { HttpKialiClient } from '../kiali/HttpKialiClient';
import type { CacheStatistics, ClusterCache } from '../kubernetes/ClusterCache';
import { kindTable } from '../kubernetes/kindTable';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { KubernetesObjectEditor } from '../kubernetes/KubernetesObjectEditor';
import { KubeConfigApi } from '../kubernetes/KubeConfigApi';
import { ToldKubernetesApi } from '../kubernetes/ToldKubernetesApi';
import type { ObjectLimits } from '../kubernetes/ObjectLimits';
import type { MeshKind } from '../kubernetes/kinds';
import { ListingCache } from '../kubernetes/ListingCache';
import { TrackerReader } from '../kubernetes/TrackerReader';
import { WatchCache } from '../kubernetes/WatchCache';
import { HttpPrometheusClient } from '../prometheus/HttpPrometheusClient';
import { createTracingClient } from '../tracing';
import type { MeshCluster, MeshClusters } from './MeshClusters';

interface RunningCluster extends MeshCluster {
  readonly snapshots: ClusterCache;
  readonly prometheus?: HttpPrometheusClient;
  readonly isWatched: boolean;
}

/** What is kept of a cluster. */
export interface ClusterNumbers {
  cluster: string;
  objects: CacheStatistics['objects'];
  /** Of Prometheus' answers; absent without one. */
  answers?: HttpPrometheusClient['kept'];
  /** Since the kind was heard of that was heard of longest ago. */
  ageSeconds?: number;
  /** Kinds that cannot be read. */
  unreadKinds?: number;
}

interface RunningOptions {
  logger: LoggerService;
  /** A watched cluster's objects of the kind came, changed or went; in one namespace, or anywhere where none is named. */
  onObjects?: (
    kind: MeshKind,
    at: { cluster: string; namespace?: string },
  ) => void;
}

/** The clusters that are configured, each with an adapter for every source that it has. */
export class DefaultMeshClusters implements MeshClusters {
  readonly #clusters: ReadonlyMap<string, RunningCluster>;

  constructor(settings: AiMeshSettings, options: RunningOptions) {
    const running = settings.clusters.map(cluster =>
      runningCluster(cluster, settings.limits?.object, options),
    );
    this.#clusters = new Map(
      running.map(cluster => [
        cluster.name,
        { ...cluster, sharers: sharersOf(cluster, running) },
      ]),
    );
  }

  list(): readonly MeshCluster[] {
    return [...this.#clusters.values()];
  }

  get(name: string): MeshCluster | undefined {
    return this.#clusters.get(name);
  }

  /** Begins to watch every cluster; returns at once, whether they can be reached or not. */
  start(): void {
    for (const { snapshots } of this.#clusters.values()) {
      snapshots.start();
    }
  }

  /** Ends what {@link DefaultMeshClusters.start} began. */
  async stop(): Promise<void> {
    await Promise.all(
      Array.from(this.#clusters.values(), ({ snapshots }) => snapshots.stop()),
    );
  }

  /** What is kept of every cluster, and how old it is. */
  numbers(now: Date): Promise<ClusterNumbers[]> {
    return Promise.all(
      Array.from(this.#clusters.values(), async one => {
        const numbers = {
          cluster: one.name,
          objects: one.snapshots.statistics.objects,
          ...(one.prometheus && { answers: one.prometheus.kept }),
        };
        // Without a watch there is nothing that could grow old, and a look would list everything.
        return one.isWatched
          ? { ...numbers, ...ageOf(await one.snapshots.snapshot(), now) }
          : numbers;
      }),
    );
  }

  /** Counts and times of every cluster's cache, by the cluster's name. */
  statistics(): Record<string, CacheStatistics> {
    return Object.fromEntries(
      Array.from(this.#clusters, ([name, { snapshots }]) => [
        name,
        snapshots.statistics,
      ]),
    );
  }
}

function sharersOf(
  { name, prometheus }: RunningCluster,
  all: readonly RunningCluster[],
): string[] {
  return all
    .filter(
      other =>
        prometheus !== undefined &&
        other.name !== name &&
        other.prometheus?.series === prometheus.series,
    )
    .map(other => other.istioCluster ?? other.name);
}

function runningCluster(
  settings: ClusterSettings,
  limits: ObjectLimits | undefined,
  { logger, onObjects }: RunningOptions,
): RunningCluster {
  const { name, rootNamespace, clusterDomain, prometheus, kiali, tracing } =
    settings;
  const api = new ToldKubernetesApi(
    name,
    new KubeConfigApi(settings.kubernetes),
  );
  const options = {
    cluster: { name, rootNamespace, clusterDomain },
    api,
    logger: logger.child({ cluster: name }),
    limits,
  };
  return {
    name,
    istioCluster: settings.istioCluster,
    isWatched: settings.watch,
    snapshots: settings.watch
      ? new WatchCache({
          ...options,
          onObjects: (kind, namespace) =>
            onObjects?.(kind, { cluster: name, namespace }),
        })
      : new ListingCache(options),
    editor: new KubernetesObjectEditor({
      cluster: name,
      api,
      allowWrites: settings.allowWrites,
    }),
    trackers: new TrackerReader(api),
    scrapeIntervalSeconds:
      settings.scrapeIntervalMs && settings.scrapeIntervalMs / 1000,
    settleSeconds:
      settings.settleMs === undefined ? undefined : settings.settleMs / 1000,
    autoMtls: settings.autoMtls,
    links: settings.links,
    prometheus:
      prometheus &&
      new HttpPrometheusClient({ cluster: name, settings: prometheus }),
    kiali:
      kiali &&
      new HttpKialiClient({
        baseUrl: kiali.url,
        token: kiali.token,
        clusterName: name,
        timeoutMs: kiali.timeoutMs,
        tls: kiali.tls,
        queue: kiali.queue,
      }),
    tracing:
      tracing && createTracingClient({ cluster: name, settings: tracing }),
  };
}

function ageOf(
  snapshot: MeshSnapshot,
  now: Date,
): Pick<ClusterNumbers, 'ageSeconds' | 'unreadKinds'> {
  const states = kindTable.map(({ kind }) => snapshot.state(kind));
  const heard = states.flatMap(({ observedAt }) =>
    observedAt ? [observedAt.getTime()] : [],
  );
  return {
    ...(heard.length > 0 && {
      ageSeconds: Math.max(0, now.getTime() - Math.min(...heard)) / 1000,
    }),
    unreadKinds: states.filter(({ status }) =>
      ['syncing', 'forbidden', 'unreachable'].includes(status),
    ).length,
  };
}
