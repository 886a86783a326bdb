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
  return `(${series} unless (${series} offset ${window})) or increase(${series}[${window}])` as Expr;
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
  const born = bornIn(series, windowSeconds, memorySeconds);
  return `(${born}) or increase(${series}[${duration(windowSeconds)}])` as Expr;
}

/** The newborn series of {@link increaseWithRareBirths} alone. */
export function bornIn(
  series: Selector,
  windowSeconds: number,
  memorySeconds: number,
): Expr {
  return `${series} unless ${lastOverTime(series, memorySeconds, windowSeconds)}` as Expr;
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

/** {@link rate} over a window of seconds that ended some seconds ago. */
export function rateBefore(
  series: Selector,
  windowSeconds: number,
  endedSecondsAgo: number,
): Expr {
  return `rate(${series}[${duration(windowSeconds)}] offset ${duration(endedSecondsAgo)})` as Expr;
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

/** The value that a series had some seconds ago. */
export function valueBefore(series: Selector, secondsAgo: number): Expr {
  return `${series} offset ${duration(secondsAgo)}` as Expr;
}

/** The series that do not have the value of some seconds ago: they have grown, begun anew, or were not there. */
export function changedIn(series: Selector, seconds: number): Expr {
  return `${series} unless (${series} == ${valueBefore(series, seconds)})` as Expr;
}

/**
 * What counters have grown by in a window of seconds, nothing extrapolated: one window begins with the very sample that
 * the one before ended with, so that a jump between two of them is not missed. A counter that fell is left out.
 */
export function grownOver(series: Selector, windowSeconds: number): Expr {
  return `${series} - ${valueBefore(series, windowSeconds)} >= 0` as Expr;
}

/**
 * What counters have grown by from a moment (Unix seconds, by Prometheus' clock) to some seconds ago, as whole as they
 * were counted: unlike `increase`, nothing is extrapolated, and the pieces of a time add up to all of it. A counter that
 * fell counts from 0. A series is newborn, and counts whole, where it had no sample in the `memorySeconds` before; one
 * that was only missing is not in the answer: see {@link returnedSince}.
 *
 * @param read - makes numbers that only ever grow of what the series hold; whatever it is, in parentheses of its own
 * @see https://prometheus.io/docs/prometheus/latest/querying/basics/#modifier (since 2.33 without a flag)
 */
export function grownSince(
  series: Selector,
  span: CountSpan,
  read: (values: Expr) => Expr = values => values,
): Expr {
  const now = read(valueBefore(series, span.settleSeconds));
  const before = read(`${series} @ ${moment(span.fromUnixSeconds)}` as Expr);
  return `(${now} - ${before} >= 0) or (${now} < ${before}) or (${now} unless ${remembered(series, span)})` as Expr;
}

/** The newborn series of {@link grownSince} alone. */
export function bornSince(series: Selector, span: CountSpan): Expr {
  return `${valueBefore(series, span.settleSeconds)} unless ${remembered(series, span)}` as Expr;
}

/** Series that were missing at the moment that is counted from, had been there shortly before, and are back. */
export function returnedSince(series: Selector, span: CountSpan): Expr {
  return `(${valueBefore(series, span.settleSeconds)} and ${remembered(series, span)}) unless ${series} @ ${moment(span.fromUnixSeconds)}` as Expr;
}

/** From when to when counters are compared. */
export interface CountSpan {
  fromUnixSeconds: number;
  /** The end is so long ago: scrapes that are older have arrived. */
  settleSeconds: number;
  memorySeconds: number;
}

function remembered(series: Selector, span: CountSpan): string {
  return `last_over_time(${series}[${duration(span.memorySeconds)}] @ ${moment(span.fromUnixSeconds)})`;
}

/** PromQL has milliseconds. */
function moment(unixSeconds: number): string {
  return unixSeconds.toFixed(3);
}

/**
 * When the newest sample of any of the series was scraped, Unix seconds, of those that are at least some seconds old;
 * nothing where none has one of late.
 */
export function newestSample(series: Selector, secondsAgo: number): Expr {
  return `max(timestamp(${valueBefore(series, secondsAgo)}))` as Expr;
}

/** Prometheus' clock, Unix seconds. */
export function evaluationTime(): Expr {
  return 'vector(time())' as Expr;
}
