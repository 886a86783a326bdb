import type { CalendarPeriod } from '../objectives/SloObjective';

const DAY = 86_400;

/** OpenSLO's duration units. Months and longer are calendar spans: their usual length in seconds stands for them. */
const units: Record<string, [number, CalendarPeriod['unit']]> = {
  m: [60, 'minutes'],
  h: [3600, 'hours'],
  d: [DAY, 'days'],
  w: [7 * DAY, 'weeks'],
  M: [30 * DAY, 'months'],
  Q: [90 * DAY, 'quarters'],
  Y: [365 * DAY, 'years'],
};

/** An OpenSLO duration (`30d`, `1w`, `1Q`), or undefined when it is none. */
export function readDuration(
  text: string,
):
  { seconds: number; count: number; unit: CalendarPeriod['unit'] } | undefined {
  const [, count, letter] = /^([1-9]\d{0,4})([mhdwMQY])$/.exec(text) ?? [];
  if (!letter) {
    return undefined;
  }
  const [seconds, unit] = units[letter];
  return { seconds: Number(count) * seconds, count: Number(count), unit };
}
