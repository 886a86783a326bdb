import type { CanaryWeights } from '@ai-mesh/plugin-ai-mesh-common';

/**
 * The weights once the canary has a share: it is taken from the stable version alone, the others keep theirs.
 *
 * @param percent - of all that the route carries, 0..100
 */
export function expectedWeights(
  present: CanaryWeights,
  percent: number,
): CanaryWeights {
  const pool = present.destinations
    .filter(({ role }) => role !== 'other')
    .reduce((sum, destination) => sum + destination.percent, 0);
  const canary = Math.min(percent, pool);
  const shares = { canary, stable: pool - canary };
  return {
    ...present,
    destinations: present.destinations.map(destination =>
      destination.role === 'other'
        ? destination
        : { ...destination, percent: shares[destination.role] },
    ),
  };
}
