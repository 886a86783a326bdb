/** Kiali's rates are text: two digits, or as many as a small number needs for one that counts, at most five. */
export function rateText(rate: number): string {
  let digits = 2;
  while (digits < 5 && rate > 0 && rate < 10 ** -digits) {
    digits += 1;
  }
  return rate.toFixed(digits);
}

/** A share of 100 as text with one digit. */
export function percentText(share: number): string {
  return (100 * share).toFixed(1);
}

/** Seconds of Kiali's durations: `10m`, `60s`, `1h`. @returns undefined where it is none */
export function durationSeconds(text: string): number | undefined {
  const match = /^(\d+)([smhd])$/.exec(text);
  const unit = { s: 1, m: 60, h: 3600, d: 86_400 };
  return match
    ? Number(match[1]) * unit[match[2] as keyof typeof unit]
    : undefined;
}
