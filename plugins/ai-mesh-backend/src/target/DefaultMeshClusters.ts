import type { LoggerService } from '@backstage/backend-plugin-api';
import type { AiMeshSettings, ClusterSettings } from '../config/settings';
import { HttpKialiClient } from '../kiali/HttpKialiClient';
import type { CacheStatistics, ClusterCache } from '../kubernetes/ClusterCache';
import { KubeConfigApi } from '../kubernetes/KubeConfigApi';
import { ListingCache } from '../kubernetes/ListingCache';
import { WatchCache } from '../kubernetes/WatchCache';
import { HttpPrometheusClient } from '../prometheus/HttpPrometheusClient';
import type { MeshCluster, MeshClusters } from './MeshClusters';

interface RunningCluster extends MeshCluster {
  readonly snapshots: ClusterCache;
}

/** The clusters that are configured, each with an adapter for every source that it has. */
export class DefaultMeshClusters implements MeshClusters {
  readonly #clusters: ReadonlyMap<string, RunningCluster>;

  constructor(settings: AiMeshSettings, { logger }: { logger: LoggerService }) {
    this.#clusters = new Map(
      settings.clusters.map(cluster => [
        cluster.name,
        runningCluster(cluster, logger),
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

function runningCluster(
  settings: ClusterSettings,
  logger: LoggerService,
): RunningCluster {
  const { name, rootNamespace, clusterDomain, prometheus, kiali } = settings;
  const options = {
    cluster: { name, rootNamespace, clusterDomain },
    api: new KubeConfigApi(settings.kubernetes),
    logger: logger.child({ cluster: name }),
  };
  return {
    name,
    snapshots: settings.watch
      ? new WatchCache(options)
      : new ListingCache(options),
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
      }),
  };
}
