import { xLn } from './mixture';

/** Kullback and Leibler's distance of two shares, nats a request. */
export function distance(share: number, from: number): number {
  return xLn(share, share / from) + xLn(1 - share, (1 - share) / (1 - from));
}

/**
 * The mean number of requests that no test can do without to tell `share` from `bound` with an error of alpha (Wald,
 * "Sequential Tests of Statistical Hypotheses", 1945); Infinity where they are the same.
 */
export function waldRequests(
  share: number,
  bound: number,
  alpha: number,
): number {
  return Math.log(1 / alpha) / distance(share, bound);
}
