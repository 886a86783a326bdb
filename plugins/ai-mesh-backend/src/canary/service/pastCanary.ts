import type { CanaryPlan, CanaryState } from '@ai-mesh/plugin-ai-mesh-common';
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
  /** Its plan judges what answers say, and not only how they come. */
  hasQualityGate: boolean;
}

/** Gates that judge how answers come. */
const TRAFFIC_GATES = new Set([
  'errorRate',
  'latencyP99',
  'throttled',
  'tokensPerRequest',
  'timeToFirstToken',
]);

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
    hasQualityGate: hasQualityGate(plan),
  };
}

function hasQualityGate({ gates }: CanaryPlan): boolean {
  return Object.entries<unknown>(gates).some(
    ([name, gate]) =>
      !TRAFFIC_GATES.has(name) &&
      (Array.isArray(gate) ? gate.length > 0 : gate !== undefined),
  );
}
