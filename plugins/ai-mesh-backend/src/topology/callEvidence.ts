import type { TopologyEdge } from '@ai-mesh/plugin-ai-mesh-common';
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
  /** With figures; empty for `fine`. */
  words: string;
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
    return unknownCall(requestsPerSecond.message ?? requestsPerSecond.reason);
  }
  const rate = requestsPerSecond.value;
  if (rate === 0) {
    return { verdict: 'fine', words: '', badPerSecond: 0 };
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
      words: `${percentOf(gaveUp, count)} were given up while waiting`,
      badPerSecond: Math.max(gaveUp, errors) * rate,
    };
  }
  const failed = {
    words: `${percentOf(errors, count)} failed${flagsInWords(traffic.responseFlags, rate)}`,
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
    return { verdict: 'slow', words: late, badPerSecond: 0.05 * rate };
  }
  if (slowness) {
    return {
      verdict: 'slow',
      words: slownessInWords(slowness),
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
      words: `${percentOf(throttledRatio.value, count)} were throttled (429)`,
      badPerSecond: throttledRatio.value * rate,
    };
  }
  return errorRatio.status === 'unknown'
    ? unknownCall(errorRatio.message ?? errorRatio.reason)
    : { verdict: 'fine', words: '', badPerSecond: 0 };
}

function unknownCall(words: string): CallEvidence {
  return { verdict: 'unknown', words, badPerSecond: 0 };
}

/**
 * Whether one request in twenty takes longer than callers wait. A percentile is interpolated within a bucket that may
 * be wide, so it has to come close to the limit, or its whole bucket lie beyond.
 */
function beyond(
  p95: TopologyEdge['traffic']['p95'],
  patienceMs: number | undefined,
): string | undefined {
  if (patienceMs === undefined || p95.status === 'unknown') {
    return undefined;
  }
  const { valueMs, lowerBoundMs } = p95.value;
  return lowerBoundMs >= patienceMs || valueMs >= 0.8 * patienceMs
    ? `it takes ${seconds(valueMs)} (p95) where its callers wait for ${seconds(patienceMs)}`
    : undefined;
}

function flagsInWords(flags: Record<string, number>, rate: number): string {
  const [flag] = Object.entries(flags).sort(([, a], [, b]) => b - a);
  return flag ? ` (${flag[0]}: ${percent(Math.min(1, flag[1] / rate))})` : '';
}

function seconds(ms: number): string {
  return `${Number((ms / 1000).toPrecision(2))} s`;
}
