import type {
  Measured,
  QueryTrace,
  Source,
} from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotSource } from '../kubernetes/snapshotSource';
import type { MeshClusters } from '../target/MeshClusters';
import type { MeshTables, MeshTable } from '../telemetry';
import type { RateRow } from '../telemetry/RateRow';
import { WholeMesh } from './WholeMesh';

/** All clusters at one moment, and what was asked for that. */
export interface MeshLook {
  mesh: WholeMesh;
  /** What each cluster's control plane says of itself. */
  controlPlanes: { cluster: string; rows: Measured<readonly RateRow[]> }[];
  sources: Source[];
  queries: QueryTrace[];
}

/** Looks at the whole mesh: as many questions as there are clusters, shared by everybody who looks. */
export class MeshWide {
  readonly #clusters: MeshClusters;
  readonly #tables: Pick<MeshTables, 'of'>;
  #last?: { tables: readonly MeshTable[]; look: MeshLook };

  constructor(options: {
    clusters: MeshClusters;
    tables: Pick<MeshTables, 'of'>;
  }) {
    this.#clusters = options.clusters;
    this.#tables = options.tables;
  }

  /** Never rejects for a source that fails: its row in `sources` says so. */
  async look(): Promise<MeshLook> {
    const clusters = await Promise.all(
      this.#clusters.list().map(async cluster => {
        const [snapshot, table] = await Promise.all([
          cluster.snapshots.snapshot(),
          this.#tables.of(cluster),
        ]);
        return { cluster, snapshot, table };
      }),
    );
    const tables = clusters.map(({ table }) => table);
    const last = this.#last;
    if (
      last?.tables.length === tables.length &&
      tables.every((table, index) => table === last.tables[index])
    ) {
      return last.look;
    }
    const mesh = await WholeMesh.of(clusters);
    const look = {
      mesh,
      controlPlanes: clusters.map(({ cluster, table }) => ({
        cluster: cluster.name,
        rows: table.controlPlane,
      })),
      sources: clusters.flatMap(({ cluster, snapshot, table }) => [
        snapshotSource(snapshot),
        remarked(table.source, mesh.remarks.get(cluster.name)),
      ]),
      queries: tables.flatMap(({ queries }) => [...queries]),
    };
    this.#last = { tables, look };
    return look;
  }
}

function remarked(source: Source, remark: string | undefined): Source {
  return remark === undefined
    ? source
    : {
        ...source,
        status: source.status === 'ok' ? 'partial' : source.status,
        message: [source.message, remark].filter(Boolean).join(' '),
      };
}
