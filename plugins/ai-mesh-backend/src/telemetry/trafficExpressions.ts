import type { Slowness } from '@ai-mesh/plugin-ai-mesh-common';
import {
  above,
  and,
  andOn,
  bornIn,
  changedIn,
  countBy,
  eq,
  matches,
  multiply,
  or,
  orOn,
  rate,
  rateBefore,
  selector,
  sumBy,
  tag,
  valueBefore,
  type Expr,
  type Matcher,
  type Selector,
} from '../prometheus/promql';
import { istioLabels, istioMetrics } from './istioLabels';

/** The labels that name both ends of an edge, and who reported it. */
export const EDGE_LABELS = [
  istioLabels.reporter,
  istioLabels.sourceWorkload,
  istioLabels.sourceNamespace,
  istioLabels.sourceCluster,
  istioLabels.destinationService,
  istioLabels.destinationServiceNamespace,
  istioLabels.destinationCluster,
  // Tells hosts outside the mesh apart, which may share one name (PassthroughCluster).
  istioLabels.destinationHost,
  istioLabels.destinationVersion,
  istioLabels.destinationWorkload,
  istioLabels.destinationWorkloadNamespace,
];

export const LATENCY_LABELS = [...EDGE_LABELS, istioLabels.bucket];

export const REQUEST_LABELS = [
  ...EDGE_LABELS,
  istioLabels.sourcePrincipal,
  istioLabels.protocol,
  istioLabels.responseCode,
  istioLabels.responseFlags,
  istioLabels.grpcStatus,
  istioLabels.security,
];

export const TCP_LABELS = [
  ...EDGE_LABELS,
  istioLabels.sourcePrincipal,
  istioLabels.security,
];

/** The label that tells the TCP metrics of one answer apart. */
export const TCP_METRIC_LABEL = 'tcp_metric';
/** Its value on connections that failed in the last minute, and still in its last half. */
export const REFUSED_METRIC = 'refused';
/** Its value on what got through in that half minute, to whom such connections failed. */
export const THROUGH_METRIC = 'through';
/** Its value on requests, where one answer holds those of the last minute too. */
export const LATELY_METRIC = 'requests_lately';
/** So long is the last minute: four scrapes of a usual Prometheus. One that scrapes once a minute knows nothing of it. */
export const LATELY_SECONDS = 60;

/** So long nothing may get through to somebody whom nobody reaches: two scrapes of a usual Prometheus. */
const SILENT_SECONDS = 30;

/** A series that was there at any time in so many seconds before the last minute is not new in it. */
const MEMORY_SECONDS = 300;

/** By the values of {@link TCP_METRIC_LABEL}. */
export const TCP_METRICS = {
  opened: istioMetrics.connectionsOpened,
  sent: istioMetrics.bytesSent,
  received: istioMetrics.bytesReceived,
} as const;

/** What a caller's calls of one service are told from others' by. */
const CALL_LABELS = [
  istioLabels.sourceWorkload,
  istioLabels.sourceNamespace,
  istioLabels.sourceCluster,
  istioLabels.destinationService,
  istioLabels.destinationServiceNamespace,
];

/** What one scraped proxy counts of such a call is told from what others do by; a Prometheus may have left them out. */
const COUNTED_LABELS = ['job', 'instance', ...CALL_LABELS];

/**
 * Flags of a connection that the caller's proxy could not make: a ztunnel's (`src/proxy/metrics.rs`), and Envoy's for no
 * connection, no host, no room, no route and no cluster. A ztunnel has its flag for one that broke later as well.
 */
const NOT_CONNECTED = '(.*,)?(CONNECT|UF|UH|UO|NR|NC)(,.*)?';

/** The label that tells the times apart that {@link usualLatencyOf} asks of. */
export const USUAL_LABEL = 'usual';

/** Seconds that the usual latency is a mean over, at least. */
const USUAL_SECONDS = 3600;
const DAY_SECONDS = 86_400;

/** Over how many seconds the usual latency is measured. */
export const usualSeconds = (windowSeconds: number) =>
  Math.max(USUAL_SECONDS, windowSeconds);

/** Rates of requests by both ends, version, answer, flags and security. */
export function requestsOf(matchers: Matcher[], windowSeconds: number): Expr {
  return sumBy(
    REQUEST_LABELS,
    rate(selector(istioMetrics.requests, ...matchers), windowSeconds),
  );
}

/**
 * As {@link requestsOf}, of the last minute, with what `rate` leaves out: the first failures of a kind are the first sample of a
 * series, which is compared with none before. Such a series counts whole, where the proxy that has it counted the same calls as
 * answered well all through the minute: else it is the proxy that is new, or was not scraped for a while.
 */
function latelyOf(matchers: Matcher[]): Expr {
  const series = selector(istioMetrics.requests, ...matchers);
  const well = selector(
    istioMetrics.requests,
    ...matchers,
    matches(istioLabels.responseCode, '2..'),
  );
  const born = andOn(
    COUNTED_LABELS,
    bornIn(series, LATELY_SECONDS, MEMORY_SECONDS),
    and(rate(well, LATELY_SECONDS), valueBefore(well, LATELY_SECONDS)),
  );
  return sumBy(
    REQUEST_LABELS,
    or(multiply(born, 1 / LATELY_SECONDS), rate(series, LATELY_SECONDS)),
  );
}

/** Rates of the latency histogram's buckets by both ends and version. */
export function latencyOf(matchers: Matcher[], windowSeconds: number): Expr {
  return latencies(matchers, series => rate(series, windowSeconds));
}

/** Classic buckets; of an edge that has none, its native histogram. */
function latencies(
  matchers: Matcher[],
  read: (series: Selector) => Expr,
): Expr {
  return orOn(
    EDGE_LABELS,
    sumBy(
      LATENCY_LABELS,
      read(selector(istioMetrics.durationBuckets, ...matchers)),
    ),
    sumBy(EDGE_LABELS, read(selector(istioMetrics.durations, ...matchers))),
  );
}

/** As {@link latencyOf}, of the hour before the window and of the same hour a day earlier, told apart by {@link USUAL_LABEL}. */
export function usualLatencyOf(
  matchers: Matcher[],
  windowSeconds: number,
): Expr {
  const seconds = usualSeconds(windowSeconds);
  const at = (endedSecondsAgo: number, name: Slowness['than']) =>
    tag(
      latencies(matchers, series =>
        rateBefore(series, seconds, endedSecondsAgo),
      ),
      USUAL_LABEL,
      name,
    );
  return or(at(windowSeconds, 'hour-before'), at(DAY_SECONDS, 'day-before'));
}

/** {@link tcpOf}, and of the last minute requests, what was refused, and what got through all the same. */
export function tcpAndLatelyOf(
  matchers: Matcher[],
  windowSeconds: number,
): Expr {
  return or(
    tcpOf(matchers, windowSeconds),
    tag(latelyOf(matchers), TCP_METRIC_LABEL, LATELY_METRIC),
    tag(refusedOf(matchers), TCP_METRIC_LABEL, REFUSED_METRIC),
    tag(throughOf(matchers), TCP_METRIC_LABEL, THROUGH_METRIC),
  );
}

/** Connections that failed in the last minute and still in its last half, of calls that were tried in it. */
function refusedOf(matchers: Matcher[]): Expr {
  const bySource = [eq(istioLabels.reporter, 'source'), ...matchers];
  const failed = selector(
    istioMetrics.connectionsClosed,
    ...bySource,
    matches(istioLabels.responseFlags, NOT_CONNECTED),
  );
  const tried = selector(istioMetrics.connectionsOpened, ...bySource);
  return andOn(
    CALL_LABELS,
    above(
      sumBy(
        TCP_LABELS,
        and(rate(failed, LATELY_SECONDS), changedIn(failed, SILENT_SECONDS)),
      ),
      0,
    ),
    above(sumBy(CALL_LABELS, rate(tried, LATELY_SECONDS)), 0),
  );
}

/** How many series have counted bytes in the last half minute, of calls of whom {@link refusedOf} tells. */
function throughOf(matchers: Matcher[]): Expr {
  const counting = (metric: string) =>
    countBy(
      TCP_LABELS,
      changedIn(selector(metric, ...matchers), SILENT_SECONDS),
    );
  return andOn(
    [istioLabels.destinationService, istioLabels.destinationServiceNamespace],
    or(counting(istioMetrics.bytesSent), counting(istioMetrics.bytesReceived)),
    refusedOf(matchers),
  );
}

/** Rates of TCP connections and bytes, told apart by {@link TCP_METRIC_LABEL}. */
export function tcpOf(matchers: Matcher[], windowSeconds: number): Expr {
  const [first, ...more] = Object.entries(TCP_METRICS).map(([name, metric]) =>
    tag(
      sumBy(TCP_LABELS, rate(selector(metric, ...matchers), windowSeconds)),
      TCP_METRIC_LABEL,
      name,
    ),
  );
  return or(first, ...more);
}
