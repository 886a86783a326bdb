import {
  escapeRegex,
  matches,
  maxBy,
  maxOverTime,
  or,
  rate,
  selector,
  sumBy,
  tag,
  type Expr,
  type Matcher,
} from '../prometheus/promql';
import { PEAK_STATISTIC, STATISTIC_LABEL } from './breakerStats';

export const OVERFLOW_METRIC = 'envoy_cluster_upstream_rq_pending_overflow';
/** Of one Envoy cluster: hosts ejected, requests rejected, and four limits. */
export const BREAKER_STATISTICS = 6;

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

/** As {@link breakersQuery}, of the Envoy clusters that match. */
export function breakersOf(cluster: Matcher, windowSeconds: number): Expr {
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
