import type { CandidateDestination } from './RouteSource';

/**
 * The share of each destination, 0..100. Weights are relative and need not add up to 100. A single destination gets
 * everything; of the Gateway API, where an absent weight is 1, not one of weight 0 (Istio's
 * `pilot/pkg/networking/core/route/route.go`: its own weights of 0 are none at all). Undefined where nothing can be shared
 * out: all weights are 0.
 *
 * @param absentWeight - what counts where none is written
 */
export function weightPercents(
  destinations: readonly CandidateDestination[],
  absentWeight: number,
): number[] | undefined {
  if (
    destinations.length === 1 &&
    (absentWeight === 0 || destinations[0].weight !== 0)
  ) {
    return [100];
  }
  const weights = destinations.map(({ weight }) => weight ?? absentWeight);
  if (!weights.some(weight => weight > 0)) {
    return undefined;
  }
  // Far beyond what an API server accepts, a sum may overflow: then in parts of the largest.
  const scale = Math.max(...weights) > 1e300 ? 1e-300 : 1;
  const scaled = weights.map(weight => weight * scale);
  const total = scaled.reduce((sum, weight) => sum + weight, 0);
  return scaled.map(weight => Math.min(100, (weight * 100) / total));
}
