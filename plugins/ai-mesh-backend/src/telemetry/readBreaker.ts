import {
  known,
  unknown,
  wording,
  type BreakerSettings,
  type BreakerState,
  type Endpoints,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import { breakerStats, type BreakerRow } from './breakerStats';
import { reporterOf } from './chooseReporters';
import { istioLabels } from './istioLabels';
import { sumRates, type RateRow } from './RateRow';
import { responseFlags } from './readTraffic';

/** How to get what Istio does not export by default. */
export const EXPORT_BREAKER_STATISTICS =
  'The callers\' proxies do not export circuit-breaker statistics. To get them, add to the callers\' pod annotation proxy.istio.io/config (or to the mesh\'s defaultConfig): proxyStatsMatcher: { inclusionRegexps: [".*outlier_detection.*", ".*circuit_breakers.*", ".*upstream_rq_pending_overflow.*"] }';

export interface BreakerEvidence {
  /** The settings that apply to the service; undefined: not known (the objects cannot be read). */
  settings: readonly BreakerSettings[] | undefined;
  /** Rows of the breaker query for this service, any subset, or why there are none. */
  statistics: Measured<readonly BreakerRow[]>;
  /** Request rows of the service, of every reporter, or why there are none. */
  requests: Measured<readonly RateRow[]>;
  endpoints: Measured<Endpoints>;
}

/** The circuit breaker's live state, from the best evidence there is. */
export function readBreaker(evidence: BreakerEvidence): BreakerState {
  const { settings, statistics } = evidence;
  if (settings === undefined) {
    return nothing(
      'unknown',
      'The DestinationRules cannot be read, so it is not known whether there is a circuit breaker.',
    );
  }
  if (!settings.some(limitsSomething)) {
    return nothing('not-configured');
  }
  if (statistics.status === 'known' && statistics.value.length > 0) {
    return fromStatistics(statistics.value);
  }
  return fromFlags(evidence);
}

/** Whether a policy can reject a request or eject a host; time limits alone cannot. */
export function limitsSomething(settings: BreakerSettings): boolean {
  const pool = settings.connectionPool;
  return (
    settings.outlierDetection !== undefined ||
    pool.maxConnections !== undefined ||
    pool.http1MaxPendingRequests !== undefined ||
    pool.http2MaxRequests !== undefined ||
    pool.maxRetries !== undefined
  );
}

function fromStatistics(rows: readonly BreakerRow[]): BreakerState {
  const { ejectedHosts, openPools, overflowPerSecond } = breakerStats(rows);
  const overflowing =
    overflowPerSecond.status === 'known' && overflowPerSecond.value > 0;
  const ejecting = ejectedHosts.status === 'known' && ejectedHosts.value > 0;
  const open = openPools.status === 'known' && openPools.value.length > 0;
  const state = {
    evidence: 'envoy-stats' as const,
    ejectedHosts,
    overflowPerSecond,
  };
  if (open || overflowing) {
    return {
      ...state,
      status: 'open',
      message: open
        ? `At its limit now: ${openPools.value.join(', ')}.`
        : 'Requests were rejected by a limit in the window; no limit is reached at this moment.',
    };
  }
  if (ejecting) {
    return { ...state, status: 'ejecting' };
  }
  // A limit's own gauge or the count of what it rejected: either shows that it lets everything pass.
  return openPools.status === 'known' || overflowPerSecond.status === 'known'
    ? { ...state, status: 'closed' }
    : {
        ...state,
        status: 'unknown',
        message: EXPORT_BREAKER_STATISTICS,
      };
}

/**
 * Without Envoy's statistics: UO is a request that a pool limit rejected, UH one for which no host was left in the
 * pool. That always exists, but only the calling side sees it.
 */
function fromFlags(evidence: BreakerEvidence): BreakerState {
  const { requests, statistics, endpoints } = evidence;
  if (requests.status === 'unknown') {
    return nothing('unknown', requests.message);
  }
  const why =
    statistics.status === 'unknown' && statistics.reason !== 'not-exported'
      ? (statistics.message ?? `Envoy's statistics: ${statistics.reason}.`)
      : EXPORT_BREAKER_STATISTICS;
  const calling = requests.value.filter(row => {
    const reporter = reporterOf(row);
    return reporter === 'source' || reporter === 'waypoint';
  });
  const total = sumRates(calling);
  if (!(total > 0)) {
    return nothing('unknown', `No calling proxy reported requests. ${why}`);
  }
  if (calling.every(row => !(istioLabels.responseFlags in row.labels))) {
    return nothing(
      'unknown',
      `The series lack the label ${istioLabels.responseFlags}. ${why}`,
    );
  }
  const flags = responseFlags(calling);
  const overflow = flags.UO ?? 0;
  const hostless = flags.UH ?? 0;
  const state = {
    evidence: 'response-flags' as const,
    ejectedHosts: unknown('not-exported', [wording('breaker.ejectedUntold')]),
    overflowPerSecond: known(overflow),
  };
  if (overflow > 0) {
    return {
      ...state,
      status: 'open',
      message: 'Requests were rejected by a limit in the window (UO).',
    };
  }
  if (hostless > 0) {
    const ready = endpoints.status === 'known' ? endpoints.value.ready : 0;
    return ready > 0
      ? {
          ...state,
          status: 'ejecting',
          message:
            'Requests found no host in the pool (UH) although endpoints are ready: they are ejected.',
        }
      : {
          ...state,
          status: 'unknown',
          message:
            'Requests found no host in the pool (UH); whether hosts are ejected or not ready cannot be told.',
        };
  }
  return {
    ...state,
    status: 'closed',
    message: `No request was rejected in the window. Ejected hosts cannot be seen. ${why}`,
  };
}

function nothing(
  status: 'unknown' | 'not-configured',
  message?: string,
): BreakerState {
  const value =
    status === 'unknown'
      ? unknown('not-exported', message)
      : unknown('not-configured');
  return {
    status,
    evidence: 'none',
    ejectedHosts: value,
    overflowPerSecond: value,
    ...(message && { message }),
  };
}
