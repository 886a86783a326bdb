/** Seconds in the largest unit that fits: `7 d`, `36 h`, `10 min`. */
export function timeSpan(seconds: number): string {
  const units: [string, number][] = [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ];
  const [unit, size] =
    units.find(([, length]) => seconds >= 2 * length) ?? units[3];
  return `${Math.round(seconds / size)} ${unit}`;
}
