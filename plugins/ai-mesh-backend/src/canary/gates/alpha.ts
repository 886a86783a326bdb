import type { CanaryGroup, CanaryPlan } from '@ai-mesh/plugin-ai-mesh-common';
import type { ShareName } from './shareBounds';

/**
 * The plan that one canary of a request is judged by. Of a request for several clusters one that is rolled back takes all
 * back, so that the error that its plan allows is that of all of them together.
 */
export function planOfOne({
  plan,
  group,
}: {
  plan: CanaryPlan;
  group?: Pick<CanaryGroup, 'clusters'>;
}): CanaryPlan {
  return group
    ? {
        ...plan,
        confidence: 1 - (1 - plan.confidence) / group.clusters.length,
      }
    : plan;
}

/** How the error that a plan allows is shared out: mostly to what canaries are mostly rolled back for. */
const parts: Record<ShareName | 'quality', number> = {
  errorRate: 0.7,
  throttled: 0.15,
  slow: 0.15,
  quality: 0.15,
};

/** @param qualityShares - further gates with a test, each of which takes a part */
export function alphaOf(
  name: ShareName | 'quality',
  { gates, confidence }: Pick<CanaryPlan, 'gates' | 'confidence'>,
  qualityShares = 0,
): number {
  const all =
    (gates.errorRate.enabled ? parts.errorRate : 0) +
    (gates.throttled.enabled ? parts.throttled : 0) +
    (gates.latencyP99.enabled ? parts.slow : 0) +
    qualityShares * parts.quality;
  return ((1 - confidence) * parts[name]) / all;
}
