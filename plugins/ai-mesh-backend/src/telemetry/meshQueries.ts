import { NATIVE_BUCKETS } from '../prometheus/classicBuckets';
import {
  countBy,
  matches,
  multiply,
  or,
  selector,
  tag,
  type Expr,
} from '../prometheus/promql';
import {
  BREAKER_STATISTICS,
  breakersOf,
  OVERFLOW_METRIC,
} from './breakerQueries';
import { istioMetrics } from './istioLabels';
import { sumRates, type RateRow } from './RateRow';
import {
  EDGE_LABELS,
  LATENCY_LABELS,
  latencyOf,
  REQUEST_LABELS,
  requestsOf,
  TCP_LABELS,
  TCP_METRICS,
  tcpAndLatelyOf,
  usualLatencyOf,
} from './trafficExpressions';

/** Keeps the counts of one answer apart. */
const COUNTED_METRIC_LABEL = 'counted_metric';

/** What `neighbourhoodQueries.ts` and `breakerQueries.ts` ask of a neighbourhood, of the whole mesh. */
export function meshQueries(windowSeconds: number) {
  return {
    requests: requestsOf([], windowSeconds),
    latency: latencyOf([], windowSeconds),
    usual: usualLatencyOf([], windowSeconds),
    tcpAndLately: tcpAndLatelyOf([], windowSeconds),
    breakers: breakersOf(
      matches('cluster_name', 'outbound\\|.*'),
      windowSeconds,
    ),
  };
}

/** How many series {@link meshQueries} will answer with, in one number. */
export function meshSizeQuery(): Expr {
  const count = (labels: readonly string[], metric: string) =>
    tag(
      countBy([], countBy(labels, selector(metric))),
      COUNTED_METRIC_LABEL,
      metric,
    );
  return or(
    // Those of the window, and of the last minute.
    multiply(count(REQUEST_LABELS, istioMetrics.requests), 2),
    // Those of the window, of the hour before and of the day before.
    multiply(count(LATENCY_LABELS, istioMetrics.durationBuckets), 3),
    multiply(count(EDGE_LABELS, istioMetrics.durations), 3 * NATIVE_BUCKETS),
    ...Object.values(TCP_METRICS).map(metric => count(TCP_LABELS, metric)),
    multiply(count(['cluster_name'], OVERFLOW_METRIC), BREAKER_STATISTICS),
  );
}

/** Of the answer to {@link meshSizeQuery}: all series, and those of them that tell latencies, mostly the most. */
export function readMeshSize(rows: readonly RateRow[]): {
  all: number;
  latencies: number;
} {
  const ofLatencies: string[] = [
    istioMetrics.durationBuckets,
    istioMetrics.durations,
  ];
  return {
    all: sumRates(rows),
    latencies: sumRates(
      rows.filter(({ labels }) =>
        ofLatencies.includes(labels[COUNTED_METRIC_LABEL]),
      ),
    ),
  };
}
