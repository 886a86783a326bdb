import type { Words } from '@ai-mesh/plugin-ai-mesh-common';
import {
  chanceOf,
  excessPerSecond,
  LATELY_SECONDS,
  onsetInWords,
  type Lately,
} from '../telemetry';
import type { CallEvidence } from './callEvidence';

/** A call of somebody who has just begun to fail is suspected sooner than one of whom nobody complains. */
const CHANCE = 0.01;

/**
 * What a call's last minute says of the one that is called, beside the window before it; undefined where it went no worse.
 */
export function latelyEvidence(lately: Lately):
  | (CallEvidence & {
      verdict: 'slow' | 'falters' | 'throttles';
      clause: Words;
    })
  | undefined {
  const [worst] = (['errors', 'throttled'] as const)
    .map(of => ({ of, badPerSecond: excessPerSecond(lately, of) }))
    .filter(
      ({ of, badPerSecond }) =>
        badPerSecond > 0 && chanceOf(lately, of) < CHANCE,
    )
    .sort((a, b) => b.badPerSecond - a.badPerSecond);
  if (!worst) {
    return undefined;
  }
  const { of, badPerSecond } = worst;
  const { now, before, flags } = lately;
  const clause = onsetInWords({
    of,
    requests: now.requests,
    ratio: now[of] / now.requests,
    before: before.requests > 0 ? before[of] / before.requests : 0,
  });
  if (of === 'throttled') {
    return { verdict: 'throttles', clause, badPerSecond };
  }
  // UT: the route's timeout ran out. DC: whoever waited has gone.
  const gaveUp = (flags.UT ?? 0) + (flags.DC ?? 0);
  return {
    verdict: gaveUp >= now.errors / LATELY_SECONDS / 2 ? 'slow' : 'falters',
    clause,
    badPerSecond,
  };
}

/** How many more requests a second fail, or are throttled, in the last minute than did before, where chance does not explain that. */
export function begunPerSecond(
  lately: Lately | undefined,
  of: 'errors' | 'throttled' = 'errors',
): number {
  return lately && chanceOf(lately, of) < CHANCE
    ? excessPerSecond(lately, of)
    : 0;
}
