import { countFromNewWeights, qualityFromNewWeights } from '../gates';
import type { CanaryProgress } from './CanaryRecord';

/** New weights are judged by what comes after them. */
export function newWeights(
  { counted, quality }: CanaryProgress,
  at: Date,
): Partial<CanaryProgress> {
  return {
    observedMs: 0,
    lookedAt: at.toISOString(),
    breaches: {},
    counted: counted && countFromNewWeights(counted),
    quality: quality && qualityFromNewWeights(quality),
  };
}
