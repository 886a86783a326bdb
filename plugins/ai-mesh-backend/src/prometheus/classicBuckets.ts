import type { InstantHistogram, InstantSample } from './PrometheusClient';

const [SMALLEST, LARGEST] = [-10, 22];
/** Every histogram of exponential buckets has a bound there, however finely it is divided: what is below can be counted. */
const BOUNDS = Array.from(
  { length: LARGEST - SMALLEST + 1 },
  (_, index) => 2 ** (SMALLEST + index),
);

/** How many rows there are of one. */
export const NATIVE_BUCKETS = BOUNDS.length + 1;

/**
 * A native histogram as the buckets of a classic one, at the powers of two from a thousandth to four million: the same
 * bounds for all, so that those of several series add up. Inside a bucket that a bound divides (custom ones) what is below
 * is taken to be spread evenly.
 */
export function classicBuckets({
  labels,
  count,
  buckets,
}: InstantHistogram): Pick<InstantSample, 'labels' | 'value'>[] {
  const below = (bound: number) =>
    buckets.reduce(
      (sum, { lower, upper, count: inside }) =>
        sum + inside * shareBelow(bound, lower, upper),
      0,
    );
  return [
    ...BOUNDS.map(bound => ({
      labels: { ...labels, le: String(bound) },
      value: below(bound),
    })),
    { labels: { ...labels, le: '+Inf' }, value: count },
  ];
}

function shareBelow(bound: number, lower: number, upper: number): number {
  if (upper <= bound) {
    return 1;
  }
  return lower >= bound || !Number.isFinite(upper - lower)
    ? 0
    : (bound - lower) / (upper - lower);
}
