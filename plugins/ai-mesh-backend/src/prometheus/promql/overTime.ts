import { duration, type Expr, type Selector } from './text';

/** Keeps a metric's name where a number would lose it. */
export const METRIC_LABEL = 'ai_mesh_metric';

/** Per second, over a window in seconds. */
export function rate(series: Selector, windowSeconds: number): Expr {
  return `rate(${series}[${duration(windowSeconds)}])` as Expr;
}

/** In the window (seconds) as a whole. */
export function increase(series: Selector, windowSeconds: number): Expr {
  return `increase(${series}[${duration(windowSeconds)}])` as Expr;
}

/** As {@link increase}, over a window of seconds that ended some seconds ago. */
export function increaseBefore(
  series: Selector,
  windowSeconds: number,
  endedSecondsAgo: number,
): Expr {
  return `increase(${series}[${duration(windowSeconds)}] offset ${duration(endedSecondsAgo)})` as Expr;
}

/**
 * In the window (seconds) as a whole, for counters of events that happen once a night: `increase` needs two samples, and
 * so misses what a series counted before its first one. A series that was not there at the window's start counts whole;
 * so does one after a gap in scraping, and all of them at the first moment that Prometheus knows.
 */
export function increaseWithBirths(
  series: Selector,
  windowSeconds: number,
): Expr {
  const window = duration(windowSeconds);
  return `(${series} unless ${series} offset ${window}) or increase(${series}[${window}])` as Expr;
}

/**
 * As {@link increaseWithBirths}, but a series that was there at any time in the `memorySeconds` before the window is no
 * newborn: one scrape that failed marks its series as gone, and must not make them count whole.
 */
export function increaseWithRareBirths(
  series: Selector,
  windowSeconds: number,
  memorySeconds: number,
): Expr {
  const before = lastOverTime(series, memorySeconds, windowSeconds);
  return `(${series} unless ${before}) or increase(${series}[${duration(windowSeconds)}])` as Expr;
}

/** The last value that a series had in a window of seconds that ended some seconds ago. */
export function lastOverTime(
  series: Selector,
  windowSeconds: number,
  endedSecondsAgo: number,
): Expr {
  return `last_over_time(${series}[${duration(windowSeconds)}] offset ${duration(endedSecondsAgo)})` as Expr;
}

/** 1 for each series that had a sample in a window of seconds. */
export function presentOverTime(series: Selector, windowSeconds: number): Expr {
  return `present_over_time(${series}[${duration(windowSeconds)}])` as Expr;
}

/** The highest value that a gauge had in a window of seconds. */
export function maxOverTime(series: Selector, windowSeconds: number): Expr {
  return `max_over_time(${series}[${duration(windowSeconds)}])` as Expr;
}

/**
 * When each series had its last sample (Unix seconds, to the step), looking back over a window of seconds in steps of
 * seconds. Series of several metrics are told apart by {@link METRIC_LABEL}, for the time of a sample has no name.
 */
export function lastSeen(
  series: Selector,
  windowSeconds: number,
  stepSeconds: number,
): Expr {
  const named = `label_replace(${series}, "${METRIC_LABEL}", "$1", "__name__", "(.*)")`;
  return `max_over_time(timestamp(${named})[${duration(windowSeconds)}:${duration(stepSeconds)}])` as Expr;
}
