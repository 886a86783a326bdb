import type { Expr } from '../prometheus/promql';
import {
  latencyOf,
  requestsOf,
  tcpAndLatelyOf,
  tcpOf,
  usualLatencyOf,
} from './trafficExpressions';
import { overScope, type TrafficScope } from './TrafficScope';

/** Rates of requests by both ends, version, answer, flags and security. Undefined where the scope is empty. */
export function requestsQuery(
  scope: TrafficScope,
  windowSeconds: number,
): Expr | undefined {
  return overScope(scope, matchers => requestsOf(matchers, windowSeconds));
}

/** Rates of the latency histogram's buckets by both ends and version. Undefined where the scope is empty. */
export function latencyQuery(
  scope: TrafficScope,
  windowSeconds: number,
): Expr | undefined {
  return overScope(scope, matchers => latencyOf(matchers, windowSeconds));
}

/**
 * As {@link latencyQuery}, of the hour before the window and of the same hour a day earlier, told apart by
 * `USUAL_LABEL`.
 */
export function usualLatencyQuery(
  scope: TrafficScope,
  windowSeconds: number,
): Expr | undefined {
  return overScope(scope, matchers => usualLatencyOf(matchers, windowSeconds));
}

/** Rates of TCP connections and bytes, told apart by `TCP_METRIC_LABEL`. Undefined where the scope is empty. */
export function tcpQuery(
  scope: TrafficScope,
  windowSeconds: number,
): Expr | undefined {
  return overScope(scope, matchers => tcpOf(matchers, windowSeconds));
}

/**
 * {@link tcpQuery}, and in the same answer {@link requestsQuery} of the last minute: one question, for a view asks no more
 * than it must.
 */
export function tcpAndLatelyQuery(
  scope: TrafficScope,
  windowSeconds: number,
): Expr | undefined {
  return overScope(scope, matchers => tcpAndLatelyOf(matchers, windowSeconds));
}
