import {
  wording,
  type Slowness,
  type Traffic,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { bucketsOf } from '../prometheus/histogram';
import { USUAL_LABEL, usualSeconds } from './trafficExpressions';
import type { RateRow } from './RateRow';
import { readLatency } from './readLatency';

/** Twice as long is slow; less is within what load and buckets make of the same latency. */
const SLOW_FACTOR = 2;
/** Nobody waits noticeably longer below this. */
const SLOW_BY_MS = 100;
/** A percentile of fewer requests is chance. */
const ENOUGH_REQUESTS = 30;
/**
 * A percentile is interpolated within a bucket that may be wide: where all requests move from just below a bound to just
 * above it, it seems to double. So the bucket itself has to lie beyond what was usual.
 */
const BEYOND_BUCKET = 1.1;

/** Latencies of a time to compare with. */
export type Usual = Pick<Traffic, 'p50' | 'p95'> & { requests: number };

/** What the rows of `usualLatencyQuery` say of each of its times; a time without requests is absent. */
export function readUsual(
  rows: readonly RateRow[],
  windowSeconds: number,
): Partial<Record<Slowness['than'], Usual>> {
  const usual: Partial<Record<Slowness['than'], Usual>> = {};
  for (const than of ['hour-before', 'day-before'] as const) {
    const then = rows.filter(({ labels }) => labels[USUAL_LABEL] === than);
    const perSecond =
      bucketsOf(then.map(({ labels, rate }) => ({ labels, value: rate }))).get(
        Infinity,
      ) ?? 0;
    if (perSecond > 0) {
      const { p50, p95 } = readLatency(
        { status: 'known', value: then },
        perSecond,
      );
      usual[than] = {
        p50,
        p95,
        requests: perSecond * usualSeconds(windowSeconds),
      };
    }
  }
  return usual;
}

/**
 * Whether something takes longer than it used to. The same hour a day earlier counts where it had requests then, for some
 * hours are always slower; else the hour before the window. Undefined where it does not, or cannot be told.
 */
export function readSlowness(
  traffic: Traffic,
  usual: Partial<Record<Slowness['than'], Usual>>,
): Slowness | undefined {
  const { requestCount } = traffic;
  if (
    requestCount.status === 'unknown' ||
    requestCount.value < ENOUGH_REQUESTS
  ) {
    return undefined;
  }
  for (const than of ['day-before', 'hour-before'] as const) {
    const then = usual[than];
    if (then && then.requests >= ENOUGH_REQUESTS) {
      return slowest(traffic, then, than);
    }
  }
  return undefined;
}

function slowest(
  traffic: Traffic,
  then: Usual,
  than: Slowness['than'],
): Slowness | undefined {
  return (['p95', 'p50'] as const)
    .flatMap(percentile => {
      const now = traffic[percentile];
      const before = then[percentile];
      if (now.status === 'unknown' || before.status === 'unknown') {
        return [];
      }
      const { valueMs, lowerBoundMs } = now.value;
      const usualMs = before.value.valueMs;
      return valueMs >= SLOW_FACTOR * usualMs &&
        valueMs - usualMs >= SLOW_BY_MS &&
        lowerBoundMs >= BEYOND_BUCKET * usualMs
        ? [{ percentile, valueMs, usualMs, than }]
        : [];
    })
    .at(0);
}

/** `it takes 27 s (p95), 6 times the 4.5 s in the hour before` */
export function slownessInWords({
  percentile,
  valueMs,
  usualMs,
  than,
}: Slowness): Words {
  const seconds = (ms: number) => Number((ms / 1000).toPrecision(2));
  const params = {
    now: seconds(valueMs),
    percentile,
    usual: seconds(usualMs),
  };
  const terms = { than: `call.${than}` } as const;
  return usualMs === 0
    ? wording('call.slowerThanNothing', params, terms)
    : wording(
        'call.slower',
        { ...params, times: rounded(valueMs / usualMs) },
        terms,
      );
}

function rounded(factor: number): number {
  return Number(factor.toPrecision(2));
}
