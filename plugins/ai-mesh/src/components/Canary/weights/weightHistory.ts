import {
  canaryPercent,
  type CanaryTransition,
} from '@ai-mesh/plugin-ai-mesh-common';

/** The canary's share from a moment on. */
export interface WeightPoint {
  /** Milliseconds since the epoch. */
  atMs: number;
  /** 0..100 */
  percent: number;
  /** Somebody else than the canary's engine or controllers wrote it. */
  drift: boolean;
}

/**
 * The canary's share over time, oldest first, one point a change and one for the present.
 *
 * @param until - the end of the line: the present, or the canary's end
 */
export function weightHistory(
  transitions: readonly CanaryTransition[],
  until: Date,
): WeightPoint[] {
  const points: WeightPoint[] = [];
  for (const { at, what, weightsBefore, weightsAfter } of transitions) {
    const atMs = Date.parse(at);
    if (weightsBefore && points.length === 0) {
      points.push({
        atMs,
        percent: canaryPercent(weightsBefore),
        drift: false,
      });
    }
    if (weightsAfter) {
      const percent = canaryPercent(weightsAfter);
      if (percent !== points.at(-1)?.percent) {
        points.push({ atMs, percent, drift: what === 'drift' });
      }
    }
  }
  const last = points.at(-1);
  return last
    ? [...points, { ...last, atMs: Math.max(last.atMs, until.getTime()) }]
    : [];
}
