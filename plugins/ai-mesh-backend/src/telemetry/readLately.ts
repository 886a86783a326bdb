import { incbet } from 'cephes';
import {
  wording,
  type Onset,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { lacksReporter } from './chooseReporters';
import { LATELY_SECONDS, REQUEST_LABELS } from './trafficExpressions';
import { percent, percentOf } from './percentOf';
import { sumRates, type RateRow } from './RateRow';
import {
  isError,
  isThrottled,
  missingErrorLabel,
  responseFlags,
} from './readTraffic';

/** How many requests there were, and how they went. */
export interface Counts {
  requests: number;
  errors: number;
  throttled: number;
}

/** The last minute beside the rest of the window. */
export interface Lately {
  now: Counts;
  before: Counts;
  /** Envoy's response flags in the last minute, with their rates per second. */
  flags: Record<string, number>;
}

/** What of the last minute may be worse than it was. */
type Bad = Onset['of'];

/**
 * So many of the last minute's requests have failed where something has begun: half of what fails a service, for it may
 * have begun in the middle of that minute.
 */
const BEGUN: Record<Bad, number> = { errors: 0.025, throttled: 0.05 };
/** At least so many times as many as before. */
const TIMES = 2;
/** With fewer requests before there is nothing to compare with. */
const ENOUGH_BEFORE = 30;
/** What chance alone does more often than this has not begun: a dozen services are looked at, every quarter of a minute. */
const CHANCE = 1e-5;

/**
 * What the rows say of the last minute; undefined where they do not.
 *
 * @param lately - rates of requests over the last minute
 * @param window - of the same requests over the whole window
 */
export function readLately(
  lately: readonly RateRow[],
  window: readonly RateRow[],
  windowSeconds: number,
): Lately | undefined {
  if (
    lately.length === 0 ||
    [...lately, ...window].some(
      ({ rate }) => !(rate >= 0 && rate < Infinity),
    ) ||
    lacksReporter(lately) ||
    missingErrorLabel(lately) !== undefined
  ) {
    return undefined;
  }
  const now = countsOf(lately, LATELY_SECONDS);
  const all = countsOf(window, windowSeconds);
  const badBefore = (isBad: (row: RateRow) => boolean) =>
    countBefore(lately.filter(isBad), window.filter(isBad), windowSeconds);
  return {
    now,
    before: {
      // Each of the two is extrapolated by itself.
      requests: Math.max(0, all.requests - now.requests),
      errors: badBefore(isError),
      throttled: badBefore(isThrottled),
    },
    flags: responseFlags(lately),
  };
}

/** Series by series: of one that is new in the last minute the window counts less, which is nothing that others had less before. */
function countBefore(
  lately: readonly RateRow[],
  window: readonly RateRow[],
  windowSeconds: number,
): number {
  const counts = new Map<string, number>();
  const count = (rows: readonly RateRow[], seconds: number) => {
    for (const { labels, rate } of rows) {
      const key = REQUEST_LABELS.map(label => labels[label]).join('\n');
      counts.set(key, (counts.get(key) ?? 0) + rate * seconds);
    }
  };
  count(window, windowSeconds);
  count(lately, -LATELY_SECONDS);
  return [...counts.values()].reduce(
    (sum, before) => sum + Math.max(0, before),
    0,
  );
}

function countsOf(rows: readonly RateRow[], seconds: number): Counts {
  const count = (some: readonly RateRow[]) => sumRates(some) * seconds;
  return {
    requests: count(rows),
    errors: count(rows.filter(isError)),
    throttled: count(rows.filter(isThrottled)),
  };
}

/** What has begun in the last minute; undefined where nothing has, or where that cannot be told. */
export function readOnset(lately: Lately | undefined): Onset | undefined {
  if (!lately || lately.before.requests < ENOUGH_BEFORE) {
    return undefined;
  }
  return (['errors', 'throttled'] as const)
    .filter(of => {
      const { ratio, before } = sharesOf(lately, of);
      return (
        ratio >= BEGUN[of] &&
        ratio >= TIMES * before &&
        chanceOf(lately, of) < CHANCE
      );
    })
    .map(of => ({
      of,
      requests: lately.now.requests,
      ...sharesOf(lately, of),
    }))
    .at(0);
}

function sharesOf({ now, before }: Lately, of: Bad) {
  const share = (counts: Counts) =>
    counts.requests > 0 ? Math.min(1, counts[of] / counts.requests) : 0;
  return { ratio: share(now), before: share(before) };
}

/**
 * How likely chance alone puts so many of the window's bad requests into its last minute, if nothing has changed: each of
 * them is there with the chance that any request is (binomial, P(X >= bad) = I_q(bad, rest + 1), which holds for
 * extrapolated counts too).
 */
export function chanceOf({ now, before }: Lately, of: Bad): number {
  const bad = now[of];
  const requests = now.requests + before.requests;
  return bad > 0 && requests > 0
    ? incbet(bad, before[of] + 1, now.requests / requests)
    : 1;
}

/** How likely chance alone puts so few of the window's requests into its last minute, of which each is with that share. */
export function chanceOfSoFew({ now, before }: Lately, share: number): number {
  return before.requests > 0
    ? incbet(before.requests, now.requests + 1, 1 - share)
    : 1;
}

/** How many more requests a second are bad in the last minute than at the share of before; 0 where none are. */
export function excessPerSecond(lately: Lately, of: Bad): number {
  const { ratio, before } = sharesOf(lately, of);
  return (Math.max(0, ratio - before) * lately.now.requests) / LATELY_SECONDS;
}

/** `8 % of 240 requests failed in the last minute, 0.3 % before` */
export function onsetInWords({ of, ratio, requests, before }: Onset): Words {
  return wording(of === 'errors' ? 'call.begun' : 'call.begunThrottled', {
    ...percentOf(ratio, requests),
    before: percent(before),
  });
}
