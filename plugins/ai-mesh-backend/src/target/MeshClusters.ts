import type { LinkOut } from '@ai-mesh/plugin-ai-mesh-common';
import type { KialiClient } from '../kiali/KialiClient';
import type { SnapshotSource } from '../kubernetes/MeshSnapshot';
import type { ObjectEditor } from '../kubernetes/ObjectEditor';
import type { TrackerReader } from '../kubernetes/TrackerReader';
import type { PrometheusClient } from '../prometheus/PrometheusClient';
import type { TracingClient } from '../tracing';

/** One configured cluster, with what is configured for it. */
export interface MeshCluster {
  readonly name: string;
  /** What Istio's metrics call it (`global.multiCluster.clusterName`), where that is configured to be another name. */
  readonly istioCluster?: string;
  readonly snapshots: SnapshotSource;
  readonly prometheus?: PrometheusClient;
  /** The other clusters, by Istio's names, whose series the Prometheus holds too, by no label apart from its own. */
  readonly sharers?: readonly string[];
  readonly kiali?: KialiClient;
  readonly tracing?: TracingClient;
  /** Changes single objects, where the configuration allows that. */
  readonly editor?: ObjectEditor;
  /** Reads what Argo CD and Flux say of objects, and the Prometheus operator's rules. */
  readonly trackers?: Pick<TrackerReader, 'read'>;
  /** Time between two scrapes of the mesh's metrics. */
  readonly scrapeIntervalSeconds?: number;
  /** How long a sample may take from its scrape until questions find it. */
  readonly settleSeconds?: number;
  /** The mesh's `enableAutoMtls`; absent: on, as in Istio. */
  readonly autoMtls?: boolean;
  /** Pages elsewhere about a service; `{cluster}`, `{namespace}` and `{service}` are to be filled in. */
  readonly links?: readonly LinkOut[];
}

/** The configured clusters, in the configuration's order. */
export interface MeshClusters {
  list(): readonly MeshCluster[];
  get(name: string): MeshCluster | undefined;
}
