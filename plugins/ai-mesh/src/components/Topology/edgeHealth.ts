import type { Health, TopologyEdge } from '@ai-mesh/plugin-ai-mesh-common';

/** The bounds by which the backend judges a service; a call is judged by the same. */
const FAILING_ERROR_RATIO = 0.05;
const DEGRADED_ERROR_RATIO = 0.01;
const DEGRADED_THROTTLED_RATIO = 0.05;

/** A call's health by its own errors; unknown as long as its errors are. */
export function edgeHealth(edge: TopologyEdge): Health['status'] {
  const { errorRatio, throttledRatio } = edge.traffic;
  if (errorRatio.status === 'unknown') {
    return 'unknown';
  }
  if (errorRatio.value > FAILING_ERROR_RATIO || edge.onset?.of === 'errors') {
    return 'failing';
  }
  if (edge.slowness) {
    return 'slow';
  }
  const throttled =
    throttledRatio.status === 'known' &&
    throttledRatio.value > DEGRADED_THROTTLED_RATIO;
  return throttled || edge.onset || errorRatio.value > DEGRADED_ERROR_RATIO
    ? 'degraded'
    : 'healthy';
}

/** Whether a health is worth a colour. */
export function isAlarming(
  health: Health['status'],
): health is 'failing' | 'slow' | 'degraded' {
  return health === 'failing' || health === 'slow' || health === 'degraded';
}
