import type { Remark } from './Remark';
import { known, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import { MOST_SERIES } from './answerLimits';
import type { ClusterTelemetry } from './ClusterTelemetry';
import type { MeshTable } from './MeshTable';
import type { TrafficScope } from './TrafficScope';
import { rowsByHost, RowsByEnds } from './RowsByEnds';
import type { RateRow } from './RateRow';
import type { TrafficSource } from './TrafficSource';

let readings = 0;

/** Finds the rows of one table by whom they are between, whoever looks. */
export class IndexedTable {
  /** Another number for each time that a table was read, whatever it holds. */
  readonly reading = ++readings;
  readonly #ends = new Map<readonly RateRow[], Promise<RowsByEnds>>();
  readonly #hosts = new Map<
    readonly RateRow[],
    ReadonlyMap<string, RateRow[]>
  >();

  constructor(readonly table: MeshTable) {}

  async between(
    rows: readonly RateRow[],
    scope: TrafficScope,
  ): Promise<RateRow[]> {
    const index = this.#ends.get(rows) ?? RowsByEnds.of(rows);
    this.#ends.set(rows, index);
    return (await index).pick(scope);
  }

  towards(rows: readonly RateRow[], hosts: readonly string[]): RateRow[] {
    const index = this.#hosts.get(rows) ?? rowsByHost(rows);
    this.#hosts.set(rows, index);
    return hosts.flatMap(host => index.get(host) ?? []);
  }
}

/**
 * Traffic out of a table of the whole mesh: nothing is asked. Of more rows than a view of one entity reads, the question
 * is asked after all, and says so of its answer.
 */
export class TabledTraffic implements TrafficSource {
  /** @param telemetry - of the view, whose answer is as old as the table */
  constructor(
    private readonly tabled: IndexedTable,
    private readonly asked: TrafficSource,
    private readonly telemetry: Pick<ClusterTelemetry, 'include' | 'remark'>,
  ) {
    const { source, queries } = tabled.table;
    telemetry.include(
      source,
      queries.filter(({ id }) => id !== 'mesh-size' && id !== 'proxies'),
    );
  }

  remark(said: Remark) {
    this.telemetry.remark(said);
  }

  requests(scope: TrafficScope) {
    return this.#between('requests', scope);
  }

  latency(scope: TrafficScope) {
    return this.#between('buckets', scope);
  }

  usualLatency(scope: TrafficScope) {
    return this.#between('usual', scope);
  }

  async tcpAndLately(scope: TrafficScope) {
    const asked = once(() => this.asked.tcpAndLately(scope));
    const [tcp, lately] = await Promise.all(
      (['tcp', 'lately'] as const).map(part =>
        this.#read(
          this.tabled.table[part],
          rows => this.tabled.between(rows, scope),
          async () => (await asked())[part],
        ),
      ),
    );
    return { tcp, lately };
  }

  async breakers(hosts: readonly string[]) {
    const { breakers } = this.tabled.table;
    return this.#read(
      breakers,
      rows => this.tabled.towards(rows, hosts),
      () => this.asked.breakers(hosts),
    );
  }

  #between(part: 'requests' | 'buckets' | 'usual', scope: TrafficScope) {
    const ask = {
      requests: () => this.asked.requests(scope),
      buckets: () => this.asked.latency(scope),
      usual: () => this.asked.usualLatency(scope),
    };
    return this.#read(
      this.tabled.table[part],
      rows => this.tabled.between(rows, scope),
      ask[part],
    );
  }

  async #read(
    all: Measured<readonly RateRow[]>,
    pick: (rows: readonly RateRow[]) => RateRow[] | Promise<RateRow[]>,
    ask: () => Promise<Measured<readonly RateRow[]>>,
  ): Promise<Measured<readonly RateRow[]>> {
    if (all.status === 'unknown') {
      return ask();
    }
    const rows = await pick(all.value);
    return rows.length > MOST_SERIES ? ask() : known(rows);
  }
}

function once<T>(run: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  return () => {
    running ??= run();
    return running;
  };
}
