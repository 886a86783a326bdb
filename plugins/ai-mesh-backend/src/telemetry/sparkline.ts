import {
  unknown,
  wording,
  type Measured,
  type Overview,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { RangeSeries } from '../prometheus/PrometheusClient';
import {
  matches,
  or,
  rate,
  selector,
  sumBy,
  tag,
  type Expr,
  type Matcher,
} from '../prometheus/promql';
import { chooseReporters, lacksReporter, NO_REPORTER } from './chooseReporters';
import { istioLabels, istioMetrics } from './istioLabels';
import { overScope, type TrafficScope } from './TrafficScope';
import type { RateRow } from './RateRow';

const HOUR_SECONDS = 3600;
export const SPARKLINE_STEP_SECONDS = 60;
/** Three points long: scrapes as slow as one a minute leave no gaps. */
const RATE_SECONDS = 180;

/** The moments of a line: every so many seconds, both ends among them. */
export interface SparklineRange {
  start: Date;
  end: Date;
  stepSeconds: number;
}

/** Tells all requests from the failed ones in one answer. */
const COUNTED = 'counted';

/** The labels of an edge, as far as a reporter has to be chosen for it. */
const LABELS = [
  istioLabels.reporter,
  istioLabels.sourceWorkload,
  istioLabels.sourceNamespace,
  istioLabels.sourceCluster,
  istioLabels.destinationCluster,
  istioLabels.destinationWorkload,
  istioLabels.destinationWorkloadNamespace,
  istioLabels.destinationService,
  istioLabels.destinationServiceNamespace,
  istioLabels.destinationHost,
];

/** The hour before a moment, up to the last whole step: Prometheus is asked for points at whole steps. */
export function sparklineRange(
  now: Date,
  stepSeconds = SPARKLINE_STEP_SECONDS,
): SparklineRange {
  const stepMs = stepSeconds * 1000;
  const end = Math.floor(now.getTime() / stepMs) * stepMs;
  return {
    start: new Date(end - (HOUR_SECONDS - stepSeconds) * 1000),
    end: new Date(end),
    stepSeconds,
  };
}

/** Rates of all requests in the scope and of the failed ones, by edge. Undefined where the scope is empty. */
export function sparklineQuery(scope: TrafficScope): Expr | undefined {
  return overScope(scope, matchers => lines(matchers, RATE_SECONDS));
}

/** The same of the whole mesh, and what never arrived apart; each point is the mean over the step that it ends. */
export function meshSparklineQuery(stepSeconds: number): Expr {
  return lines([], stepSeconds, [...LABELS, istioLabels.responseFlags]);
}

function lines(
  matchers: readonly Matcher[],
  rateSeconds: number,
  labels: readonly string[] = LABELS,
): Expr {
  return allAndFailed((...more) =>
    sumBy(
      labels,
      rate(selector(istioMetrics.requests, ...matchers, ...more), rateSeconds),
    ),
  );
}

/** One answer about all requests, and about those of them that failed. */
export function allAndFailed(count: (...matchers: Matcher[]) => Expr): Expr {
  const counted = (name: string, ...matchers: Matcher[]) =>
    tag(count(...matchers), COUNTED, name);
  return or(
    counted('all'),
    counted('failed', matches(istioLabels.responseCode, '0|5..')),
    // A gRPC failure arrives as HTTP 200; the statuses are the server's faults.
    counted(
      'grpc-failed',
      matches(istioLabels.responseCode, '[1-4]..'),
      matches(istioLabels.grpcStatus, '2|4|8|1[2-5]'),
    ),
  );
}

type Point = { all?: number; failed: number };

/**
 * Points of a line, one each step, over the series of all clusters. A step without any series is a gap.
 *
 * @param clusters - each cluster's series, or why there are none; one that failed is left out while another answered
 */
export function readSparkline(
  clusters: readonly { series: Measured<readonly RangeSeries[]> }[],
  range: SparklineRange,
): Overview['traffic']['sparkline'] {
  const failed = clusters.find(({ series }) => series.status === 'unknown');
  const answered = clusters.filter(({ series }) => series.status === 'known');
  const found = answered.flatMap(({ series }) =>
    series.status === 'known' ? series.value : [],
  );
  if (answered.length === 0 && failed?.series.status === 'unknown') {
    return failed.series;
  }
  if (lacksReporter(found.map(rowOf))) {
    return unknown('no-such-label', NO_REPORTER);
  }
  const points = pointsOf(found);
  if (points.size === 0) {
    return found.length > 0
      ? unknown('source-unreachable', [wording('traffic.noNumber')])
      : unknown('not-exported', [wording('figure.noSeriesOfHour')]);
  }
  const start = range.start.getTime() / 1000;
  const length = (range.end.getTime() / 1000 - start) / range.stepSeconds + 1;
  return {
    status: 'known',
    value: Array.from({ length }, (_, index) => {
      const seconds = start + index * range.stepSeconds;
      const { all, failed: errors = 0 } = points.get(seconds) ?? {};
      return {
        at: new Date(seconds * 1000).toISOString(),
        requestsPerSecond: all ?? null,
        errorRatio: all ? Math.min(1, errors / all) : null,
      };
    }),
  };
}

/** A series with what it came to in all. */
function rowOf(one: RangeSeries): RangeSeries & RateRow {
  return {
    ...one,
    rate: one.values.reduce(
      (sum, [, value]) => (Number.isFinite(value) ? sum + value : sum),
      0,
    ),
  };
}

function pointsOf(series: readonly RangeSeries[]): Map<number, Point> {
  const points = new Map<number, Point>();
  const rows = series.map(rowOf);
  // One reporter for the whole hour: a line that changes its source in the middle would jump.
  const reporters = chooseReporters(
    rows.filter(({ labels }) => labels[COUNTED] === 'all'),
  );
  const picked = new Set<RateRow>(reporters.pick(rows));
  for (const row of rows.filter(one => picked.has(one))) {
    for (const [seconds, value] of row.values) {
      if (Number.isFinite(value) && value >= 0) {
        const point = points.get(seconds) ?? { failed: 0 };
        points.set(
          seconds,
          row.labels[COUNTED] === 'all'
            ? { ...point, all: (point.all ?? 0) + value }
            : { ...point, failed: point.failed + value },
        );
      }
    }
  }
  return points;
}
