import type {
  MeshSnapshot,
  SnapshotSource,
} from '../../kubernetes/MeshSnapshot';
import type { ObjectEditor } from '../../kubernetes/ObjectEditor';
import type { PrometheusClient } from '../../prometheus/PrometheusClient';
import { SETTLE_SECONDS, type EvidenceRequest } from '../evidence';

/** What a canary needs of its cluster. */
export interface CanaryCluster {
  readonly name: string;
  /** What Istio's metrics call it, where that is configured to be another name. */
  readonly istioCluster?: string;
  readonly snapshots: SnapshotSource;
  readonly prometheus?: PrometheusClient;
  /** The other clusters, by Istio's names, whose series the Prometheus holds too. */
  readonly sharers?: readonly string[];
  readonly editor?: ObjectEditor;
  /** Time between two scrapes of the mesh's metrics. */
  readonly scrapeIntervalSeconds?: number;
  /** How long a sample may take from its scrape until questions find it. */
  readonly settleSeconds?: number;
}

export interface CanaryClusters {
  get(name: string): CanaryCluster | undefined;
  list(): readonly CanaryCluster[];
}

/** Prometheus' usual interval, where the configuration does not say. */
export const USUAL_SCRAPE_SECONDS = 15;

/** A window shorter than this says nothing: what is still on its way does not count among four scrapes. */
export function shortestWindowSeconds({
  scrapeIntervalSeconds = USUAL_SCRAPE_SECONDS,
  settleSeconds = SETTLE_SECONDS,
}: Pick<CanaryCluster, 'scrapeIntervalSeconds' | 'settleSeconds'>): number {
  return (
    4 * scrapeIntervalSeconds + Math.max(0, settleSeconds - SETTLE_SECONDS)
  );
}

/** Whose evidence is asked for where. */
export function evidenceRequestOf(
  { canary, stable }: Pick<EvidenceRequest, 'canary' | 'stable'>,
  { cluster, snapshot }: { cluster: CanaryCluster; snapshot: MeshSnapshot },
  signal: AbortSignal,
): EvidenceRequest {
  const { name, istioCluster, sharers, prometheus, settleSeconds } = cluster;
  return {
    cluster: name,
    istioCluster,
    sharers,
    snapshot,
    prometheus,
    settleSeconds,
    canary,
    stable,
    signal,
  };
}
