import type { CanaryPlan } from '@ai-mesh/plugin-ai-mesh-common';
import type { CountedEvidence } from '../gates';

/** Scrapes are not quite their interval apart, and a question is asked a little sooner or later than it was meant to be. */
const MARGIN_SECONDS = 0.2;

/**
 * When to look again after a slice was counted, in seconds from then: as soon as what is scraped next of the canary has
 * arrived, so that no bad news lies there until somebody looks; at the latest when the plan's time between two checks is
 * over. A sequential test may be asked at any moment.
 *
 * @param scrapeSeconds - between two scrapes
 */
export function secondsToNextLook(
  { checkSeconds }: Pick<CanaryPlan, 'checkSeconds'>,
  { until, newest }: Pick<CountedEvidence, 'until' | 'newest'>,
  scrapeSeconds: number,
): number {
  if (newest === undefined) {
    return checkSeconds;
  }
  // Both are as long ago as a scrape takes to arrive, and the newest is never after the slice.
  const arrives = newest - until + MARGIN_SECONDS;
  const scrapes = Math.floor(
    (checkSeconds + MARGIN_SECONDS - arrives) / scrapeSeconds,
  );
  const seconds = arrives + scrapes * scrapeSeconds;
  return seconds > 0 ? seconds : checkSeconds;
}
