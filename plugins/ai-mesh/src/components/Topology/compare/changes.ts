import type {
  Measured,
  TopologyEdge,
  Traffic,
} from '@ai-mesh/plugin-ai-mesh-common';

/** Which way something went, as far as chance does not explain it. */
export type Direction = 'more' | 'less' | 'same' | 'unknown';

/** One figure of a call at both moments. */
export interface Change<T = number> {
  then: Measured<T>;
  now: Measured<T>;
  direction: Direction;
  /** How much it changed, for an order: doublings or halvings. 0 where it is the same or not known. */
  size: number;
}

/** Deviations: what chance alone exceeds once in 400 times. */
const BEYOND_CHANCE = 3;
/** Less than these is not worth a word, however sure it is. */
const LEAST_RATE_FACTOR = 1.5;
const LEAST_ERROR_DIFFERENCE = 0.01;
const LEAST_LATENCY_FACTOR = 1.5;
const LEAST_LATENCY_DIFFERENCE_MS = 100;
/** An error ratio, so that one from nothing is no infinite change. */
const ERROR_GROUND = 0.005;
/** Doublings: one from nothing is this much of a change at most. */
const MOST_DOUBLINGS = 6;

/** How many times as much the greater of the two is. */
export const factor = (a: number, b: number): number =>
  Math.max(a, b) / Math.min(a, b);

/** A rate at both moments. */
export interface RateChange extends Change {
  /** Per second. */
  of: 'requests' | 'connections';
}

/** Requests per second, or connections opened where the call is TCP at both moments: one is not so many of the other. */
export function rateChange(then: TopologyEdge, now: TopologyEdge): RateChange {
  const isTcp = [then, now].every(({ protocol }) => protocol === 'tcp');
  const rateOf = ({ tcp, traffic }: TopologyEdge) =>
    isTcp && tcp ? tcp.connectionsOpenedPerSecond : traffic.requestsPerSecond;
  return {
    ...rateBetween(
      { then: rateOf(then), now: rateOf(now) },
      bothKnown(then.traffic.requestCount, now.traffic.requestCount),
    ),
    of: isTcp && (then.tcp ?? now.tcp) ? 'connections' : 'requests',
  };
}

function rateBetween(
  rates: { then: Measured<number>; now: Measured<number> },
  counts: [number, number] | undefined,
): Change {
  return judged(rates, (a, b) => {
    const [n, m] = counts ?? [];
    // Two Poisson counts over windows of one length.
    const sure =
      n === undefined ||
      m === undefined ||
      Math.abs(m - n) > BEYOND_CHANCE * Math.sqrt(n + m);
    return sure && factor(a, b) >= LEAST_RATE_FACTOR;
  });
}

/** The share of failed requests, told from chance by the two counts (a pooled test of two shares, corrected for steps). */
export function errorChange(then: Traffic, now: Traffic): Change {
  const ratios = { then: then.errorRatio, now: now.errorRatio };
  const counts = bothKnown(then.requestCount, now.requestCount);
  return judged(
    ratios,
    (a, b) => {
      const [n = 0, m = 0] = counts ?? [];
      const difference = Math.abs(b - a);
      if (difference < LEAST_ERROR_DIFFERENCE || n < 1 || m < 1) {
        return false;
      }
      const pooled = (a * n + b * m) / (n + m);
      const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
      return difference - (1 / n + 1 / m) / 2 > BEYOND_CHANCE * deviation;
    },
    ERROR_GROUND,
  );
}

/** The p95, milliseconds; two values of one histogram bucket are the same, for all that the histogram can tell. */
export function latencyChange(then: Traffic, now: Traffic): Change {
  const both = bothKnown(then.p95, now.p95);
  const sameBucket =
    both !== undefined &&
    both[0].lowerBoundMs === both[1].lowerBoundMs &&
    both[0].upperBoundMs === both[1].upperBoundMs;
  return judged(
    { then: milliseconds(then.p95), now: milliseconds(now.p95) },
    (a, b) =>
      !sameBucket &&
      Math.abs(b - a) >= LEAST_LATENCY_DIFFERENCE_MS &&
      factor(a, b) >= LEAST_LATENCY_FACTOR,
  );
}

function judged(
  { then, now }: { then: Measured<number>; now: Measured<number> },
  differs: (then: number, now: number) => boolean,
  ground = 0,
): Change {
  const both = bothKnown(then, now);
  if (!both) {
    return { then, now, direction: 'unknown', size: 0 };
  }
  const [a, b] = both;
  if (a === b || !differs(a, b)) {
    return { then, now, direction: 'same', size: 0 };
  }
  return {
    then,
    now,
    direction: b > a ? 'more' : 'less',
    size: Math.min(Math.log2(factor(a + ground, b + ground)), MOST_DOUBLINGS),
  };
}

function milliseconds(p95: Traffic['p95']): Measured<number> {
  return p95.status === 'known'
    ? { status: 'known', value: p95.value.valueMs }
    : p95;
}

function bothKnown<T>(then: Measured<T>, now: Measured<T>): [T, T] | undefined {
  return then.status === 'known' && now.status === 'known'
    ? [then.value, now.value]
    : undefined;
}
