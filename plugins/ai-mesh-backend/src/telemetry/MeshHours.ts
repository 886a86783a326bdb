import {
  unknown,
  wording,
  type Measured,
  type QueryTrace,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { RangeSeries } from '../prometheus/PrometheusClient';
import { onBehalfOf, PORTAL } from '../target/asker';
import { ClusterTelemetry } from './ClusterTelemetry';
import type { TabledCluster } from './MeshTableReader';
import {
  meshSparklineQuery,
  sparklineRange,
  type SparklineRange,
} from './sparkline';

/** Twelve points: as many as a line in a row of a table can show. */
export const MESH_HOUR_STEP_SECONDS = 300;
/** A question that failed is not asked again before. */
const RETRY_MS = 60_000;
/** An hour that ended longer ago is not shown while there may be a newer one. */
const STALE_MS = 15 * 60_000;
/** So long is an hour waited for of which nothing is known yet. */
const PATIENCE_MS = 500;

/** All traffic that one cluster's Prometheus knows of, over an hour. */
export interface MeshHour {
  readonly range: SparklineRange;
  /** Rates by edge, all and failed ones apart; see `readSparkline`. */
  readonly series: Measured<readonly RangeSeries[]>;
  readonly queries: readonly QueryTrace[];
}

interface Kept {
  hour?: MeshHour;
  readAt: number;
  reading?: Promise<MeshHour>;
}

/**
 * The last hour of each cluster's mesh, shared by everybody who looks: one question over time a cluster each step,
 * whatever the mesh and however many readers. It is asked behind the back of whoever looks, who is shown the hour before it
 * meanwhile.
 */
export class MeshHours {
  readonly #now: () => number;
  readonly #kept = new Map<string, Kept>();

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /**
   * Never rejects for a source that fails, and never waits long for one.
   *
   * @param requests - of the cluster's table, which knows why a mesh is not asked about
   */
  async of(
    cluster: TabledCluster,
    requests: Measured<unknown>,
  ): Promise<MeshHour> {
    const range = sparklineRange(new Date(this.#now()), MESH_HOUR_STEP_SECONDS);
    if (requests.status === 'unknown') {
      return { range, series: requests, queries: [] };
    }
    const kept = this.#kept.get(cluster.name) ?? { readAt: 0 };
    this.#kept.set(cluster.name, kept);
    if (kept.hour && !this.#isDue(kept, kept.hour, range)) {
      return kept.hour;
    }
    const reading = this.#refresh(cluster, kept, range);
    if (kept.hour && this.#isShown(kept.hour)) {
      return kept.hour;
    }
    return Promise.race([reading, this.#tooLate(cluster, range)]);
  }

  #isDue({ readAt }: Kept, hour: MeshHour, range: SparklineRange): boolean {
    return hour.series.status === 'known'
      ? hour.range.end.getTime() !== range.end.getTime()
      : this.#now() - readAt > RETRY_MS;
  }

  #isShown({ range, series }: MeshHour): boolean {
    const age = this.#now() - range.end.getTime();
    // A clock that was set back makes an hour of the future no younger.
    return series.status === 'known' && age >= 0 && age <= STALE_MS;
  }

  #refresh(
    cluster: TabledCluster,
    kept: Kept,
    range: SparklineRange,
  ): Promise<MeshHour> {
    kept.reading ??= onBehalfOf(PORTAL, () => this.#read(cluster, range))
      .then(hour => {
        kept.hour = hour;
        kept.readAt = this.#now();
        return hour;
      })
      .finally(() => {
        kept.reading = undefined;
      });
    return kept.reading;
  }

  async #read(
    cluster: TabledCluster,
    range: SparklineRange,
  ): Promise<MeshHour> {
    const telemetry = new ClusterTelemetry(cluster, { mostSeries: Infinity });
    const series = await telemetry.series(
      'sparkline',
      meshSparklineQuery(MESH_HOUR_STEP_SECONDS),
      range,
      { keepForMs: 0 },
    );
    return { range, series, queries: telemetry.queries };
  }

  #tooLate({ name }: TabledCluster, range: SparklineRange): Promise<MeshHour> {
    return new Promise(resolve =>
      setTimeout(
        () =>
          resolve({
            range,
            series: unknown('source-unreachable', [
              wording('metrics.hourNotAnswered', { cluster: name }),
            ]),
            queries: [],
          }),
        PATIENCE_MS,
      ).unref(),
    );
  }
}
