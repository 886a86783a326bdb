import {
  allSaid,
  type Measured,
  type QueryTrace,
  type Source,
  type Sentences,
  type ServiceRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotSource } from '../kubernetes/snapshotSource';
import { MadeMeanwhile } from '../target/MadeMeanwhile';
import type { MeshCluster, MeshClusters } from '../target/MeshClusters';
import type { MeshHours, MeshReceived, MeshTables } from '../telemetry';
import type { RateRow } from '../telemetry/RateRow';
import { ServiceHours } from './ServiceHours';
import { WholeMesh, type TabledMesh } from './WholeMesh';

/**
 * So long a look is shown at once after its tables, and twice as long to whoever waits for the next one in vain, while that
 * one is made of newer ones.
 */
const MEANWHILE_MS = 15_000;
/** A table that nothing is known of may be the same for minutes; what the cluster's objects tell is not. */
const ANEW_MS = 15_000;

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

/**
 * Looks at the whole mesh: as many questions as there are clusters, shared by everybody who looks; of a mesh that is too
 * large for that some more for its namespaces.
 */
export class MeshWide {
  readonly #clusters: MeshClusters;
  readonly #tables: Pick<MeshTables, 'of'>;
  readonly #hours: Pick<MeshHours, 'of'>;
  readonly #received: Pick<MeshReceived, 'of'>;
  readonly #now: () => number;
  readonly #looks = new MadeMeanwhile<MeshLook>(MEANWHILE_MS);
  readonly #lastHours = new MadeMeanwhile<{
    hours: ServiceHours;
    queries: QueryTrace[];
  }>(MEANWHILE_MS);

  constructor(options: {
    clusters: MeshClusters;
    tables: Pick<MeshTables, 'of'>;
    hours: Pick<MeshHours, 'of'>;
    received: Pick<MeshReceived, 'of'>;
    now?: () => number;
  }) {
    this.#now = options.now ?? (() => performance.now());
    this.#clusters = options.clusters;
    this.#hours = options.hours;
    this.#received = options.received;
    this.#tables = options.tables;
  }

  /**
   * Never rejects for a source that fails: its row in `sources` says so.
   *
   * @param wanted - the Services that entities have: of a mesh that is too large nobody asks about others
   */
  async look(wanted: () => Promise<readonly ServiceRef[]>): Promise<MeshLook> {
    const configured = this.#clusters.list();
    const clusters = await Promise.all(
      configured.map(async cluster => {
        const [snapshot, table] = await Promise.all([
          cluster.snapshots.snapshot(),
          this.#tables.of(cluster),
        ]);
        const place = { cluster, snapshot, table };
        const received = await this.#received.of(place, configured, wanted);
        return { ...place, ...(received && { received }) };
      }),
    );
    const turn = Math.floor(this.#now() / ANEW_MS);
    return this.#looks.of(
      clusters.flatMap(({ table, received }) => [
        table,
        received,
        table.requests.status === 'unknown' && turn,
      ]),
      async shown => {
        const look = await this.#lookAt(clusters, configured, wanted);
        if (shown) {
          await look.mesh.expectAsOf(shown.mesh);
        }
        return look;
      },
    );
  }

  async #lookAt(
    clusters: readonly TabledMesh[],
    configured: readonly MeshCluster[],
    wanted: () => Promise<readonly ServiceRef[]>,
  ): Promise<MeshLook> {
    const mesh = await WholeMesh.of(clusters);
    return {
      mesh,
      controlPlanes: clusters.map(({ cluster, table }) => ({
        cluster: cluster.name,
        rows: table.controlPlane,
      })),
      sources: clusters.flatMap(({ cluster, snapshot, table, received }) => [
        snapshotSource(snapshot),
        remarked(
          withReceived(table.source, received?.source),
          mesh.remarks.get(cluster.name),
        ),
      ]),
      queries: clusters.flatMap(({ table, received }) => [
        ...table.queries,
        ...(received?.queries ?? []),
      ]),
      past: () => this.#past(clusters, configured, wanted),
    };
  }

  async #past(
    clusters: readonly TabledMesh[],
    configured: readonly MeshCluster[],
    wanted: () => Promise<readonly ServiceRef[]>,
  ) {
    const pasts = await Promise.all(
      clusters.map(async ({ cluster, snapshot, table }) => ({
        cluster,
        snapshot,
        hour: await this.#hours.of(
          { cluster, snapshot, table },
          configured,
          wanted,
        ),
      })),
    );
    const answers = pasts.map(({ hour }) => hour);
    return this.#lastHours.of(answers, async () => ({
      hours: await ServiceHours.of(pasts),
      queries: answers.flatMap(({ queries }) => [...queries]),
    }));
  }
}

/** Prometheus as it did for both; the answer is as old as what Services receive, which is asked less often. */
function withReceived(table: Source, received: Source | undefined): Source {
  if (!received) {
    return table;
  }
  const [observedAt] = [table, received]
    .flatMap(one => one.observedAt ?? [])
    .sort();
  return {
    ...table,
    status: table.status === received.status ? table.status : 'partial',
    ...(observedAt !== undefined && { observedAt }),
    ...allSaid(table, received),
  };
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
