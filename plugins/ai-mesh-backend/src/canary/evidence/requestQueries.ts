import {
  eq,
  histogramQuantile,
  increaseWithRareBirths,
  lastOverTime,
  matches,
  oneOf,
  or,
  rate,
  selector,
  sumBy,
  type Expr,
  type Matcher,
} from '../../prometheus/promql';
import { istioLabels, istioMetrics } from '../../telemetry/istioLabels';
import { GRPC_FAULTS } from '../../telemetry/readTraffic';
import { reportedOnce, type Reports } from '../../telemetry/reportedOnce';
import { reportsAt, type MeshPlace } from './MeshPlace';

/** A series that was there within this time before the window is not new, however its scrapes went. */
export const MEMORY_SECONDS = 600;

/** The label of requests that reached no version. */
export const REACHED_NONE = eq(istioLabels.destinationWorkload, 'unknown');

/** What the reporter of an edge is chosen by. */
export const EDGE_LABELS = [
  istioLabels.reporter,
  istioLabels.sourceWorkload,
  istioLabels.sourceNamespace,
  istioLabels.sourceCluster,
  istioLabels.destinationCluster,
  istioLabels.destinationService,
  istioLabels.destinationServiceNamespace,
];

/** {@link EDGE_LABELS}, and the answer. */
export const REQUEST_LABELS = [
  ...EDGE_LABELS,
  istioLabels.protocol,
  istioLabels.responseCode,
  istioLabels.grpcStatus,
];

/** Requests in the window by who reported them, the caller and the answer. */
export function requestRows(to: Matcher[], windowSeconds: number): Expr {
  return sumBy(
    REQUEST_LABELS,
    counted(selector(istioMetrics.requests, ...to), windowSeconds),
  );
}

export function p99Ms(
  to: Matcher[],
  windowSeconds: number,
  place: MeshPlace,
): Expr {
  const p99 = (metric: string, by: string[]) =>
    histogramQuantile(
      0.99,
      sumBy(
        by,
        reportedOnce({
          metric,
          matchers: to,
          to,
          read: series => rate(series, windowSeconds),
          ...reportsAt(place),
        }),
      ),
    );
  // Classic buckets, else native histograms.
  return or(
    p99(istioMetrics.durationBuckets, [istioLabels.bucket]),
    p99(istioMetrics.durations, []),
  );
}

/** What a sum over requests is divided by. */
export function requestsPerSecond(
  to: Matcher[],
  windowSeconds: number,
  place: MeshPlace,
): Expr {
  return sumBy(
    [],
    reportedOnce({
      metric: istioMetrics.requests,
      matchers: to,
      to,
      read: series => rate(series, windowSeconds),
      ...reportsAt(place),
    }),
  );
}

/**
 * Failures that the callers' proxies, or a waypoint, could not ascribe to a workload: no healthy endpoint, or a full
 * connection pool. They carry the Service's name and no version.
 */
export function lostRequests(
  service: Matcher[],
  windowSeconds: number,
  place: MeshPlace,
): Expr {
  return failedRequests({
    matchers: [...service, REACHED_NONE],
    to: service,
    read: series => counted(series, windowSeconds),
    ...reportsAt(place),
  });
}

/** Requests that failed by the server's fault, in all. */
export function failedRequests(reports: Omit<Reports, 'metric'>): Expr {
  const failures = (outcome: Matcher) =>
    reportedOnce({
      ...reports,
      metric: istioMetrics.requests,
      matchers: [...reports.matchers, outcome],
    });
  return sumBy(
    [],
    or(
      failures(matches(istioLabels.responseCode, '5..|0')),
      failures(oneOf(istioLabels.grpcStatus, GRPC_FAULTS)),
    ),
  );
}

/** Something, where Prometheus has seen requests to the Service before the window began. */
export function covered(service: Matcher[], windowSeconds: number): Expr {
  return sumBy(
    [],
    lastOverTime(
      selector(istioMetrics.requests, ...service),
      MEMORY_SECONDS,
      windowSeconds,
    ),
  );
}

/** A new kind of failure must not wait for its second scrape to count. */
function counted(
  series: ReturnType<typeof selector>,
  windowSeconds: number,
): Expr {
  return increaseWithRareBirths(series, windowSeconds, MEMORY_SECONDS);
}
