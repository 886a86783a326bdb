import type { CanaryState } from '@ai-mesh/plugin-ai-mesh-common';
import type { CanaryRecord } from '../machine';

/** A canary as whoever looks back at it sees it. */
export interface PastCanary {
  state: CanaryState;
  /** ISO 8601; absent while it runs. */
  endedAt?: string;
  /** ISO 8601 */
  requestedAt: string;
  /** It has changed weights. */
  moved: boolean;
  /** Its plan has a gate beside those of the requests. */
  hasQualityGate: boolean;
}

export function pastCanary({
  state,
  endedAt,
  requestedAt,
  progress,
  plan,
}: CanaryRecord): PastCanary {
  return {
    state,
    endedAt,
    requestedAt,
    moved: progress.written !== undefined,
    // Chosen when it was asked for, also where the request named none.
    hasQualityGate: (plan.qualityGates ?? []).length > 0,
  };
}
