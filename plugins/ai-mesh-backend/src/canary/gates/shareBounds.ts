import type { CanaryPlan } from '@ai-mesh/plugin-ai-mesh-common';

/** The gates that are a share of requests, as the plan calls them. */
export type ShareName = 'errorRate' | 'throttled' | 'slow';

export const shareNames: readonly ShareName[] = [
  'errorRate',
  'throttled',
  'slow',
];

/** The bounds of a share, ratios 0..1. */
export interface ShareBounds {
  rollBackAbove: number;
  advanceBelow: number;
  nonInferiorityMargin: number;
}

/** The bounds of each share in a plan. */
export function boundsOf({
  gates,
}: Pick<CanaryPlan, 'gates'>): Record<ShareName, ShareBounds> {
  return {
    errorRate: gates.errorRate,
    throttled: gates.throttled,
    slow: gates.latencyP99.slowShare,
  };
}

/** A share that a test can ask about: neither 0 nor 1. */
export function within(share: number): number {
  return Math.min(Math.max(share, 1e-6), 1 - 1e-6);
}
