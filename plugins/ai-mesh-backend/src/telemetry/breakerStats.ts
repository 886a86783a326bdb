import {
  known,
  unknown,
  wording,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';

/** The label that tells the statistics of one answer apart. */
export const STATISTIC_LABEL = 'statistic';

/** The value of {@link STATISTIC_LABEL} for the most requests under way at once. */
export const PEAK_STATISTIC = 'rq_active_peak';

/** One statistic of one Envoy cluster: a gauge's highest value over all callers' proxies, or a counter's rate. */
export interface BreakerRow {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Envoy's gauges that are 1 while a limit is reached, and which setting of a DestinationRule that is. */
const POOLS: Record<string, string> = {
  cx: 'maxConnections',
  rq: 'http2MaxRequests',
  rq_pending: 'http1MaxPendingRequests',
  rq_retry: 'maxRetries',
};

/** As Prometheus has the statistics, and how `proxyStatsMatcher` includes them by Envoy's names, which have dots. */
const STATISTICS = {
  ejections: {
    metric: 'envoy_cluster_outlier_detection_ejections_active',
    regexp: '.*outlier_detection.*',
  },
  pools: {
    metric: 'envoy_cluster_circuit_breakers_default_*_open',
    regexp: '.*circuit_breakers.*',
  },
  overflow: {
    metric: 'envoy_cluster_upstream_rq_pending_overflow',
    regexp: '.*upstream_rq_pending_overflow.*',
  },
} as const;

/** What the callers' proxies say of one service's breakers. */
export interface BreakerStats {
  /** The highest number of ejected hosts that one proxy sees in one pool. */
  ejectedHosts: Measured<number>;
  /** Limits that are reached now, as a DestinationRule names them. */
  openPools: Measured<string[]>;
  /** Requests rejected by a limit, per second. */
  overflowPerSecond: Measured<number>;
}

/** Sorts a service's rows into statistics; each may be exported or not on its own. */
export function breakerStats(rows: readonly BreakerRow[]): BreakerStats {
  const values = (statistic: string) =>
    rows
      .filter(row => row.labels[STATISTIC_LABEL] === statistic)
      .map(row => row.value)
      .filter(Number.isFinite);
  const measuredBy = (
    found: number[],
    combine: (all: number[]) => number,
    missing: keyof typeof STATISTICS,
  ) => (found.length > 0 ? known(combine(found)) : notExported(missing));
  const gauges = Object.keys(POOLS).map(pool => ({
    pool,
    found: values(`${pool}_open`),
  }));
  return {
    // A host may be in several subsets' clusters; the most ejected one is what is certain.
    ejectedHosts: measuredBy(
      values('ejections_active'),
      all => Math.max(...all),
      'ejections',
    ),
    openPools: gauges.some(({ found }) => found.length > 0)
      ? known(
          gauges
            .filter(({ found }) => found.some(value => value > 0))
            .map(({ pool }) => POOLS[pool]),
        )
      : notExported('pools'),
    overflowPerSecond: measuredBy(
      values('rq_pending_overflow'),
      all => all.reduce((sum, value) => sum + value, 0),
      'overflow',
    ),
  };
}

function notExported(missing: keyof typeof STATISTICS) {
  return unknown('not-exported', [
    wording('breaker.statisticMissing', STATISTICS[missing]),
  ]);
}

/** The service's host in the label `cluster_name` of an Envoy cluster towards it, and the subset. */
export function parseClusterName(
  clusterName: string,
): { host: string; subset: string } | undefined {
  const match = /^outbound\|[0-9]*\|([^|]*)\|([^|;]+);?$/.exec(clusterName);
  return match ? { subset: match[1], host: match[2] } : undefined;
}
