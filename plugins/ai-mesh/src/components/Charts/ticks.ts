/** What reads well between two powers of ten. */
const ROUND = [1, 2, 2.5, 5, 10];
/** Seconds: what a clock is read in. */
const SPANS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600,
  43_200, 86_400,
];
/** Steps of an axis of values, where they are round. */
const STEPS = 4;

/** Round values that hold a range, lowest first, a few of them. */
export function valueTicks(low: number, high: number): number[] {
  const step = roundUp((high - low || 1) / STEPS);
  const first = Math.floor(low / step);
  const last = Math.max(Math.ceil(high / step), first + 1);
  return Array.from({ length: last - first + 1 }, (_, i) =>
    // 3 * 0.1 is not 0.3.
    Number(((first + i) * step).toPrecision(12)),
  );
}

function roundUp(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  return power * ROUND.find(round => round * power >= step * (1 - 1e-9))!;
}

/** Round moments within a span of milliseconds, as many as find room. */
export function timeTicks(from: number, to: number, most: number): number[] {
  const room = (to - from) / 1000 / Math.max(1, most);
  const day = SPANS[SPANS.length - 1];
  const seconds =
    SPANS.find(span => span >= room) ?? Math.ceil(room / day) * day;
  const step = seconds * 1000;
  const first = Math.ceil(from / step);
  return Array.from(
    { length: Math.floor(to / step) - first + 1 },
    (_, i) => (first + i) * step,
  );
}
