import type { Health } from '@ai-mesh/plugin-ai-mesh-common';

/** Worst first. */
export const severity: Record<Health['status'], number> = {
  failing: 0,
  slow: 1,
  degraded: 2,
  unknown: 3,
  healthy: 4,
};
