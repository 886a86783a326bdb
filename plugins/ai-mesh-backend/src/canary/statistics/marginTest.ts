import { lnMean, xLn } from './mixture';
import type { Slice, Tally } from './Tally';

/** Shares that both versions may have in common, each a bet of its own. */
const SHARES = [
  0.0005, 0.002, 0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32,
] as const;

/** ln likelihood ratios, one for each of {@link SHARES}. */
export type MarginState = readonly number[];

export const NOTHING_EARNED: MarginState = SHARES.map(() => 0);

/**
 * Evidence against "the canary is worse than the stable version by at least a margin", slice by slice.
 *
 * A slice's likelihood where both have the same share, over that of the nearest pair of shares which are the margin
 * apart: for a convex hypothesis that ratio is an e-value (Turner, Ly, Grünwald, "Generic E-variables for exact
 * sequential k-sample tests", 2024).
 *
 * @param margin - 0 \< ratio \< 1
 */
export function addMargin(
  state: MarginState,
  { canary, stable }: Slice,
  margin: number,
): MarginState {
  if (canary.requests === 0 || stable.requests === 0) {
    return state;
  }
  return state.map((ln, i) => {
    const share = SHARES[i];
    const nearest = nearestApart(share, canary, stable, margin);
    return (
      ln +
      lnRatio(stable, share, nearest) +
      lnRatio(canary, share, nearest + margin)
    );
  });
}

/** ln e-value against "worse by the margin or more". */
export function lnWithinMargin(state: MarginState, dispersion = 1): number {
  return lnMean(state.map(ln => ln / dispersion));
}

function lnRatio(
  { requests, bad }: Tally,
  share: number,
  other: number,
): number {
  return (
    xLn(bad, share / other) + xLn(requests - bad, (1 - share) / (1 - other))
  );
}

/**
 * The stable version's share of the pair that is the margin apart and least far, by Kullback and Leibler, from both
 * having `share`. The distance is convex: Newton's steps on its slope, kept between the shares where it changes sign.
 */
function nearestApart(
  share: number,
  canary: Tally,
  stable: Tally,
  margin: number,
): number {
  let low = Math.max(share - margin, 0);
  let high = Math.min(share, 1 - margin);
  const weight = canary.requests / (canary.requests + stable.requests);
  let s = Math.max(share - margin * weight, (low + high) / 1e3);
  for (let i = 0; i < 30; i++) {
    const ofStable = slopeAt(s, share, stable.requests);
    const ofCanary = slopeAt(s + margin, share, canary.requests);
    const slope = ofStable.slope + ofCanary.slope;
    if (slope < 0) {
      low = s;
    } else {
      high = s;
    }
    const next = s - slope / (ofStable.steepness + ofCanary.steepness);
    const kept = next > low && next < high ? next : (low + high) / 2;
    if (Math.abs(kept - s) <= 1e-12) {
      return kept;
    }
    s = kept;
  }
  return s;
}

/** The first and the second derivative of requests x KL(share || at) by `at`. */
function slopeAt(at: number, share: number, requests: number) {
  const variance = at * (1 - at);
  return {
    slope: (requests * (at - share)) / variance,
    steepness:
      (requests * ((at - share) ** 2 + share * (1 - share))) / variance ** 2,
  };
}
