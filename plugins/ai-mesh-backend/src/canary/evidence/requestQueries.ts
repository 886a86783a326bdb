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
  unlessOn,
  type Expr,
  type Matcher,
} from '../../prometheus/promql';
import { istioLabels } from '../../telemetry/istioLabels';
import { GRPC_FAULTS } from '../../telemetry/readTraffic';

/** A series that was there within this time before the window is not new, however its scrapes went. */
const MEMORY_SECONDS = 600;

const CALLER = [istioLabels.sourceWorkload, istioLabels.sourceNamespace];
const FROM_CALLER = eq(istioLabels.reporter, 'source');
const FROM_CALLED = oneOf(istioLabels.reporter, ['destination', 'waypoint']);

/** Requests in the window by who reported them, the caller and the answer. */
export function requestRows(to: Matcher[], windowSeconds: number): Expr {
  return sumBy(
    [
      istioLabels.reporter,
      ...CALLER,
      istioLabels.destinationService,
      istioLabels.destinationServiceNamespace,
      istioLabels.protocol,
      istioLabels.responseCode,
      istioLabels.grpcStatus,
    ],
    counted(selector('istio_requests_total', ...to), windowSeconds),
  );
}

/** The caller's proxy sees what never arrives, so its report counts; the called side speaks for callers without one. */
export function p99Ms(to: Matcher[], windowSeconds: number): Expr {
  const buckets = (reporter: Matcher) =>
    rate(
      selector('istio_request_duration_milliseconds_bucket', reporter, ...to),
      windowSeconds,
    );
  const reported = rate(
    selector('istio_requests_total', FROM_CALLER, ...to),
    windowSeconds,
  );
  return histogramQuantile(
    0.99,
    sumBy(
      [istioLabels.bucket],
      or(
        buckets(FROM_CALLER),
        unlessOn(CALLER, buckets(FROM_CALLED), reported),
      ),
    ),
  );
}

/** What a sum over requests is divided by. */
export function requestsPerSecond(to: Matcher[], windowSeconds: number): Expr {
  const by = (reporter: Matcher) =>
    sumBy(
      [],
      rate(selector('istio_requests_total', reporter, ...to), windowSeconds),
    );
  return or(by(FROM_CALLER), by(FROM_CALLED));
}

/**
 * Failures that the callers' proxies could not ascribe to a workload: no healthy endpoint, or a full connection pool.
 * They carry the Service's name and no version.
 */
export function lostRequests(service: Matcher[], windowSeconds: number): Expr {
  const failures = (outcome: Matcher) =>
    counted(
      selector(
        'istio_requests_total',
        FROM_CALLER,
        ...service,
        eq(istioLabels.destinationWorkload, 'unknown'),
        outcome,
      ),
      windowSeconds,
    );
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
      selector('istio_requests_total', ...service),
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
