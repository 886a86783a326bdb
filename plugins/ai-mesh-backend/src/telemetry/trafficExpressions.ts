import type { Slowness } from '@ai-mesh/plugin-ai-mesh-common';
import {
  or,
  orOn,
  rate,
  rateBefore,
  selector,
  sumBy,
  tag,
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
/** Its value on requests, where one answer holds those of the last minute too. */
export const LATELY_METRIC = 'requests_lately';
/** So long is the last minute: four scrapes of a usual Prometheus. One that scrapes once a minute knows nothing of it. */
export const LATELY_SECONDS = 60;

/** By the values of {@link TCP_METRIC_LABEL}. */
export const TCP_METRICS = {
  opened: istioMetrics.connectionsOpened,
  sent: istioMetrics.bytesSent,
  received: istioMetrics.bytesReceived,
} as const;

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

/** {@link tcpOf}, and {@link requestsOf} of the last minute. */
export function tcpAndLatelyOf(
  matchers: Matcher[],
  windowSeconds: number,
): Expr {
  return or(
    tcpOf(matchers, windowSeconds),
    tag(requestsOf(matchers, LATELY_SECONDS), TCP_METRIC_LABEL, LATELY_METRIC),
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
