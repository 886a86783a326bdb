import type { CandidateDestination } from './RouteSource';

/**
 * The share of each destination, 0..100. Weights are relative and need not add up to 100. A single destination gets
 * everything, whatever its weight. Undefined where nothing can be shared out: all weights are 0.
 */
export function weightPercents(
  destinations: readonly CandidateDestination[],
  absentWeight: number,
): number[] | undefined {
  if (
    destinations.length === 1 &&
    (destinations[0].weight === undefined || destinations[0].weight > 0)
  ) {
    return [100];
  }
  const weights = destinations.map(({ weight }) => weight ?? absentWeight);
  // Relative to the largest, so that no sum overflows.
  const largest = Math.max(0, ...weights);
  if (largest === 0) {
    return undefined;
  }
  const total = weights.reduce((sum, weight) => sum + weight / largest, 0);
  return weights.map(weight => ((weight / largest) * 100) / total);
}
