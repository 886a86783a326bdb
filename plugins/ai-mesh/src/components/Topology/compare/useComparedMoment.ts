import { parseMoment, useSearchParam } from '../../../hooks';

/** Nothing; so much before the moment that is shown; or a moment by itself (ISO 8601). */
export type ComparedMoment = '' | 'hour' | 'day' | (string & {});

const EARLIER_MS: Record<string, number> = { hour: 3_600_000, day: 86_400_000 };

const parse = (written: string | null): ComparedMoment =>
  written === 'hour' || written === 'day' ? written : parseMoment(written);

/** The moment that the reader compares with, from the address. */
export function useComparedMoment() {
  return useSearchParam<ComparedMoment>('with', parse, '');
}

/**
 * The moment to ask about, to the minute where it goes along with a moving present, so that several rounds share an answer.
 *
 * @param shown - what it is compared with (ISO 8601)
 */
export function momentOf(compared: ComparedMoment, shown: string): string {
  const earlier = EARLIER_MS[compared];
  if (earlier === undefined) {
    return compared;
  }
  const then = Date.parse(shown) - earlier;
  return new Date(then - (then % 60_000)).toISOString();
}
