const UNITS_MS: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** `1.5s`, `2m30s`, as Go writes durations, in milliseconds; undefined where it is none. */
export function goDurationMs(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)];
  return parts.length === 0 || parts.map(([part]) => part).join('') !== text
    ? undefined
    : parts.reduce(
        (sum, [, number, unit]) => sum + Number(number) * UNITS_MS[unit],
        0,
      );
}
