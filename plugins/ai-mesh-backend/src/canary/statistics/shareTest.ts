import { incbet, lbeta } from 'cephes';
import { xLn } from './mixture';
import type { Tally } from './Tally';

/**
 * How much a share of bad requests speaks against "it is at most (at least) this bound", as the logarithm of an e-value:
 * under that hypothesis its expectation is never above 1, so it ever exceeds 1/alpha with probability alpha at most,
 * however often one looks (Ville's inequality).
 *
 * It is the likelihood of the tally, averaged over shares beyond the bound, over that at the bound: a Beta prior cut at
 * the bound, so that it has a closed form (Lindon, Sanden, Shirikian, "Rapid Regression Detection in Software
 * Deployments through Sequential Testing", KDD 2022, for the idea; Robbins 1970 for the mixture).
 */
export interface Prior {
  a: number;
  b: number;
}

/** Canaries that are worse are mostly some times worse, and now and then fail altogether. */
const WORSE: Prior = { a: 0.5, b: 2 };
/** Good ones have nearly no failures. */
const BETTER: Prior = { a: 0.5, b: 1 };
/** Jeffreys' prior, which favours no share. */
const ANY: Prior = { a: 0.5, b: 0.5 };

/** ln e-value against "the share is at most `bound`"; bound: 0 \< ratio \< 1. */
export function lnAbove(tally: Tally, bound: number, prior = WORSE): number {
  const { bad, good } = parts(tally);
  const { a, b } = prior;
  // I_{1-x}(b, a) is the upper tail of I_x(a, b), without the rounding of 1 - x.
  return (
    lbeta(a + bad, b + good) +
    Math.log(incbet(b + good, a + bad, 1 - bound)) -
    lnOfPrior(prior, bound, 'above') -
    xLn(bad, bound) -
    xLn(good, 1 - bound)
  );
}

/** ln e-value against "the share is at least `bound`"; bound: 0 \< ratio \< 1. */
export function lnBelow(tally: Tally, bound: number, prior = BETTER): number {
  const { bad, good } = parts(tally);
  const { a, b } = prior;
  return (
    lbeta(a + bad, b + good) +
    Math.log(incbet(a + bad, b + good, bound)) -
    lnOfPrior(prior, bound, 'below') -
    xLn(bad, bound) -
    xLn(good, 1 - bound)
  );
}

/** By prior and side, and then by bound; a run asks for the same few thousands of times. */
const lnOfPriors = new WeakMap<
  Prior,
  Record<'above' | 'below', Map<number, number>>
>();
const MOST_BOUNDS = 1000;

/** ln of the cut prior's own mass, unnormalised. */
function lnOfPrior(
  prior: Prior,
  bound: number,
  side: 'above' | 'below',
): number {
  const sides = lnOfPriors.get(prior) ?? { above: new Map(), below: new Map() };
  lnOfPriors.set(prior, sides);
  const found = sides[side].get(bound);
  if (found !== undefined) {
    return found;
  }
  const { a, b } = prior;
  const mass = side === 'above' ? incbet(b, a, 1 - bound) : incbet(a, b, bound);
  const ln = lbeta(a, b) + Math.log(mass);
  if (sides[side].size >= MOST_BOUNDS) {
    sides[side].clear();
  }
  sides[side].set(bound, ln);
  return ln;
}

/**
 * The shares that the tally does not speak against: a confidence sequence, which may be watched all the time and holds
 * the true share throughout with probability 1 - alpha.
 *
 * @param dispersion - see `Dispersion`
 */
export function shareInterval(
  tally: Tally,
  alpha: number,
  dispersion = 1,
): { low: number; high: number } {
  if (tally.requests === 0) {
    return { low: 0, high: 1 };
  }
  const { bad, good } = parts(tally);
  const { a, b } = ANY;
  const lnMixture = lbeta(a + bad, b + good) - lbeta(a, b);
  const least = lnMixture - dispersion * Math.log(1 / alpha);
  return { low: lowest(bad, good, least), high: 1 - lowest(good, bad, least) };
}

const MOST_STEPS = 50;
/** Of a share, relative; far below what a screen shows. */
const PRECISION = 1e-10;

/**
 * The share below the estimate whose ln likelihood is `least`. By the logarithm of the share it is concave and rises up to
 * the estimate, so that Newton's steps from below never pass it.
 */
function lowest(bad: number, good: number, least: number): number {
  if (bad === 0) {
    return 0;
  }
  // If there were no good ones.
  let ln = least / bad;
  for (let i = 0; i < MOST_STEPS; i++) {
    const share = Math.exp(ln);
    const missing = least - bad * ln - good * Math.log1p(-share);
    const step = missing / (bad - (good * share) / (1 - share));
    if (!(step > PRECISION)) {
      break;
    }
    ln += step;
  }
  return Math.exp(ln);
}

/** Counts may be fractions, where a counter's first scrape is missing; they are never negative. */
function parts({ requests, bad }: Tally): { bad: number; good: number } {
  return { bad, good: requests - bad };
}
