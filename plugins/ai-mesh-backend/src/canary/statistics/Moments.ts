/** Single values of one version: how many, their sum, and the sum of their squares. */
export interface Moments {
  count: number;
  sum: number;
  /** Where a histogram tells it, the greatest that its buckets and the sum allow. */
  squares: number;
}

export const NO_VALUES: Moments = { count: 0, sum: 0, squares: 0 };

export function plusMoments(one: Moments, other: Moments): Moments {
  return {
    count: one.count + other.count,
    sum: one.sum + other.sum,
    squares: one.squares + other.squares,
  };
}

/** Undefined of none. */
export function meanOf({ count, sum }: Moments): number | undefined {
  return count > 0 ? sum / count : undefined;
}

/** Beyond any rounding of a mean. */
const LEAST_SCATTER = 1e-6;

/** Of single values; never quite 0, since what has looked alike so far need not stay so. */
export function varianceOf({ count, sum, squares }: Moments): number {
  const mean = count > 0 ? sum / count : 0;
  const second = count > 0 ? squares / count : 0;
  return Math.max(
    second - mean ** 2,
    (LEAST_SCATTER * mean) ** 2,
    Number.MIN_VALUE,
  );
}

/** What is beyond a histogram's largest bound is taken to be within so many times of it. */
const OPEN_BUCKET = 4;

/**
 * What a histogram's buckets and its sum tell of single values. Between a bucket's bounds the square is below its chord,
 * and a chord is a line; so the sum of squares is greatest where the sum that is left above all lower bounds lies in the
 * highest buckets. A variance from it is never understated by the width of the buckets.
 *
 * @param upTo - counts of the values up to each bound, Infinity included
 * @returns undefined where they cannot be of one histogram, or values may be below 0
 */
export function momentsOfBuckets(
  upTo: ReadonlyMap<number, number>,
  sum: number,
): Moments | undefined {
  const bounds = [...upTo.keys()].sort((a, b) => a - b);
  const count = upTo.get(Infinity);
  if (count === undefined || !(sum >= 0) || bounds[0] < 0) {
    return undefined;
  }
  const buckets = bounds.map((high, i) => ({
    low: i === 0 ? 0 : bounds[i - 1],
    high,
    count: upTo.get(high)! - (i === 0 ? 0 : upTo.get(bounds[i - 1])!),
  }));
  // Counters that are read a moment apart, or layouts of buckets that differ, do not add up.
  if (buckets.some(bucket => bucket.count < -1e-6)) {
    return undefined;
  }
  let left = buckets.reduce((rest, b) => rest - b.count * b.low, sum);
  let squares = 0;
  for (const { low, high, count: n } of buckets.reverse()) {
    const most = Number.isFinite(high) ? high : OPEN_BUCKET * low;
    const above = Math.min(Math.max(left, 0), n * Math.max(most - low, 0));
    left -= above;
    squares += n * low ** 2 + (low + most) * above;
  }
  // More than all buckets could hold: of values far beyond the largest bound.
  return { count, sum, squares: squares + Math.max(left, 0) ** 2 };
}
