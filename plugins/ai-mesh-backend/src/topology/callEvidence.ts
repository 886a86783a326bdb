import {
  wording,
  type TopologyEdge,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  DEGRADED_ERROR_RATIO,
  FAILING_ERROR_RATIO,
  percent,
  percentOf,
  slownessInWords,
} from '../telemetry';
import { latelyEvidence } from './latelyEvidence';
import type { OutageEdge } from './traceBlame';

/**
 * What a call says of the one that is called:
 *
 * - `fails`: it answers with errors, or not at all
 * - `slow`: it does not answer in time, its own numbers may look healthy; or takes longer than it used to
 * - `falters`: it answers some with errors, too few to be failing by themselves
 * - `throttles`: it answers 429
 * - `fine`, `unknown`
 */
export interface CallEvidence {
  verdict: 'fails' | 'slow' | 'falters' | 'throttles' | 'fine' | 'unknown';
  /** A clause with figures; absent for `fine` and `unknown`. */
  clause?: Words;
  /** Requests per second that it is bad for. */
  badPerSecond: number;
  /** Where it only takes longer than it used to: by how many milliseconds. */
  longerByMs?: number;
}

/** Over this ratio a provider's throttling is worth a mention. */
const THROTTLED_RATIO = 0.05;

/**
 * Reads a call.
 *
 * @param patienceMs - how long callers wait for an answer; undefined where that is not known, or for ever
 */
export function callEvidence(
  {
    traffic,
    slowness,
    onset,
    lately,
  }: Pick<OutageEdge, 'traffic' | 'slowness' | 'onset' | 'lately'>,
  patienceMs: number | undefined,
): CallEvidence {
  const { requestsPerSecond, requestCount, errorRatio, throttledRatio } =
    traffic;
  if (requestsPerSecond.status === 'unknown') {
    return { verdict: 'unknown', badPerSecond: 0 };
  }
  const rate = requestsPerSecond.value;
  if (rate === 0) {
    return { verdict: 'fine', badPerSecond: 0 };
  }
  const count = requestCount.status === 'known' ? requestCount.value : 0;
  // UT: the route's timeout ran out. DC: whoever waited has gone.
  const gaveUp =
    ((traffic.responseFlags.UT ?? 0) + (traffic.responseFlags.DC ?? 0)) / rate;
  const errors = errorRatio.status === 'known' ? errorRatio.value : 0;
  const late = beyond(traffic.p95, patienceMs);
  if (gaveUp > FAILING_ERROR_RATIO && gaveUp >= errors / 2) {
    return {
      verdict: 'slow',
      clause: wording('call.givenUp', percentOf(gaveUp, count)),
      badPerSecond: Math.max(gaveUp, errors) * rate,
    };
  }
  const failed = {
    clause: failedClause(errors, count, traffic.responseFlags, rate),
    badPerSecond: errors * rate,
  };
  if (errors > FAILING_ERROR_RATIO) {
    return { verdict: 'fails', ...failed };
  }
  const begun = lately && latelyEvidence(lately);
  if (begun && onset?.of === 'errors') {
    return { ...begun, verdict: begun.verdict === 'slow' ? 'slow' : 'fails' };
  }
  if (late) {
    return { verdict: 'slow', clause: late, badPerSecond: 0.05 * rate };
  }
  if (slowness) {
    return {
      verdict: 'slow',
      clause: slownessInWords(slowness),
      badPerSecond: 0.05 * rate,
      longerByMs: slowness.valueMs - slowness.usualMs,
    };
  }
  if (errors > DEGRADED_ERROR_RATIO) {
    return { verdict: 'falters', ...failed };
  }
  if (
    throttledRatio.status === 'known' &&
    throttledRatio.value > THROTTLED_RATIO
  ) {
    return {
      verdict: 'throttles',
      clause: wording('call.throttled', percentOf(throttledRatio.value, count)),
      badPerSecond: throttledRatio.value * rate,
    };
  }
  return {
    verdict: errorRatio.status === 'unknown' ? 'unknown' : 'fine',
    badPerSecond: 0,
  };
}

/**
 * Whether one request in twenty takes longer than callers wait. A percentile is interpolated within a bucket that may
 * be wide, so it has to come close to the limit, or its whole bucket lie beyond.
 */
function beyond(
  p95: TopologyEdge['traffic']['p95'],
  patienceMs: number | undefined,
): Words | undefined {
  if (patienceMs === undefined || p95.status === 'unknown') {
    return undefined;
  }
  const { valueMs, lowerBoundMs } = p95.value;
  return lowerBoundMs >= patienceMs || valueMs >= 0.8 * patienceMs
    ? wording('call.late', {
        now: seconds(valueMs),
        patience: seconds(patienceMs),
      })
    : undefined;
}

/** With the flag that most of them carry. */
function failedClause(
  errors: number,
  count: number,
  flags: Record<string, number>,
  rate: number,
): Words {
  const params = percentOf(errors, count);
  const [most] = Object.entries(flags).sort(([, a], [, b]) => b - a);
  return most
    ? wording('call.failedWith', {
        ...params,
        flag: most[0],
        flagged: percent(Math.min(1, most[1] / rate)),
      })
    : wording('call.failed', params);
}

function seconds(ms: number): number {
  return Number((ms / 1000).toPrecision(2));
}
