import {
  known,
  Latency,
  Measured,
  unknown,
  wording,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { InstantSample } from './PrometheusClient';

/**
 * Cumulative buckets of a classic histogram: upper bound -> rate (or count) of everything at or below it.
 * `Infinity` is the `+Inf` bucket.
 */
export type Buckets = ReadonlyMap<number, number>;

/**
 * Collects the buckets of one histogram from the samples of a query that keeps `le`.
 * Bounds that are spelt differently (`1000`, `1000.0`) come from different exporters and are added.
 */
export function bucketsOf(
  samples: Iterable<Pick<InstantSample, 'labels' | 'value'>>,
): Buckets {
  const buckets = new Map<number, number>();
  for (const { labels, value } of samples) {
    const bound = labels.le === '+Inf' ? Infinity : Number(labels.le || NaN);
    if (!Number.isNaN(bound) && !Number.isNaN(value)) {
      buckets.set(bound, (buckets.get(bound) ?? 0) + value);
    }
  }
  return buckets;
}

/**
 * A percentile with the bounds of the bucket that it lies in, by the rules of Prometheus' `histogram_quantile`:
 * linear within a bucket, from 0 in the first one; the highest finite bound where it lies in the `+Inf` bucket.
 *
 * @param quantile - 0 < quantile \<= 1
 * @param buckets - with bounds in milliseconds
 * @see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile
 */
export function percentile(
  quantile: number,
  buckets: Buckets,
): Measured<Latency> {
  if (!(quantile > 0 && quantile <= 1)) {
    throw new Error(`${quantile} is not a quantile between 0 and 1`);
  }
  const sorted = monotonic(buckets);
  if (sorted.length === 0) {
    return unknown('not-exported');
  }
  if (sorted.length < 2 || sorted[sorted.length - 1].bound !== Infinity) {
    return unknown('not-exported', [wording('figure.noInfBucket')]);
  }
  const total = sorted[sorted.length - 1].count;
  if (total === 0) {
    return unknown('no-traffic');
  }
  const rank = quantile * total;
  const index = sorted.findIndex(({ count }) => count > 0 && count >= rank);
  if (index === sorted.length - 1) {
    const highest = sorted[index - 1].bound;
    return known({
      valueMs: highest,
      lowerBoundMs: highest,
      upperBoundMs: null,
    });
  }
  const { bound: upper, count } = sorted[index];
  const below = index > 0 ? sorted[index - 1] : { bound: 0, count: 0 };
  const share = (rank - below.count) / (count - below.count);
  return known({
    valueMs: Math.min(below.bound + (upper - below.bound) * share, upper),
    lowerBoundMs: below.bound,
    upperBoundMs: upper,
  });
}

/** Buckets scraped at different moments may fall by a hair: each is at least its predecessor, as Prometheus has it. */
function monotonic(buckets: Buckets): { bound: number; count: number }[] {
  let highest = 0;
  return Array.from(buckets, ([bound, count]) => ({ bound, count }))
    .sort((a, b) => (a.bound < b.bound ? -1 : 1))
    .map(({ bound, count }) => {
      highest = Math.max(highest, count);
      return { bound, count: highest };
    });
}
