import { nice, ticks } from 'd3-array';
import { utcTicks } from 'd3-time';

/** Steps of an axis of values, about. */
const STEPS = 4;

/** Round values that hold a range, lowest first, a few of them. */
export function valueTicks(low: number, high: number): number[] {
  const [first, last] = nice(low, high === low ? low + 1 : high, STEPS);
  return ticks(first, last, STEPS);
}

/** Round moments within a span of milliseconds, as many as find room. */
export function timeTicks(from: number, to: number, most: number): number[] {
  const [start, stop] = [new Date(from), new Date(to)];
  // It is asked for about so many, and may give twice that.
  for (let about = Math.max(1, most); ; about /= 2) {
    const moments = utcTicks(start, stop, about);
    if (moments.length <= most + 1 || about < 1) {
      return moments.map(Number);
    }
  }
}
