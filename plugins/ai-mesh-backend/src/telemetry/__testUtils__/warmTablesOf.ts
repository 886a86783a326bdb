import type { TabledCluster } from '../MeshTableReader';
import { MeshTables } from '../MeshTables';
import { IndexedTable } from '../TabledTraffic';
import type { WarmTables } from '../trafficFrom';

/** The table of a cluster as it is now, for ever. */
export async function warmTablesOf(
  cluster: TabledCluster,
): Promise<WarmTables> {
  const tables = new MeshTables({ mostSeries: 100_000 });
  const table = new IndexedTable(await tables.of(cluster));
  tables.stop();
  return { warm: () => table };
}
