/** Where a threshold lies among a histogram's bounds, all in the metric's own unit. */
export interface ThresholdBounds {
  /** The bound at or below the threshold; 0 in the first bucket. */
  below: number;
  above: number;
  /** How far the threshold is into the bucket, 0..1: 0 is exact. */
  share: number;
}

/**
 * Undefined where the threshold is above every finite bound: how much of the last bucket is good cannot be told.
 *
 * @param bounds - ascending, finite
 */
export function thresholdBounds(
  bounds: readonly number[],
  threshold: number,
): ThresholdBounds | undefined {
  const index = bounds.findIndex(bound => bound >= threshold);
  if (index < 0) {
    return undefined;
  }
  const above = bounds[index];
  if (above === threshold) {
    return { below: above, above, share: 0 };
  }
  const below = index > 0 ? bounds[index - 1] : 0;
  return { below, above, share: (threshold - below) / (above - below) };
}

/** Good events by linear interpolation within the bucket, as Prometheus' `histogram_quantile` does. */
export function goodEvents(
  { below, above, share }: ThresholdBounds,
  atOrBelow: (bound: number) => number,
): number {
  const low = below > 0 ? atOrBelow(below) : 0;
  return share === 0 ? low : low + (atOrBelow(above) - low) * share;
}
