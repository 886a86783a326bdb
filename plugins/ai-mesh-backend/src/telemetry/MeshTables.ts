import { allSaid } from '@ai-mesh/plugin-ai-mesh-common';
import type { Expr } from '../prometheus/promql';
import { onBehalfOf, PORTAL } from '../target/asker';
import type { MeshTable } from './MeshTable';
import {
  MeshTableReader,
  unansweredTable,
  type TabledCluster,
} from './MeshTableReader';
import { IndexedTable } from './TabledTraffic';
import { hasTurned, turnsIn, type Turns } from './Turns';

/** A table is read again after so many times as long as reading it took, within these bounds: a twentieth of Prometheus' time at most. */
const REFRESH_FACTOR = 20;
const REFRESH_MS = { least: 5_000, most: 15_000 };
/** Older than this a table is not shown while there may be a newer one. */
const STALE_MS = 30_000;
/** So old may a table be that stands in for one that Prometheus did not answer in time, and says so. */
const STANDS_IN_MS = 60_000;
/** After a server that did not answer in time it is asked again so much later, and each time twice as much. */
const LATE_MS = { first: 15_000, most: 5 * 60_000 };
/** So long after the last look a table is kept warm. */
const WANTED_MS = 60_000;

/** What is kept of a cluster's table. */
export interface TableNumbers {
  cluster: string;
  /** Of all its questions that were answered. */
  rows: number;
  ageSeconds: number;
}

interface Kept {
  table?: MeshTable;
  /** The last one with calls, which stands in for the table for a while where that is late. */
  standIn?: { table: MeshTable; readAt: number };
  /** What is shown to who does not wait for the first one any longer. */
  unanswered?: MeshTable;
  /** The table to pick from, once somebody has. */
  indexed?: IndexedTable;
  readAt: number;
  wantedAt: number;
  /** How many times in a row Prometheus did not answer in time. */
  late: number;
  /** What was wrong as the table before was read. */
  turns?: Turns;
  reading?: Promise<void>;
  timer?: NodeJS.Timeout;
}

/**
 * One table of traffic a cluster, shared by everybody who looks: seven questions, whatever the mesh and however many
 * readers. It is read again each 5 s, of a mesh that takes long to read or is too large each 15 s, for as long as anybody has
 * looked within the last minute.
 */
export class MeshTables {
  readonly #reader: MeshTableReader;
  readonly #onTurn: () => void;
  readonly #patienceMs: number | undefined;
  readonly #now: () => number;
  readonly #kept = new Map<string, Kept>();

  /**
   * @param options - `mostSeries`: of a mesh with more there is a table without latencies, or none, and it says so; `controlPlane`: what is asked
   * of a control plane; `onTurn`: is told when a service has begun to fail within the last minute or is slow, and when that is no longer so; `patienceMs`: so
   * long somebody waits where there is no table yet, and then has one of which nothing is known; unless set until there is one
   */
  constructor(options: {
    mostSeries: number;
    controlPlane?: Expr;
    onTurn?: () => void;
    patienceMs?: number;
    now?: () => number;
  }) {
    this.#reader = new MeshTableReader(options);
    this.#onTurn = options.onTurn ?? (() => undefined);
    this.#patienceMs = options.patienceMs;
    this.#now = options.now ?? (() => performance.now());
  }

  /**
   * At most half a minute old, or as young as Prometheus answers; where that takes it too long the one before, up to a minute
   * old, which says so. Never rejects for a source that fails.
   */
  async of(cluster: TabledCluster): Promise<MeshTable> {
    const now = this.#now();
    const kept = this.#kept.get(cluster.name) ?? {
      readAt: 0,
      wantedAt: now,
      late: 0,
    };
    this.#kept.set(cluster.name, kept);
    kept.wantedAt = now;
    if (kept.table && this.#isFresh(kept)) {
      return this.#shown(kept)!;
    }
    const read = this.#refresh(cluster, kept).then(() => this.#shown(kept)!);
    return this.#patienceMs === undefined
      ? read
      : Promise.race([read, this.#unanswered(cluster, kept, this.#patienceMs)]);
  }

  async #unanswered(
    { name }: TabledCluster,
    kept: Kept,
    patienceMs: number,
  ): Promise<MeshTable> {
    await new Promise(resolve => setTimeout(resolve, patienceMs).unref());
    kept.unanswered ??= unansweredTable(name, kept.table?.leftOut);
    return kept.unanswered;
  }

  /**
   * The table, where there is one to take figures from at once, and of a mesh that is not too large. Where there is none
   * it is read behind the back of whoever asks, so that the next one finds it; none before it stands in for one that is
   * late, since a few figures may be had sooner. None for a cluster whose answers are not to be kept.
   */
  warm(cluster: TabledCluster): IndexedTable | undefined {
    if (!cluster.prometheus || cluster.prometheus.asksAnew) {
      return undefined;
    }
    const kept = this.#kept.get(cluster.name);
    if (!kept?.table || !this.#isFresh(kept)) {
      // What is wrong with it is told by the question that is asked in its place.
      this.of(cluster).catch(() => undefined);
      return undefined;
    }
    kept.wantedAt = this.#now();
    if (kept.table.requests.status === 'unknown') {
      return undefined;
    }
    kept.indexed ??= new IndexedTable(kept.table);
    return kept.indexed;
  }

  /** Of every cluster whose table is kept: of one that nobody looked at within the last minute there is none. */
  get numbers(): TableNumbers[] {
    return Array.from(this.#kept, ([cluster, { table, readAt }]) =>
      table
        ? {
            cluster,
            rows: rowsOf(table),
            ageSeconds: Math.max(0, this.#now() - readAt) / 1000,
          }
        : [],
    ).flat();
  }

  /** Reads nothing any more by itself. */
  stop(): void {
    for (const { timer } of this.#kept.values()) {
      clearTimeout(timer);
    }
    this.#kept.clear();
  }

  #shown({ table, standIn }: Kept): MeshTable | undefined {
    return standIn && this.#now() - standIn.readAt <= STANDS_IN_MS
      ? standIn.table
      : table;
  }

  /** That there is none may be known for longer than what one says is so. */
  #isFresh({ readAt, late }: Kept): boolean {
    return this.#now() - readAt <= Math.max(STALE_MS, lateMs(late));
  }

  #refresh(cluster: TabledCluster, kept: Kept): Promise<unknown> {
    clearTimeout(kept.timer);
    const startedAt = this.#now();
    // It is for everybody, whoever happens to be the one that it is too old for.
    kept.reading ??= onBehalfOf(PORTAL, () => this.#reader.read(cluster))
      .then(async ({ table, isLate }) => {
        kept.late = isLate ? kept.late + 1 : 0;
        const before = kept.table;
        kept.standIn = isLate ? standInFor(table, kept) : undefined;
        kept.table = table;
        kept.unanswered = undefined;
        kept.indexed = undefined;
        kept.readAt = this.#now();
        const tookMs = kept.readAt - startedAt;
        if (before) {
          await this.#tellTurn(kept, before, table);
        }
        this.#schedule(cluster, kept, tookMs);
      })
      .finally(() => {
        kept.reading = undefined;
      });
    return kept.reading;
  }

  /** Whoever waits for the very first table does not wait for this. */
  async #tellTurn(kept: Kept, before: MeshTable, now: MeshTable) {
    const then = kept.turns ?? (await turnsIn(before));
    kept.turns = await turnsIn(now, then);
    if (hasTurned(then, kept.turns)) {
      this.#onTurn();
    }
  }

  #schedule(cluster: TabledCluster, kept: Kept, tookMs: number): void {
    if (this.#kept.get(cluster.name) !== kept) {
      return;
    }
    const { least, most } = REFRESH_MS;
    // That a mesh is too large is known at once, and what is made of it takes as long as that of any other.
    const isLarge = kept.table?.leftOut === 'calls';
    const wait = Math.max(
      isLarge ? most : Math.min(most, Math.max(least, REFRESH_FACTOR * tookMs)),
      lateMs(kept.late),
    );
    kept.timer = setTimeout(() => {
      if (this.#now() - kept.wantedAt > WANTED_MS) {
        this.#kept.delete(cluster.name);
        return;
      }
      // What is wrong then is told to whoever looks next, and finds no table.
      this.#refresh(cluster, kept).catch(() => this.#kept.delete(cluster.name));
    }, wait).unref();
  }
}

/** The last table with calls, which says that the one after it is late. */
function standInFor(
  late: MeshTable,
  { table, readAt, standIn }: Kept,
): Kept['standIn'] {
  if (late.requests.status === 'known') {
    return undefined;
  }
  if (table?.requests.status !== 'known') {
    return standIn;
  }
  const source = {
    ...table.source,
    status: 'partial' as const,
    ...allSaid(late.source, table.source),
  };
  return { table: { ...table, source }, readAt };
}

function lateMs(times: number): number {
  return times > 0
    ? Math.min(LATE_MS.most, LATE_MS.first * 2 ** (times - 1))
    : 0;
}

function rowsOf(table: MeshTable): number {
  const { requests, buckets, usual, tcp, lately, breakers, controlPlane } =
    table;
  return [requests, buckets, usual, tcp, lately, breakers, controlPlane]
    .map(answer => (answer.status === 'known' ? answer.value.length : 0))
    .reduce((sum, rows) => sum + rows, 0);
}
