import type { Tally } from './Tally';

/**
 * What is needed to tell how much bad requests come in clumps: a provider that stumbles for two seconds fails many
 * together, and they are no independent coins.
 */
export interface Dispersion {
  slices: number;
  requests: number;
  bad: number;
  /** The sum of bad² / requests over the slices. */
  squares: number;
}

export const NO_DISPERSION: Dispersion = {
  slices: 0,
  requests: 0,
  bad: 0,
  squares: 0,
};

/** Slices of independent requests that are assumed beforehand: the first few say more of chance than of clumps. */
const ASSUMED_SLICES = 10;

export function addDispersion(
  state: Dispersion,
  { requests, bad }: Tally,
): Dispersion {
  return requests === 0
    ? state
    : {
        slices: state.slices + 1,
        requests: state.requests + requests,
        bad: state.bad + bad,
        squares: state.squares + bad ** 2 / requests,
      };
}

/**
 * Pearson's dispersion of the counts, at least 1: how many times as much as independent requests they scatter. An
 * e-value to the power of 1/dispersion is one for clumped requests, as long as it is not understated.
 */
export function dispersionOf({
  slices,
  requests,
  bad,
  squares,
}: Dispersion): number {
  const share = bad / requests;
  if (slices < 2 || !(share > 0) || share >= 1) {
    return 1;
  }
  const scatter = (squares - bad ** 2 / requests) / (share * (1 - share));
  return Math.max(
    1,
    (ASSUMED_SLICES + scatter) / (ASSUMED_SLICES + slices - 1),
  );
}
