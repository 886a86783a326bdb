const UNIT_MS: Record<string, number> = {
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
  us: 0.001,
  ns: 0.000001,
};

/**
 * Milliseconds of a duration as Istio writes it: `60s`, `1m30s`, `0.5s`.
 *
 * @returns undefined where the text is none, or absent
 */
export function durationMs(text: string | undefined): number | undefined {
  if (!text) {
    return undefined;
  }
  let total = 0;
  let rest = text;
  while (rest !== '') {
    const part = /^(\d+(?:\.\d+)?)(ms|us|ns|h|m|s)/.exec(rest);
    if (!part) {
      return undefined;
    }
    total += Number(part[1]) * UNIT_MS[part[2]];
    rest = rest.slice(part[0].length);
  }
  return total;
}
