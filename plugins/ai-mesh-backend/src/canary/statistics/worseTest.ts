import { lnMean, xLn } from './mixture';
import type { Slice } from './Tally';

/** How many times as bad as the stable version a canary may be: each is a bet of its own. */
const TIMES = [1.2, 1.5, 2, 3, 5, 10, 30, 100, 1000] as const;

/** ln likelihood ratios, one for each of {@link TIMES}. */
export type WorseState = readonly number[];

export const NOTHING_WORSE: WorseState = TIMES.map(() => 0);

/**
 * What a slice adds to the evidence against "the canary is no worse than the stable version".
 *
 * Given that a request of a slice was bad, it was the canary's with a chance that follows from the slice's requests
 * alone if both are equally bad, **however bad the slice was**: a provider's trouble or the time of day make no
 * difference. Each bad request is a coin with a known bound (the count test for Poisson streams whose rate varies, in
 * Lindon, Sanden, Shirikian, KDD 2022). In a slice in which nearly all are bad the coins are drawn without putting back,
 * which scatters less: the bound still holds (Hoeffding 1963).
 */
export function worseBy({ canary, stable }: Slice): WorseState {
  if (
    canary.requests === 0 ||
    stable.requests === 0 ||
    canary.bad + stable.bad === 0
  ) {
    return NOTHING_WORSE;
  }
  const even = canary.requests / (canary.requests + stable.requests);
  return TIMES.map(times => {
    const weighted = canary.requests * times;
    const chance = weighted / (weighted + stable.requests);
    return (
      xLn(canary.bad, chance / even) +
      xLn(stable.bad, (1 - chance) / (1 - even))
    );
  });
}

/** Takes in what a slice adds. */
export function addWorse(state: WorseState, by: WorseState): WorseState {
  return by === NOTHING_WORSE ? state : state.map((ln, i) => ln + by[i]);
}

/** ln e-value against "no worse than the stable version". */
export function lnWorse(state: WorseState, dispersion = 1): number {
  return lnMean(state.map(ln => ln / dispersion));
}
