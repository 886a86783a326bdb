const DAY = 86_400;

/** Seconds of OpenSLO's duration units. Months and longer are calendar spans: their usual length stands for them. */
const units: Record<string, number> = {
  m: 60,
  h: 3600,
  d: DAY,
  w: 7 * DAY,
  M: 30 * DAY,
  Q: 90 * DAY,
  Y: 365 * DAY,
};

/** Seconds of an OpenSLO duration (`30d`, `1w`, `1Q`), or undefined when it is none. */
export function durationSeconds(text: string): number | undefined {
  const [, count, unit] = /^([1-9]\d*)([mhdwMQY])$/.exec(text) ?? [];
  return unit ? Number(count) * units[unit] : undefined;
}
