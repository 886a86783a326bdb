import { classicBuckets } from '../prometheus/classicBuckets';
import type { InstantResult } from '../prometheus/PrometheusClient';

/** One series' mean over a window, per second. */
export interface RateRow {
  readonly labels: Readonly<Record<string, string>>;
  readonly rate: number;
}

/** The rows of an answer of Prometheus; of a native histogram those that a classic one would have, a bucket each. */
export function rateRows({
  samples,
  histograms = [],
}: InstantResult): RateRow[] {
  return [...samples, ...histograms.flatMap(classicBuckets)].map(
    ({ labels, value }) => ({ labels, rate: value }),
  );
}

/** The sum of the rows' rates; NaN when one of them is NaN. */
export function sumRates(rows: Iterable<RateRow>): number {
  let sum = 0;
  for (const row of rows) {
    sum += row.rate;
  }
  return sum;
}
