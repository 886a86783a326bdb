import { ndtr } from 'cephes';
import type { Moments } from './Moments';
import { varianceOf } from './Moments';

/**
 * Tests and intervals of means of single values (times, tokens, scores) that may be looked at all the time. Values have
 * no known bound and are skewed, so there is no test of them that is exact from the first one on; these are asymptotic:
 * the error is what it is said to be as the number of values grows, whatever they are distributed like, however often
 * one looks, if looking begins late enough (Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas, "Time-uniform central limit
 * theory and asymptotic confidence sequences", Annals of Statistics 2024; Bibaut, Kallus, Lindon, "Near-optimal
 * non-parametric sequential tests and confidence sequences with possibly dependent observations", 2022).
 */
export const LEAST_VALUES = 100;

/** The mixture is the most telling at about so many values: 12 times as many as that. */
const SCALE = 8;

/**
 * ln e-value of a normal mixture over the effects of one sign against "the expectation of z is at most 0" (Robbins 1970).
 *
 * @param z - a sum over its standard deviation
 * @param values - how many single values the sum is worth
 */
export function lnPositive(z: number, values: number): number {
  const k = values / SCALE;
  const kept = k / (1 + k);
  return (
    Math.LN2 -
    Math.log1p(k) / 2 +
    (z ** 2 * kept) / 2 +
    lnNormal(z * Math.sqrt(kept))
  );
}

/** ln of the normal distribution up to x; far out by Mills' ratio. */
function lnNormal(x: number): number {
  return x > -20
    ? Math.log(ndtr(x))
    : -(x ** 2) / 2 - Math.log(-x) - Math.log(2 * Math.PI) / 2;
}

/**
 * The means that the values do not speak against: an asymptotic confidence sequence.
 *
 * @param dispersion - how many times as much as independent values their mean scatters
 */
export function meanInterval(
  moments: Moments,
  alpha: number,
  dispersion = 1,
): { low: number; high: number } | undefined {
  const { count, sum } = moments;
  if (count < LEAST_VALUES) {
    return undefined;
  }
  const k = count / SCALE;
  const widths = Math.sqrt(
    ((1 + 1 / k) / count) * (Math.log1p(k) + 2 * Math.log(1 / alpha)),
  );
  const half = widths * Math.sqrt(varianceOf(moments) * dispersion);
  return { low: sum / count - half, high: sum / count + half };
}
