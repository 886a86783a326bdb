import {
  known,
  unknown,
  said,
  wording,
  wordsOf,
  type BreakerSettings,
  type BreakerState,
  type Endpoints,
  type Measured,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { breakerStats, type BreakerRow } from './breakerStats';
import { reporterOf } from './chooseReporters';
import { istioLabels } from './istioLabels';
import { sumRates, type RateRow } from './RateRow';
import { responseFlags } from './readTraffic';

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
    return nothing('unknown', [wording('breaker.rulesUnread')]);
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
      ...said(
        open
          ? wording('breaker.atLimit', { pools: openPools.value.join(', ') })
          : wording('breaker.wasAtLimit'),
      ),
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
        ...said(wording('breaker.export')),
      };
}

/**
 * Without Envoy's statistics: UO is a request that a pool limit rejected, UH one for which no host was left in the
 * pool. That always exists, but only the calling side sees it.
 */
function fromFlags(evidence: BreakerEvidence): BreakerState {
  const { requests, statistics, endpoints } = evidence;
  if (requests.status === 'unknown') {
    return nothing('unknown', wordsOf(requests));
  }
  const why =
    statistics.status === 'unknown' && statistics.reason !== 'not-exported'
      ? whyNoStatistics(statistics)
      : [wording('breaker.export')];
  const calling = requests.value.filter(row => {
    const reporter = reporterOf(row);
    return reporter === 'source' || reporter === 'waypoint';
  });
  const total = sumRates(calling);
  if (!(total > 0)) {
    return nothing('unknown', [wording('figure.noCallingProxy'), ...why]);
  }
  if (calling.every(row => !(istioLabels.responseFlags in row.labels))) {
    return nothing('unknown', [
      wording('figure.lacksLabel', { label: istioLabels.responseFlags }),
      ...why,
    ]);
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
      ...said(wording('breaker.rejected')),
    };
  }
  if (hostless > 0) {
    const ready = endpoints.status === 'known' ? endpoints.value.ready : 0;
    return ready > 0
      ? {
          ...state,
          status: 'ejecting',
          ...said(wording('breaker.ejected')),
        }
      : {
          ...state,
          status: 'unknown',
          ...said(wording('breaker.hostless')),
        };
  }
  return {
    ...state,
    status: 'closed',
    ...said(wording('breaker.noneRejected'), ...why),
  };
}

function whyNoStatistics(
  statistics: Extract<BreakerEvidence['statistics'], { status: 'unknown' }>,
): Words[] {
  const words = wordsOf(statistics);
  return words.length > 0
    ? words
    : [
        wording(
          'breaker.statistics',
          {},
          {
            reason: `unknown.${statistics.reason}`,
          },
        ),
      ];
}

function nothing(
  status: 'unknown' | 'not-configured',
  why: readonly Words[] = [],
): BreakerState {
  const value =
    status === 'unknown'
      ? unknown('not-exported', why.length > 0 ? why : undefined)
      : unknown('not-configured');
  return {
    status,
    evidence: 'none',
    ejectedHosts: value,
    overflowPerSecond: value,
    ...(why.length > 0 && said(...why)),
  };
}
