import {
  known,
  unknown,
  wording,
  type Measured,
  type QueryTrace,
  type ServiceRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import { assertError } from '@backstage/errors';
import { LRUCache } from 'lru-cache';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import type { RangeSeries } from '../prometheus/PrometheusClient';
import { onBehalfOf, PORTAL } from '../target/asker';
import type { MeshCluster } from '../target/MeshClusters';
import { steadyClock } from '../target/steadyClock';
import { ofWholeMesh } from './answerLimits';
import { ClusterTelemetry } from './ClusterTelemetry';
import { istioLabels } from './istioLabels';
import type { MeshTable } from './MeshTable';
import type { TabledCluster } from './MeshTableReader';
import { partsWith } from './partsWith';
import { NOT_KEPT, ReceivedReader } from './ReceivedReader';
import { receivedHourQuery } from './receivedQueries';
import {
  meshSparklineQuery,
  sparklineRange,
  type SparklineRange,
} from './sparkline';

/** Twelve points: as many as a line in a row of a table can show. */
export const MESH_HOUR_STEP_SECONDS = 300;
/** A question that failed is not asked again before. */
const RETRY_MS = 60_000;
/** An hour that ended longer ago is not shown while there may be a newer one: longer than a large mesh rests and is read. */
const STALE_MS = 20 * 60_000;
/** So long is an hour waited for of which nothing is known yet. */
const PATIENCE_MS = 500;

/** After so many times as long as asking took the next hour is asked for at the earliest. */
const REFRESH_FACTOR = 20;
/** Later than this it is asked for all the same. */
const MOST_MS = 10 * 60_000;

/** All traffic that one cluster's Prometheus knows of, over an hour. */
export interface MeshHour {
  readonly range: SparklineRange;
  /** Rates by edge, all and failed ones apart; see `readSparkline`. */
  readonly series: Measured<readonly RangeSeries[]>;
  /** Of what `series` is by called service instead, since there are too many edges. */
  readonly received?: {
    /** Why nothing is known of a namespace's Services; undefined where something is. */
    whyUnknown(namespace: string): Measured<never> | undefined;
  };
  readonly queries: readonly QueryTrace[];
}

/** What to ask for: a cluster, and which of its namespaces where the table of who calls whom is left out. */
export interface HourPlace {
  cluster: MeshCluster;
  snapshot: MeshSnapshot;
  table: Pick<MeshTable, 'requests' | 'leftOut'>;
}

interface Kept {
  byService: boolean;
  hour?: MeshHour;
  readAt: number;
  tookMs: number;
  reading?: Promise<MeshHour>;
}

/**
 * The last hour of each cluster's mesh, shared by everybody who looks: one question over time a cluster each step,
 * whatever the mesh and however many readers; of a mesh that is too large for that, one for some namespaces together. It is
 * asked behind the back of whoever looks, who is shown the hour before it meanwhile.
 */
export class MeshHours {
  readonly #mostSeries: number;
  readonly #now: () => number;
  /** For as long as it is shown after the last look. */
  readonly #kept = new LRUCache<string, Kept>({
    ttl: STALE_MS,
    ttlAutopurge: true,
    perf: steadyClock,
  });

  /** @param options - `mostSeries`: of one answer about some namespaces, and of the whole mesh together */
  constructor(options: { mostSeries: number; now?: () => number }) {
    this.#mostSeries = options.mostSeries;
    this.#now = options.now ?? Date.now;
  }

  /**
   * Never rejects for a source that fails, and never waits long for one.
   *
   * @param place - whose table knows why a mesh is not asked about
   * @param configured - every cluster
   * @param wanted - the Services that entities have
   */
  async of(
    place: HourPlace,
    configured: readonly MeshCluster[],
    wanted: () => Promise<readonly ServiceRef[]>,
  ): Promise<MeshHour> {
    const {
      cluster,
      table: { requests, leftOut },
    } = place;
    const range = sparklineRange(new Date(this.#now()), MESH_HOUR_STEP_SECONDS);
    const byService = leftOut === 'calls';
    if (requests.status === 'unknown' && !byService) {
      return { range, series: requests, queries: [] };
    }
    const present = this.#kept.get(cluster.name);
    const kept: Kept =
      present?.byService === byService
        ? present
        : { byService, readAt: 0, tookMs: 0 };
    this.#kept.set(cluster.name, kept);
    if (kept.hour && !this.#isDue(kept, kept.hour, range)) {
      return kept.hour;
    }
    const reading = this.#refresh(kept, () =>
      byService
        ? this.#readReceived(place, configured, wanted, range)
        : this.#read(cluster, range),
    );
    if (kept.hour && this.#isShown(kept.hour)) {
      return kept.hour;
    }
    return Promise.race([reading, this.#tooLate(cluster, range)]);
  }

  #isDue(
    { readAt, tookMs }: Kept,
    { series, range: last }: MeshHour,
    range: SparklineRange,
  ): boolean {
    const age = this.#now() - readAt;
    if (series.status === 'unknown') {
      return age > RETRY_MS;
    }
    // A clock that was set back makes nothing younger.
    const isRested =
      age < 0 || age >= Math.min(MOST_MS, REFRESH_FACTOR * tookMs);
    return last.end.getTime() !== range.end.getTime() && isRested;
  }

  #isShown({ range, series }: MeshHour): boolean {
    const age = this.#now() - range.end.getTime();
    // A clock that was set back makes an hour of the future no younger.
    return series.status === 'known' && age >= 0 && age <= STALE_MS;
  }

  #refresh(kept: Kept, read: () => Promise<MeshHour>): Promise<MeshHour> {
    const startedAt = this.#now();
    kept.reading ??= onBehalfOf(PORTAL, read)
      .then(hour => {
        kept.hour = hour;
        kept.readAt = this.#now();
        kept.tookMs = kept.readAt - startedAt;
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
    const telemetry = new ClusterTelemetry(
      cluster,
      ofWholeMesh(this.#mostSeries),
    );
    const series = await telemetry.series(
      'sparkline',
      meshSparklineQuery(MESH_HOUR_STEP_SECONDS),
      range,
      NOT_KEPT,
    );
    return { range, series, queries: telemetry.queries };
  }

  async #readReceived(
    { cluster, snapshot }: HourPlace,
    configured: readonly MeshCluster[],
    wanted: () => Promise<readonly ServiceRef[]>,
    range: SparklineRange,
  ): Promise<MeshHour> {
    const reader = new ReceivedReader({
      cluster,
      configured,
      snapshot,
      mostSeries: this.#mostSeries,
      questions: {
        ask: async (telemetry, reports) => ({
          series: await telemetry.series(
            'sparkline',
            receivedHourQuery(reports, MESH_HOUR_STEP_SECONDS),
            range,
            NOT_KEPT,
          ),
        }),
        unasked: (why): { series: Measured<RangeSeries[]> } => ({
          series: why,
        }),
      },
    });
    try {
      await reader.read(
        partsWith(snapshot, await wanted()),
        async () => undefined,
      );
    } catch (error) {
      assertError(error);
      // Which namespaces are wanted is not known.
      const series = unknown('source-unreachable', error.message);
      return { range, series, queries: reader.queries };
    }
    const whys = new Map(
      reader.answers.flatMap(answer =>
        answer.namespaces.map(one => [
          one,
          answer.series.status === 'unknown' ? answer.series : undefined,
        ]),
      ),
    );
    const notAsked = notYet(cluster);
    return {
      range,
      series: together(reader.answers.map(({ series }) => series)),
      received: {
        whyUnknown: namespace =>
          whys.has(namespace) ? whys.get(namespace) : notAsked,
      },
      queries: reader.queries,
    };
  }

  #tooLate(cluster: MeshCluster, range: SparklineRange): Promise<MeshHour> {
    return new Promise(resolve =>
      setTimeout(
        () => resolve({ range, series: notYet(cluster), queries: [] }),
        PATIENCE_MS,
      ).unref(),
    );
  }
}

function notYet({ name }: MeshCluster) {
  return unknown('source-unreachable', [
    wording('metrics.hourNotAnswered', { cluster: name }),
  ]);
}

/** What is known of the answers; unknown where nothing is. */
function together(
  answers: readonly Measured<RangeSeries[]>[],
): Measured<RangeSeries[]> {
  const found = answers.flatMap(answer =>
    answer.status === 'known' ? [answer.value] : [],
  );
  return found.length > 0 || answers.length === 0
    ? known(found.flat().map(reportedBySource))
    : answers[0];
}

/** Whose reports count is decided by then; whoever reads series wants to see that somebody reported. */
function reportedBySource({ labels, values }: RangeSeries): RangeSeries {
  return { labels: { ...labels, [istioLabels.reporter]: 'source' }, values };
}
