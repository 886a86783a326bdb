import type { NumberField } from './Expression';

/** How a bound of each field is written. */
export const examples: Record<NumberField, string> = {
  errors: '1 %',
  p50: '2 s',
  p95: '2 s',
  p99: '2 s',
  rate: '10 req/s',
};

const durations: Record<string, number> = {
  '': 1,
  ms: 1,
  s: 1000,
  sec: 1000,
  m: 60_000,
  min: 60_000,
};
const units: Record<NumberField, Record<string, number>> = {
  errors: { '': 0.01, '%': 0.01 },
  p50: durations,
  p95: durations,
  p99: durations,
  rate: { '': 1, 'req/s': 1, '/s': 1 },
};

/** Whether a word is a unit of something, if not of what it stands behind. */
export const isUnit = (word: string) =>
  Object.values(units).some(known => Object.hasOwn(known, word));

/** The number with its unit; undefined for what is none. */
export function readNumber(
  written: string,
  field: NumberField,
): number | undefined {
  const [, digits, unit] =
    /^(\d{1,12}(?:[.,]\d{1,12})?)(\D*)$/.exec(written) ?? [];
  if (digits === undefined || !Object.hasOwn(units[field], unit)) {
    return undefined;
  }
  return Number(digits.replace(',', '.')) * units[field][unit];
}
