import {
  unknown,
  windowSeconds as secondsOf,
  said,
  wording,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { PrometheusClient } from '../prometheus/PrometheusClient';
import type { Expr } from '../prometheus/promql';
import { inTurns } from '../target/inTurns';
import { USUAL_KEPT_MS } from './AskedTraffic';
import { ofWholeMesh } from './answerLimits';
import { ClusterTelemetry } from './ClusterTelemetry';
import { remarkUntoldCallers } from './droppedLabels';
import { MESH_WINDOW, type MeshTable } from './MeshTable';
import { meshQueries, meshSizeQuery, readMeshSize } from './meshQueries';
import type { RateRow } from './RateRow';
import { tcpAndLately } from './tcpAndLately';

/** A mesh grows slowly: how large it is need not be asked each time. */
const SIZE_KEPT_MS = 5 * 60_000;
/** Certificates end in hours, and a rejection is one for a quarter of an hour. */
const CONTROL_PLANE_KEPT_MS = 60_000;

/** A cluster that is asked for its table. */
export interface TabledCluster {
  readonly name: string;
  readonly prometheus?: PrometheusClient;
}

/** Asks a cluster's Prometheus for its table of traffic. */
export class MeshTableReader {
  readonly #mostSeries: number;
  readonly #controlPlane: Expr | undefined;

  constructor(options: { mostSeries: number; controlPlane?: Expr }) {
    this.#mostSeries = options.mostSeries;
    this.#controlPlane = options.controlPlane;
  }

  /** Never rejects for a source that fails; `isLate`: it did not answer in time, or not say how large its mesh is. */
  async read(
    cluster: TabledCluster,
  ): Promise<{ table: MeshTable; isLate: boolean }> {
    const limits = ofWholeMesh(this.#mostSeries);
    const telemetry = new ClusterTelemetry(cluster, limits);
    // What changes slowly is kept longer on purpose, and does not make the traffic older than it is.
    const slow = new ClusterTelemetry(cluster, limits);
    const [leftOut, controlPlane] = await Promise.all([
      this.#leftOut(cluster, slow),
      slow.rates('proxies', this.#controlPlane, {
        keepForMs: CONTROL_PLANE_KEPT_MS,
      }),
    ]);
    if (leftOut.all) {
      const traffic = Array(5).fill(leftOut.all);
      return {
        table: {
          ...tableOf(slow, traffic, controlPlane),
          ...(leftOut.isTooMuch && { leftOut: 'calls' }),
        },
        isLate: slow.isLate,
      };
    }
    const questions = meshQueries(secondsOf[MESH_WINDOW]);
    const kept = { keepForMs: 0 };
    const strings = new Map<string, string>();
    const answers = await Promise.all([
      telemetry.rates('requests', questions.requests, kept),
      leftOut.latencies ?? telemetry.rates('latency', questions.latency, kept),
      leftOut.latencies ??
        slow.rates('usual-latency', questions.usual, {
          keepForMs: USUAL_KEPT_MS,
        }),
      telemetry.rates('tcp', questions.tcpAndLately, kept),
      telemetry.rates('breakers', questions.breakers, kept),
    ]);
    remarkUntoldCallers(telemetry, answers[0]);
    telemetry.remark(slow.source);
    const compacted: Measured<RateRow[]>[] = [];
    for (const answer of answers) {
      compacted.push(await compactAll(answer, strings));
    }
    const { source, queries } = telemetry;
    return {
      table: {
        ...tableOf(
          { source, queries: [...slow.queries, ...queries] },
          compacted,
          controlPlane,
        ),
        ...(leftOut.latencies && { leftOut: 'latencies' }),
      },
      isLate: answers[0].status === 'unknown' && telemetry.isLate,
    };
  }

  /** What is not asked of a mesh since it would be too much: its latencies, or, where they are not what makes it too much, all. */
  async #leftOut(
    { name }: TabledCluster,
    telemetry: ClusterTelemetry,
  ): Promise<{
    all?: Measured<never>;
    latencies?: Measured<never>;
    isTooMuch?: boolean;
  }> {
    const size = await telemetry.rates('mesh-size', meshSizeQuery(), {
      keepForMs: SIZE_KEPT_MS,
    });
    if (size.status === 'unknown') {
      // Whoever cannot count it in time cannot tell it either.
      return { all: size, isTooMuch: telemetry.isLate };
    }
    const most = this.#mostSeries;
    const { all, latencies } = readMeshSize(size.value);
    const why = (message: 'source.largeTable' | 'source.largeLatencies') => {
      const words = wording(message, {
        cluster: name,
        series: message === 'source.largeTable' ? all : latencies,
        most,
      });
      telemetry.remark(said(words));
      return unknown('not-configured', [words]);
    };
    if (all <= most) {
      return {};
    }
    return all - latencies <= most
      ? { latencies: why('source.largeLatencies') }
      : { all: why('source.largeTable'), isTooMuch: true };
  }
}

/** What is known while nothing is answered yet. */
export function unansweredTable(
  cluster: string,
  leftOut: MeshTable['leftOut'],
): MeshTable {
  const words = wording('metrics.notAnswered', { cluster });
  const why = unknown('source-unreachable', [words]);
  const source = {
    name: 'prometheus' as const,
    cluster,
    status: 'partial' as const,
    ...said(words),
  };
  return {
    ...tableOf({ source, queries: [] }, Array(5).fill(why), why),
    ...(leftOut && { leftOut }),
  };
}

function tableOf(
  { source, queries }: Pick<ClusterTelemetry, 'source' | 'queries'>,
  [requests, buckets, usual, besides, breakers]: readonly Measured<
    readonly RateRow[]
  >[],
  controlPlane: MeshTable['controlPlane'],
): MeshTable {
  return {
    requests,
    buckets,
    usual,
    ...tcpAndLately(besides),
    breakers,
    controlPlane,
    source,
    queries,
  };
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
