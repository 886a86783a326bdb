/** A percentage, and how many it stands on: `12.3 %` of `340`. */
export function percentOf(
  ratio: number,
  count: number,
): { share: string; count: number } {
  return { share: percent(ratio), count: amount(count) };
}

/** `12.3 %` */
export function percent(ratio: number): string {
  const value = ratio * 100;
  if (value > 0 && value < 0.1) {
    return '< 0.1%';
  }
  return `${Number(value.toFixed(1))}%`;
}

/** An extrapolated count: whole from 10 on. */
function amount(count: number): number {
  return count >= 10 ? Math.round(count) : Number(count.toFixed(1));
}
