import {
  unknown,
  windowSeconds as secondsOf,
  type Measured,
  type QueryTrace,
  type Source,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { PrometheusClient } from '../prometheus/PrometheusClient';
import type { Expr } from '../prometheus/promql';
import { onBehalfOf, PORTAL } from '../target/asker';
import { inTurns } from '../target/inTurns';
import { ClusterTelemetry } from './ClusterTelemetry';
import { remarkUntoldCallers } from './droppedLabels';
import { meshQueries, meshSizeQuery } from './neighbourhoodQueries';
import { sumRates, type RateRow } from './RateRow';

/** The window that a table is a mean over: that of the screens unless somebody chooses another. */
export const MESH_WINDOW = '5m';

/** A mesh grows slowly: how large it is need not be asked each time. */
const SIZE_KEPT_MS = 5 * 60_000;
/** What was usual over an hour is so a minute later. */
const USUAL_KEPT_MS = 60_000;
/** Certificates end in hours, and a rejection is one for a quarter of an hour. */
const CONTROL_PLANE_KEPT_MS = 60_000;
const REFRESH_MS = 15_000;
/** Older than this a table is not shown while there may be a newer one. */
const STALE_MS = 30_000;
/** So long after the last look a table is kept warm. */
const WANTED_MS = 60_000;

/** All traffic that one cluster's Prometheus knows of, over {@link MESH_WINDOW}: what a neighbourhood's queries ask, of all. */
export interface MeshTable {
  readonly requests: Measured<readonly RateRow[]>;
  readonly buckets: Measured<readonly RateRow[]>;
  /** Latency buckets of the times to compare with. */
  readonly usual: Measured<readonly RateRow[]>;
  readonly tcp: Measured<readonly RateRow[]>;
  readonly controlPlane: Measured<readonly RateRow[]>;
  readonly source: Source;
  readonly queries: readonly QueryTrace[];
}

/** A cluster that is asked for its table. */
export interface TabledCluster {
  readonly name: string;
  readonly prometheus?: PrometheusClient;
}

interface Kept {
  table?: MeshTable;
  readAt: number;
  wantedAt: number;
  reading?: Promise<MeshTable>;
  timer?: NodeJS.Timeout;
}

/**
 * One table of traffic a cluster, shared by everybody who looks: six questions, whatever the mesh and however many
 * readers. It is read again each 15 s for as long as anybody has looked within the last minute.
 */
export class MeshTables {
  readonly #mostSeries: number;
  readonly #controlPlane: Expr | undefined;
  readonly #now: () => number;
  readonly #kept = new Map<string, Kept>();

  /**
   * @param options - `mostSeries`: of a mesh with more there is no table, and it says so; `controlPlane`: what is asked
   * of a control plane
   */
  constructor(options: {
    mostSeries: number;
    controlPlane?: Expr;
    now?: () => number;
  }) {
    this.#mostSeries = options.mostSeries;
    this.#controlPlane = options.controlPlane;
    this.#now = options.now ?? Date.now;
  }

  /** At most half a minute old, or as young as Prometheus answers. Never rejects for a source that fails. */
  async of(cluster: TabledCluster): Promise<MeshTable> {
    const now = this.#now();
    const kept = this.#kept.get(cluster.name) ?? { readAt: 0, wantedAt: now };
    this.#kept.set(cluster.name, kept);
    kept.wantedAt = now;
    return kept.table && now - kept.readAt <= STALE_MS
      ? kept.table
      : this.#refresh(cluster, kept);
  }

  /** Reads nothing any more by itself. */
  stop(): void {
    for (const { timer } of this.#kept.values()) {
      clearTimeout(timer);
    }
    this.#kept.clear();
  }

  #refresh(cluster: TabledCluster, kept: Kept): Promise<MeshTable> {
    clearTimeout(kept.timer);
    // It is for everybody, whoever happens to be the one that it is too old for.
    kept.reading ??= onBehalfOf(PORTAL, () => this.#read(cluster))
      .then(table => {
        kept.table = table;
        kept.readAt = this.#now();
        this.#schedule(cluster, kept);
        return table;
      })
      .finally(() => {
        kept.reading = undefined;
      });
    return kept.reading;
  }

  #schedule(cluster: TabledCluster, kept: Kept): void {
    if (this.#kept.get(cluster.name) !== kept) {
      return;
    }
    kept.timer = setTimeout(() => {
      if (this.#now() - kept.wantedAt > WANTED_MS) {
        this.#kept.delete(cluster.name);
        return;
      }
      // What is wrong then is told to whoever looks next, and finds no table.
      this.#refresh(cluster, kept).catch(() => this.#kept.delete(cluster.name));
    }, REFRESH_MS).unref();
  }

  async #read(cluster: TabledCluster): Promise<MeshTable> {
    const telemetry = new ClusterTelemetry(cluster, { mostSeries: Infinity });
    const [tooLarge, controlPlane] = await Promise.all([
      this.#tooLarge(cluster, telemetry),
      telemetry.rates('proxies', this.#controlPlane, {
        keepForMs: CONTROL_PLANE_KEPT_MS,
      }),
    ]);
    if (tooLarge) {
      const traffic = [tooLarge, tooLarge, tooLarge, tooLarge];
      return tableOf(telemetry, traffic, controlPlane);
    }
    const { requests, latency, usual, tcp } = meshQueries(
      secondsOf[MESH_WINDOW],
    );
    const kept = { keepForMs: 0 };
    const strings = new Map<string, string>();
    const answers = await Promise.all([
      telemetry.rates('requests', requests, kept),
      telemetry.rates('latency', latency, kept),
      telemetry.rates('usual-latency', usual, { keepForMs: USUAL_KEPT_MS }),
      telemetry.rates('tcp', tcp, kept),
    ]);
    remarkUntoldCallers(telemetry, answers[0]);
    const compacted: Measured<RateRow[]>[] = [];
    for (const answer of answers) {
      compacted.push(await compactAll(answer, strings));
    }
    return tableOf(telemetry, compacted, controlPlane);
  }

  async #tooLarge(
    { name }: TabledCluster,
    telemetry: ClusterTelemetry,
  ): Promise<Measured<never> | undefined> {
    const size = await telemetry.rates('mesh-size', meshSizeQuery(), {
      keepForMs: SIZE_KEPT_MS,
    });
    if (size.status === 'unknown') {
      return size;
    }
    const series = sumRates(size.value);
    if (series <= this.#mostSeries) {
      return undefined;
    }
    const message = `The traffic of the whole mesh of '${name}' is ${series} series, and at most ${this.#mostSeries} are kept (aiMesh.fleet.mostSeries). Each entity's own page has its figures.`;
    telemetry.remark(message);
    return unknown('not-configured', message);
  }
}

function tableOf(
  { source, queries }: ClusterTelemetry,
  [requests, buckets, usual, tcp]: readonly Measured<readonly RateRow[]>[],
  controlPlane: MeshTable['controlPlane'],
): MeshTable {
  return { requests, buckets, usual, tcp, controlPlane, source, queries };
}

/** In turns with other work: there may be 100,000 rows. */
async function compactAll(
  rows: Measured<RateRow[]>,
  strings: Map<string, string>,
): Promise<Measured<RateRow[]>> {
  if (rows.status === 'unknown') {
    return rows;
  }
  const kept: RateRow[] = [];
  for (const row of rows.value) {
    await inTurns();
    kept.push(compact(row, strings));
  }
  return { ...rows, value: kept };
}

/** The same few names stand in every row: one copy of each will do. */
function compact(
  { labels, rate }: RateRow,
  strings: Map<string, string>,
): RateRow {
  const kept: Record<string, string> = {};
  for (const [label, value] of Object.entries(labels)) {
    const present = strings.get(value);
    if (present === undefined) {
      strings.set(value, value);
    }
    kept[label] = present ?? value;
  }
  return { labels: kept, rate };
}
