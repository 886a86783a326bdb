const UNIT_MS: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/**
 * Milliseconds of a duration as Go writes it (`1h30m`, `1.5s`, `250ms`), which the kinds of Istio and the Gateway API
 * share. Undefined where the text is no duration, or a negative one.
 */
export function parseDurationMs(text: string): number | undefined {
  if (text === '0') {
    return 0;
  }
  if (!/^(\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/.test(text)) {
    return undefined;
  }
  const part = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/y;
  let ms = 0;
  while (part.lastIndex < text.length) {
    const match = part.exec(text);
    if (!match) {
      return undefined;
    }
    ms += Number(match[1]) * UNIT_MS[match[2]];
  }
  return Number.isFinite(ms) ? ms : undefined;
}

/** A duration in the shortest exact words: `25s`, `1500ms`, `2m`. */
export function formatDuration(ms: number): string {
  const [unit, size] = (
    [
      ['h', 3_600_000],
      ['m', 60_000],
      ['s', 1000],
    ] as const
  ).find(([, length]) => ms >= length && ms % length === 0) ?? ['ms', 1];
  return `${ms / size}${unit}`;
}
