import {
  countBy,
  eq,
  oneOf,
  or,
  orOn,
  rate,
  selector,
  sumBy,
  tag,
  unlessOn,
  type Expr,
  type Matcher,
} from '../prometheus/promql';
import { untoldCallersQuery } from './droppedLabels';
import { istioLabels, istioMetrics, type Reporter } from './istioLabels';
import { TCP_METRIC_LABEL, TCP_METRICS } from './trafficExpressions';
import { reportedOnce, type Reports } from './reportedOnce';
import { allAndFailed } from './sparkline';

/** What tells a called Service. */
const SERVICE_LABELS = [
  istioLabels.destinationServiceNamespace,
  istioLabels.destinationService,
];

const REQUEST_LABELS = [
  ...SERVICE_LABELS,
  istioLabels.protocol,
  istioLabels.responseCode,
  istioLabels.grpcStatus,
];

const SECURITY_LABELS = [...SERVICE_LABELS, istioLabels.security];

/** A caller's calls of a service. */
const CALL_LABELS = [
  ...SERVICE_LABELS,
  istioLabels.sourceWorkload,
  istioLabels.sourceNamespace,
  istioLabels.sourceCluster,
];

/** Tells the parts of one answer apart: `requests`, each once; those of which the `called-side` says how they came in; `tcp`, as it says. */
export const RECEIVED_PART = 'received_part';

/** Conditions on the called namespaces, and on callers. */
export function receivedIn(
  namespaces: readonly string[],
  callers: readonly Matcher[],
): Matcher[] {
  return [
    oneOf(istioLabels.destinationServiceNamespace, namespaces),
    ...callers,
  ];
}

/**
 * What some namespaces' Services receive, from anywhere and counted once: few rows for each of them, however many call.
 * Prometheus knows the edges while it answers, and says nothing of them.
 */
export function receivedQueries(
  reports: Omit<Reports, 'metric' | 'matchers' | 'read'>,
  windowSeconds: number,
): { requests: Expr; latency: Expr } {
  const { here } = reports;
  const once = (metric: string) =>
    reportedOnce({
      ...reports,
      metric,
      matchers: reports.to,
      read: series => rate(series, windowSeconds),
    });
  // Only the called side knows how something came in: its own proxy, else a waypoint before it.
  const calledSide = (metric: string) => {
    const by = (reporter: Reporter) =>
      rate(
        selector(
          metric,
          eq(istioLabels.reporter, reporter),
          ...reports.to,
          ...(here ? [here] : []),
        ),
        windowSeconds,
      );
    return sumBy(
      SECURITY_LABELS,
      or(
        by('destination'),
        unlessOn(CALL_LABELS, by('waypoint'), by('destination')),
      ),
    );
  };
  return {
    requests: or(
      tag(
        sumBy(REQUEST_LABELS, once(istioMetrics.requests)),
        RECEIVED_PART,
        'requests',
      ),
      tag(calledSide(istioMetrics.requests), RECEIVED_PART, 'called-side'),
      ...Object.entries(TCP_METRICS).map(([name, metric]) =>
        tag(
          tag(calledSide(metric), TCP_METRIC_LABEL, name),
          RECEIVED_PART,
          'tcp',
        ),
      ),
    ),
    latency: orOn(
      SERVICE_LABELS,
      sumBy(
        [...SERVICE_LABELS, istioLabels.bucket],
        once(istioMetrics.durationBuckets),
      ),
      sumBy(SERVICE_LABELS, once(istioMetrics.durations)),
    ),
  };
}

/** What {@link receivedQueries} asks of requests, over time: all and failed ones, each point the mean over the step that it ends. */
export function receivedHourQuery(
  reports: Omit<Reports, 'metric' | 'matchers' | 'read'>,
  stepSeconds: number,
): Expr {
  return allAndFailed((...matchers) =>
    sumBy(
      SERVICE_LABELS,
      reportedOnce({
        ...reports,
        metric: istioMetrics.requests,
        matchers: [...reports.to, ...matchers],
        read: series => rate(series, stepSeconds),
      }),
    ),
  );
}

/** Who reports requests in a cluster's Prometheus, and of which clusters; and which labels of callers some lack. */
export function reportersQuery(): Expr {
  return or(
    countBy(
      [
        istioLabels.reporter,
        istioLabels.sourceCluster,
        istioLabels.destinationCluster,
      ],
      selector(istioMetrics.requests),
    ),
    untoldCallersQuery([]),
  );
}
