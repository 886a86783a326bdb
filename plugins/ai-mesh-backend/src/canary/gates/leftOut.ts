import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import type { CountedEvidence, CountedSlice } from './CountedEvidence';

/** Why a slice cannot be counted whole; undefined where it can. */
export function leftOut(
  { usual }: CountedEvidence,
  slice: CountedSlice,
): Words | undefined {
  const seconds = Math.round(slice.to - slice.from);
  if (slice.returned > 0) {
    return wording('leftOut.returned', { seconds, series: slice.returned });
  }
  const { canary, stable } = slice.shares.errorRate;
  const expected =
    usual.seconds > 0
      ? (usual.requests / usual.seconds) * (slice.to - slice.from)
      : 0;
  const grown = canary.requests + stable.requests - slice.born;
  return isJump(slice.born, Math.max(grown, expected))
    ? wording('leftOut.bornRequests', {
        seconds,
        born: Math.round(slice.born),
      })
    : undefined;
}

/** A new pod's first scrape holds some seconds of a share of the traffic; a doubled series holds its whole past. */
export function isJump(born: number, expected: number): boolean {
  return born > 100 + 3 * expected;
}
