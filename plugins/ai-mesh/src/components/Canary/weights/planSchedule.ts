/** The canary's share from a moment of the plan on. */
export interface PlannedPoint {
  /** Seconds after the first write, if every gate passes at once. */
  atSeconds: number;
  /** 0..100 */
  percent: number;
}

/**
 * When a plan reaches which share at the earliest, and at last when it is promoted.
 *
 * @param present - the canary's share before, percent
 * @param headerPhase - an interval without any weight comes first
 */
export function planSchedule(
  steps: readonly number[],
  intervalSeconds: number,
  present: number,
  headerPhase: boolean,
): PlannedPoint[] {
  const first = headerPhase ? 1 : 0;
  const points = steps.map((percent, i) => ({
    atSeconds: (i + first) * intervalSeconds,
    percent,
  }));
  const end = {
    atSeconds: (steps.length + first) * intervalSeconds,
    percent: steps.at(-1) ?? present,
  };
  const start = headerPhase ? [{ atSeconds: 0, percent: present }] : [];
  return steps.length === 0 ? [] : [...start, ...points, end];
}
