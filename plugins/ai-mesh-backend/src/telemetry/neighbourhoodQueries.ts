import type { Slowness } from '@ai-mesh/plugin-ai-mesh-common';
import {
  countBy,
  escapeRegex,
  matches,
  maxBy,
  maxOverTime,
  multiply,
  oneOf,
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
import { NATIVE_BUCKETS } from '../prometheus/classicBuckets';
import { PEAK_STATISTIC, STATISTIC_LABEL } from './breakerStats';
import { istioLabels, istioMetrics, PASSTHROUGH_CLUSTERS } from './istioLabels';
import { sumRates, type RateRow } from './RateRow';

/** A service or a workload, by its full name. */
export interface NamespacedName {
  readonly namespace: string;
  readonly name: string;
}

/**
 * Whose traffic to ask for. Names and namespaces are matched apart, so an answer may hold a namesake of another
 * namespace: keep only rows that {@link inScope} accepts.
 */
export interface TrafficScope {
  /** Requests to these services, from anywhere. */
  to: readonly NamespacedName[];
  /** Requests from these workloads, to anywhere. */
  from: readonly NamespacedName[];
  /** Requests that reached these workloads by their addresses, around every service. */
  around?: readonly NamespacedName[];
}

/** The labels that name both ends of an edge, and who reported it. */
const EDGE_LABELS = [
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

const LATENCY_LABELS = [...EDGE_LABELS, istioLabels.bucket];

const REQUEST_LABELS = [
  ...EDGE_LABELS,
  istioLabels.sourcePrincipal,
  istioLabels.protocol,
  istioLabels.responseCode,
  istioLabels.responseFlags,
  istioLabels.grpcStatus,
  istioLabels.security,
];

const TCP_LABELS = [
  ...EDGE_LABELS,
  istioLabels.sourcePrincipal,
  istioLabels.security,
];

/** Keeps the counts of one answer apart. */
const COUNTED_METRIC_LABEL = 'counted_metric';

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

const OVERFLOW_METRIC = 'envoy_cluster_upstream_rq_pending_overflow';
/** Of one Envoy cluster: hosts ejected, requests rejected, and four limits. */
const BREAKER_STATISTICS = 6;

/** Rates of requests by both ends, version, answer, flags and security. Undefined where the scope is empty. */
export function requestsQuery(
  scope: TrafficScope,
  windowSeconds: number,
): Expr | undefined {
  return overScope(scope, matchers => requests(matchers, windowSeconds));
}

function requests(matchers: Matcher[], windowSeconds: number): Expr {
  return sumBy(
    REQUEST_LABELS,
    rate(selector(istioMetrics.requests, ...matchers), windowSeconds),
  );
}

/** Rates of the latency histogram's buckets by both ends and version. Undefined where the scope is empty. */
export function latencyQuery(
  scope: TrafficScope,
  windowSeconds: number,
): Expr | undefined {
  return overScope(scope, matchers => latency(matchers, windowSeconds));
}

function latency(matchers: Matcher[], windowSeconds: number): Expr {
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

/** The label that tells the times apart that {@link usualLatencyQuery} asks of. */
export const USUAL_LABEL = 'usual';

/** Seconds that the usual latency is a mean over, at least. */
const USUAL_SECONDS = 3600;
const DAY_SECONDS = 86_400;

/** Over how many seconds the usual latency is measured. */
export const usualSeconds = (windowSeconds: number) =>
  Math.max(USUAL_SECONDS, windowSeconds);

/**
 * As {@link latencyQuery}, of the hour before the window and of the same hour a day earlier, told apart by
 * {@link USUAL_LABEL}.
 */
export function usualLatencyQuery(
  scope: TrafficScope,
  windowSeconds: number,
): Expr | undefined {
  return overScope(scope, matchers => usual(matchers, windowSeconds));
}

function usual(matchers: Matcher[], windowSeconds: number): Expr {
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

/** Rates of TCP connections and bytes, told apart by {@link TCP_METRIC_LABEL}. Undefined where the scope is empty. */
export function tcpQuery(
  scope: TrafficScope,
  windowSeconds: number,
): Expr | undefined {
  return overScope(scope, matchers => tcp(matchers, windowSeconds));
}

/**
 * {@link tcpQuery}, and in the same answer {@link requestsQuery} of the last minute: one question, for a view asks no more
 * than it must.
 */
export function tcpAndLatelyQuery(
  scope: TrafficScope,
  windowSeconds: number,
): Expr | undefined {
  return overScope(scope, matchers => tcpAndLately(matchers, windowSeconds));
}

function tcpAndLately(matchers: Matcher[], windowSeconds: number): Expr {
  return or(
    tcp(matchers, windowSeconds),
    tag(requests(matchers, LATELY_SECONDS), TCP_METRIC_LABEL, LATELY_METRIC),
  );
}

function tcp(matchers: Matcher[], windowSeconds: number): Expr {
  const [first, ...more] = Object.entries(TCP_METRICS).map(([name, metric]) =>
    tag(
      sumBy(TCP_LABELS, rate(selector(metric, ...matchers), windowSeconds)),
      TCP_METRIC_LABEL,
      name,
    ),
  );
  return or(first, ...more);
}

/**
 * What {@link requestsQuery}, {@link latencyQuery}, {@link usualLatencyQuery}, {@link tcpAndLatelyQuery} and
 * {@link breakersQuery} ask of a neighbourhood, of the whole mesh.
 */
export function meshQueries(windowSeconds: number) {
  return {
    requests: requests([], windowSeconds),
    latency: latency([], windowSeconds),
    usual: usual([], windowSeconds),
    tcpAndLately: tcpAndLately([], windowSeconds),
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

/**
 * Envoy's circuit-breaker statistics, by Envoy cluster (`outbound|8080|v1|chat.ai.svc.cluster.local`), as the callers'
 * proxies export them. Undefined where there is no host to ask for.
 *
 * @param hosts - full host names of the called services
 */
export function breakersQuery(
  hosts: readonly string[],
  windowSeconds: number,
): Expr | undefined {
  return hosts.length === 0
    ? undefined
    : breakersOf(outboundTo(hosts), windowSeconds);
}

function breakersOf(cluster: Matcher, windowSeconds: number): Expr {
  const by = (expr: Expr, statistic: string) =>
    tag(expr, STATISTIC_LABEL, statistic);
  const gauge = (metric: string) =>
    maxBy(['cluster_name'], selector(metric, cluster));
  return or(
    by(
      gauge('envoy_cluster_outlier_detection_ejections_active'),
      'ejections_active',
    ),
    by(
      sumBy(
        ['cluster_name'],
        rate(selector(OVERFLOW_METRIC, cluster), windowSeconds),
      ),
      'rq_pending_overflow',
    ),
    ...['cx', 'rq', 'rq_pending', 'rq_retry'].map(pool =>
      by(
        gauge(`envoy_cluster_circuit_breakers_default_${pool}_open`),
        `${pool}_open`,
      ),
    ),
  );
}

/** The most requests that one calling proxy had under way at once, by Envoy cluster. Undefined where there is no host. */
export function peakQuery(
  hosts: readonly string[],
  windowSeconds: number,
): Expr | undefined {
  return hosts.length === 0
    ? undefined
    : tag(
        maxBy(
          ['cluster_name'],
          maxOverTime(
            selector('envoy_cluster_upstream_rq_active', outboundTo(hosts)),
            windowSeconds,
          ),
        ),
        STATISTIC_LABEL,
        PEAK_STATISTIC,
      );
}

/** The Envoy clusters of the callers' proxies towards some hosts. */
function outboundTo(hosts: readonly string[]): Matcher {
  const names = hosts.map(escapeRegex).join('|');
  // Some versions of Istio end the name with a semicolon.
  return matches('cluster_name', `outbound\\|[0-9]*\\|[^|]*\\|(${names});?`);
}

/** Whether a row belongs to the scope, and not to a namesake in another namespace. */
export function inScope(
  scope: TrafficScope,
): (row: { labels: Readonly<Record<string, string>> }) => boolean {
  const to = new Set(scope.to.map(key));
  const around = new Set(scope.around?.map(key));
  const from = new Set(scope.from.map(key));
  return ({ labels }) =>
    to.has(
      key({
        namespace: labels[istioLabels.destinationServiceNamespace] ?? '',
        name: labels[istioLabels.destinationService] ?? '',
      }),
    ) ||
    from.has(
      key({
        namespace: labels[istioLabels.sourceNamespace] ?? '',
        name: labels[istioLabels.sourceWorkload] ?? '',
      }),
    ) ||
    (PASSTHROUGH_CLUSTERS.has(labels[istioLabels.destinationService] ?? '') &&
      around.has(
        key({
          namespace: labels[istioLabels.destinationWorkloadNamespace] ?? '',
          name: labels[istioLabels.destinationWorkload] ?? '',
        }),
      ));
}

function key({ namespace, name }: NamespacedName): string {
  return JSON.stringify([namespace, name]);
}

/** One expression over all directions. Series in several are equal, label by label, so `or` keeps them once. */
export function overScope(
  scope: TrafficScope,
  expression: (matchers: Matcher[]) => Expr,
): Expr | undefined {
  const directions: Matcher[][] = [];
  if (scope.to.length > 0) {
    directions.push(destinationMatchers(scope.to));
  }
  if (scope.from.length > 0) {
    directions.push(sourceMatchers(scope.from));
  }
  if (scope.around && scope.around.length > 0) {
    directions.push(aroundMatchers(scope.around));
  }
  const [first, ...more] = directions.map(expression);
  return first && or(first, ...more);
}

function destinationMatchers(services: readonly NamespacedName[]): Matcher[] {
  return [
    oneOf(
      istioLabels.destinationService,
      services.map(({ name }) => name),
    ),
    oneOf(
      istioLabels.destinationServiceNamespace,
      services.map(({ namespace }) => namespace),
    ),
  ];
}

function aroundMatchers(workloads: readonly NamespacedName[]): Matcher[] {
  return [
    oneOf(istioLabels.destinationService, PASSTHROUGH_CLUSTERS),
    oneOf(
      istioLabels.destinationWorkload,
      workloads.map(({ name }) => name),
    ),
    oneOf(
      istioLabels.destinationWorkloadNamespace,
      workloads.map(({ namespace }) => namespace),
    ),
  ];
}

function sourceMatchers(workloads: readonly NamespacedName[]): Matcher[] {
  return [
    oneOf(
      istioLabels.sourceWorkload,
      workloads.map(({ name }) => name),
    ),
    oneOf(
      istioLabels.sourceNamespace,
      workloads.map(({ namespace }) => namespace),
    ),
  ];
}
