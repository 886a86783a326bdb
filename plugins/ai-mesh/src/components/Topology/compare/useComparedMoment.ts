import { parseMoment, useSearchParam } from '../../../hooks';
import { VERSIONS } from './compareVersions';

/**
 * Nothing; so much before the moment that is shown; a moment by itself (ISO 8601); or that of a canary's step
 * (`step:<ISO 8601>`, or `step:` as long as none is chosen). Or two versions of one moment, see `compareVersions`.
 */
export type ComparedMoment = '' | 'hour' | 'day' | (string & {});

/** How a canary's step begins in the address. */
export const STEP = 'step:';

const EARLIER_MS: Record<string, number> = { hour: 3_600_000, day: 86_400_000 };

const parse = (written: string | null): ComparedMoment => {
  if (
    written === 'hour' ||
    written === 'day' ||
    written?.startsWith(VERSIONS)
  ) {
    return written;
  }
  return written?.startsWith(STEP)
    ? `${STEP}${parseMoment(written.slice(STEP.length))}`
    : parseMoment(written);
};

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
    return compared.startsWith(STEP) ? compared.slice(STEP.length) : compared;
  }
  const then = Date.parse(shown) - earlier;
  return new Date(then - (then % 60_000)).toISOString();
}
