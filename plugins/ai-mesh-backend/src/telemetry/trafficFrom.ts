import { windowSeconds, type Window } from '@ai-mesh/plugin-ai-mesh-common';
import { AskedTraffic } from './AskedTraffic';
import type { ClusterTelemetry } from './ClusterTelemetry';
import { MESH_WINDOW } from './MeshTable';
import type { TabledCluster } from './MeshTableReader';
import { TabledTraffic, type IndexedTable } from './TabledTraffic';
import type { TrafficSource } from './TrafficSource';

/** Tables of clusters, of those that have one at hand. */
export interface WarmTables {
  warm(cluster: TabledCluster): IndexedTable | undefined;
}

/** Where a view has a cluster's traffic from: the table of the whole mesh where it is warm and of the view's window. */
export function trafficFrom(
  cluster: TabledCluster,
  telemetry: ClusterTelemetry,
  window: Window,
  tables: WarmTables | undefined,
): TrafficSource {
  const asked = new AskedTraffic(telemetry, windowSeconds[window]);
  const table = window === MESH_WINDOW ? tables?.warm(cluster) : undefined;
  return table ? new TabledTraffic(table, asked, telemetry) : asked;
}

/**
 * Which readings of the tables {@link trafficFrom} takes traffic from; undefined where it would ask about one of the
 * clusters.
 */
export function tablesRead(
  clusters: readonly TabledCluster[],
  window: Window,
  tables: WarmTables | undefined,
): readonly number[] | undefined {
  const readings = clusters.flatMap(
    cluster => (window === MESH_WINDOW && tables?.warm(cluster)?.reading) || [],
  );
  return readings.length === clusters.length ? readings : undefined;
}
