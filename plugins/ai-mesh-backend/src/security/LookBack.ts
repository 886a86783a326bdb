/** How far back observation looks, and in which steps. */
export interface LookBack {
  readonly seconds: number;
  /** Each point of a range query stands for the step before it. */
  readonly stepSeconds: number;
  /**
   * The window of what happens now. A range's last point may be almost a step old: an instant query over at least a
   * step leaves no gap between the two.
   */
  readonly recentSeconds: number;
}

/** Prometheus answers at most 11,000 points a series; a week in quarters of an hour is far below. */
const MOST_POINTS = 672;
/** Fewer than four scrapes, at the usual 15 to 60 seconds, make no increase that can be trusted. */
const SHORTEST_STEP = 300;

/** @param seconds - how far back to look; a short one, as in a demo, is cut into at least ten steps */
export function lookBack(seconds: number): LookBack {
  const shortest = Math.min(SHORTEST_STEP, seconds / 10);
  const stepSeconds =
    Math.ceil(Math.max(seconds / MOST_POINTS, shortest) / 15) * 15;
  return {
    seconds,
    stepSeconds,
    recentSeconds: Math.max(stepSeconds, Math.min(SHORTEST_STEP, seconds / 2)),
  };
}

/** The points to ask for, up to now. */
export function rangeOf(
  { seconds, stepSeconds }: LookBack,
  now: Date,
): { start: Date; end: Date; stepSeconds: number } {
  return {
    start: new Date(now.getTime() - (seconds - stepSeconds) * 1000),
    end: now,
    stepSeconds,
  };
}
