import {
  allSaid,
  type Measured,
  type QueryTrace,
  type Source,
  type Sentences,
} from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotSource } from '../kubernetes/snapshotSource';
import type { MeshClusters } from '../target/MeshClusters';
import type { MeshHour, MeshHours, MeshTable, MeshTables } from '../telemetry';
import type { RateRow } from '../telemetry/RateRow';
import { ServiceHours, type MeshPast } from './ServiceHours';
import { WholeMesh, type TabledMesh } from './WholeMesh';

/** All clusters at one moment, and what was asked for that. */
export interface MeshLook {
  mesh: WholeMesh;
  /** What each cluster's control plane says of itself. */
  controlPlanes: { cluster: string; rows: Measured<readonly RateRow[]> }[];
  sources: Source[];
  queries: QueryTrace[];
  /** The last hour: asked only of those who show it. Never rejects for a source that fails. */
  past(): Promise<{ hours: ServiceHours; queries: QueryTrace[] }>;
}

/** Looks at the whole mesh: as many questions as there are clusters, shared by everybody who looks. */
export class MeshWide {
  readonly #clusters: MeshClusters;
  readonly #tables: Pick<MeshTables, 'of'>;
  readonly #hours: Pick<MeshHours, 'of'>;
  #lastHours?: { answers: readonly MeshHour[]; read: Promise<ServiceHours> };
  #last?: { tables: readonly MeshTable[]; look: Promise<MeshLook> };

  constructor(options: {
    clusters: MeshClusters;
    tables: Pick<MeshTables, 'of'>;
    hours: Pick<MeshHours, 'of'>;
  }) {
    this.#clusters = options.clusters;
    this.#hours = options.hours;
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
    const look = this.#lookAt(clusters);
    this.#last = { tables, look };
    return look;
  }

  async #lookAt(
    clusters: readonly (TabledMesh & Omit<MeshPast, 'hour'>)[],
  ): Promise<MeshLook> {
    const mesh = await WholeMesh.of(clusters);
    return {
      mesh,
      controlPlanes: clusters.map(({ cluster, table }) => ({
        cluster: cluster.name,
        rows: table.controlPlane,
      })),
      sources: clusters.flatMap(({ cluster, snapshot, table }) => [
        snapshotSource(snapshot),
        remarked(table.source, mesh.remarks.get(cluster.name)),
      ]),
      queries: clusters.flatMap(({ table }) => [...table.queries]),
      past: () => this.#past(clusters),
    };
  }

  async #past(
    clusters: readonly (Omit<MeshPast, 'hour'> & { table: MeshTable })[],
  ) {
    const pasts = await Promise.all(
      clusters.map(async ({ cluster, snapshot, table }) => ({
        cluster,
        snapshot,
        hour: await this.#hours.of(cluster, table.requests),
      })),
    );
    const answers = pasts.map(({ hour }) => hour);
    const last = this.#lastHours;
    const present =
      last?.answers.length === answers.length &&
      answers.every((answer, index) => answer === last.answers[index])
        ? last
        : { answers, read: ServiceHours.of(pasts) };
    this.#lastHours = present;
    return {
      hours: await present.read,
      queries: answers.flatMap(({ queries }) => [...queries]),
    };
  }
}

function remarked(source: Source, remark: Sentences | undefined): Source {
  return remark === undefined
    ? source
    : {
        ...source,
        status: source.status === 'ok' ? 'partial' : source.status,
        ...allSaid(source, remark),
      };
}
