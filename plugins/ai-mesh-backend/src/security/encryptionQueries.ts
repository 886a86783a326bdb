import {
  countBy,
  eq,
  increaseWithBirths,
  oneOf,
  or,
  rate,
  selector,
  sumBy,
  tag,
  type Expr,
  type Matcher,
} from '../prometheus/promql';
import { istioLabels, istioMetrics } from '../telemetry/istioLabels';
import { sentTo, type NamespacedName } from '../telemetry/TrafficScope';

/** Tells apart what the rows of one answer count. */
export const COUNTED_LABEL = 'counted';

/** The value of {@link COUNTED_LABEL}; `bytes` shows connections that are older than the window. */
export type Counted = 'requests' | 'connections' | 'bytes' | 'coverage';

/** Not one of Istio's standard labels; some installations add it, and then it names the policy. */
export const RESPONSE_DETAILS = 'response_code_details';

const METRICS = {
  requests: istioMetrics.requests,
  connections: istioMetrics.connectionsOpened,
  bytes: istioMetrics.bytesReceived,
} as const;

/** Only the called side, or a waypoint before it, knows whether a connection was encrypted. */
const CALLED_SIDE = oneOf(istioLabels.reporter, ['destination', 'waypoint']);

/** The same, and whoever does not say who reported: a label that was dropped is to be named. */
const NOT_THE_CALLER = oneOf(istioLabels.reporter, [
  'destination',
  'waypoint',
  '',
]);

const CALLER_LABELS = [
  istioLabels.reporter,
  istioLabels.sourceWorkload,
  istioLabels.sourceNamespace,
  istioLabels.sourceCluster,
  istioLabels.sourcePrincipal,
  istioLabels.destinationService,
  istioLabels.destinationServiceNamespace,
  istioLabels.destinationCluster,
  istioLabels.security,
];

type Measure = (metric: string, ...matchers: Matcher[]) => Expr;

function perStep(stepSeconds: number): Measure {
  return (metric, ...matchers) =>
    increaseWithBirths(selector(metric, ...matchers), stepSeconds);
}

function perSecond(windowSeconds: number): Measure {
  return (metric, ...matchers) =>
    rate(selector(metric, ...matchers), windowSeconds);
}

/**
 * Who called these services, step by step, and whether encrypted, by every reporter: of whom the called side tells nothing
 * the callers' own reports say that they are there. For a range query; undefined for no services.
 */
export function encryptionQuery(
  services: readonly NamespacedName[],
  stepSeconds: number,
): Expr | undefined {
  return callers(services, perStep(stepSeconds));
}

/** As {@link encryptionQuery}, as rates at this moment. For an instant query. */
export function encryptionNowQuery(
  services: readonly NamespacedName[],
  windowSeconds: number,
): Expr | undefined {
  return callers(services, perSecond(windowSeconds));
}

function callers(
  services: readonly NamespacedName[],
  measure: Measure,
): Expr | undefined {
  if (services.length === 0) {
    return undefined;
  }
  const [first, ...more] = Object.entries(METRICS).map(([counted, metric]) =>
    tag(
      sumBy(
        CALLER_LABELS,
        // Bytes tell of connections that are older than the window, and only the called side can tell their encryption.
        counted === 'bytes'
          ? measure(metric, NOT_THE_CALLER, ...sentTo(services))
          : measure(metric, ...sentTo(services)),
      ),
      COUNTED_LABEL,
      counted,
    ),
  );
  return or(first, ...more);
}

/**
 * Plaintext to any workload of these namespaces, step by step, and since when Prometheus knows the namespaces at all
 * (`coverage`). For a range query.
 */
export function namespacePlaintextQuery(
  namespaces: readonly string[],
  stepSeconds: number,
): Expr | undefined {
  if (namespaces.length === 0) {
    return undefined;
  }
  const there = oneOf(istioLabels.destinationWorkloadNamespace, namespaces);
  const labels = [
    istioLabels.destinationWorkload,
    istioLabels.destinationWorkloadNamespace,
    istioLabels.sourceWorkload,
    istioLabels.sourceNamespace,
    istioLabels.sourceCluster,
    istioLabels.destinationCluster,
  ];
  const [first, ...more] = Object.entries(METRICS).map(([counted, metric]) =>
    tag(
      sumBy(
        labels,
        perStep(stepSeconds)(
          metric,
          CALLED_SIDE,
          there,
          // A ztunnel says `unknown` of a connection without a tunnel.
          oneOf(
            istioLabels.security,
            counted === 'requests' ? ['none'] : ['none', 'unknown'],
          ),
        ),
      ),
      COUNTED_LABEL,
      counted,
    ),
  );
  // Of series with equal labels `or` keeps one: either metric shows that the namespace was watched.
  const coverage = [METRICS.requests, METRICS.connections].map(metric =>
    tag(
      countBy(
        [
          istioLabels.destinationWorkloadNamespace,
          istioLabels.destinationCluster,
        ],
        selector(metric, CALLED_SIDE, there),
      ),
      COUNTED_LABEL,
      'coverage',
    ),
  );
  return or(first, ...more, ...coverage);
}

/** Answers with 403, step by step, as the called side counted them. For a range query. */
export function deniedQuery(
  services: readonly NamespacedName[],
  stepSeconds: number,
): Expr | undefined {
  return services.length === 0
    ? undefined
    : sumBy(
        [...CALLER_LABELS, istioLabels.responseFlags, RESPONSE_DETAILS],
        perStep(stepSeconds)(
          METRICS.requests,
          NOT_THE_CALLER,
          eq(istioLabels.responseCode, '403'),
          ...sentTo(services),
        ),
      );
}
