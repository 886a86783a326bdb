import type { BreakerSettings } from '@ai-mesh/plugin-ai-mesh-common';

/** Envoy's own, where a rule does not say. */
const DEFAULT_MAX_EJECTION = 10;

/** The share of the endpoints that may be out at once, percent: Istio hands a 0 on as if nothing had been said. */
export function maxEjectionPercent({
  maxEjectionPercent: percent,
}: NonNullable<BreakerSettings['outlierDetection']>): number {
  return percent || DEFAULT_MAX_EJECTION;
}

/**
 * How many endpoints may be out at once. Envoy ejects one where it, with those that are out already, is no more than the
 * share; the first one too (`ejectHost` in its `source/common/upstream/outlier_detection_impl.cc`).
 */
export function ejectable(endpoints: number, percent: number): number {
  return Math.floor((endpoints * percent) / 100);
}
