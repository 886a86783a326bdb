import type { SnapshotSource } from '../../kubernetes/MeshSnapshot';
import type { ObjectEditor } from '../../kubernetes/ObjectEditor';
import type { PrometheusClient } from '../../prometheus/PrometheusClient';

/** What a canary needs of its cluster. */
export interface CanaryCluster {
  readonly name: string;
  /** What Istio's metrics call it, where that is configured to be another name. */
  readonly istioCluster?: string;
  readonly snapshots: SnapshotSource;
  readonly prometheus?: PrometheusClient;
  readonly editor?: ObjectEditor;
  /** Time between two scrapes of the mesh's metrics. */
  readonly scrapeIntervalSeconds?: number;
}

export interface CanaryClusters {
  get(name: string): CanaryCluster | undefined;
  list(): readonly CanaryCluster[];
}

/** Prometheus' usual interval, where the configuration does not say. */
const USUAL_SCRAPE_SECONDS = 15;

/** A window shorter than this says nothing. */
export function shortestWindowSeconds({
  scrapeIntervalSeconds = USUAL_SCRAPE_SECONDS,
}: Pick<CanaryCluster, 'scrapeIntervalSeconds'>): number {
  return 4 * scrapeIntervalSeconds;
}
