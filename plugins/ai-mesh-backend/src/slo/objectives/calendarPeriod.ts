import { DateTime } from 'luxon';
import type { CalendarPeriod } from './SloObjective';

/**
 * The calendar period that a moment is in, by the clock of its time zone: a month that begins in summer time may end
 * in winter time.
 */
export function calendarPeriod(
  { startTime, timeZone, count, unit }: CalendarPeriod,
  now: Date,
): { startsAt: Date; endsAt: Date } {
  const first = DateTime.fromSQL(startTime, { zone: timeZone });
  const present = DateTime.fromJSDate(now, { zone: timeZone });
  const nth = (n: number) => first.plus({ [unit]: n * count });
  // `diff` rounds by its own rules at month ends, so look one further on either side.
  let n = Math.floor(present.diff(first, unit).as(unit) / count) + 1;
  while (nth(n) > present) {
    n -= 1;
  }
  return { startsAt: nth(n).toJSDate(), endsAt: nth(n + 1).toJSDate() };
}
