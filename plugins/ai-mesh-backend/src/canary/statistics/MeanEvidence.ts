import { lnSum } from './mixture';
import { LEAST_VALUES, lnPositive } from './meanTest';
import {
  meanOf,
  NO_VALUES,
  plusMoments,
  varianceOf,
  type Moments,
} from './Moments';

/** What both versions' values were in the same slice of time. */
export interface MeanSlice {
  canary: Moments;
  stable: Moments;
}

/**
 * The difference of both means over the same time: each slice with both versions weighs as much as the values that a
 * difference of its means is worth, so that neither the time of day nor the share of the canary is taken for a
 * difference. What it comes to for a bound `r` times the stable version's mean follows from these sums.
 */
interface Paired {
  /** The sum of the weights. */
  values: number;
  /** Of weight times mean. */
  canary: number;
  stable: number;
  /** Of weight squared over count: what a version's variance counts with. */
  ofCanary: number;
  ofStable: number;
}

/** Everything since a moment: the start of the run, or the last change of the weights. */
interface Span extends MeanSlice {
  of: 'run' | 'step';
  /** The how many-th of the run's spans it is, from 0; its weight follows from it. */
  index: number;
  paired: Paired;
}

/** What a run has learnt of one mean, in a form that is kept with the canary. Every function here gives a new value. */
export interface MeanEvidence {
  /** The run comes first. */
  spans: Span[];
  born: number;
  /** Since the weights changed last, and no slice that crosses the change. */
  step: MeanSlice;
  /** Of the stable version: how much its slices' means scatter, for values that are alike in the same second. */
  dispersion: { slices: number; squares: number };
}

const NOTHING_PAIRED: Paired = {
  values: 0,
  canary: 0,
  stable: 0,
  ofCanary: 0,
  ofStable: 0,
};

function newSpan(of: Span['of'], index: number): Span {
  return {
    of,
    index,
    canary: NO_VALUES,
    stable: NO_VALUES,
    paired: NOTHING_PAIRED,
  };
}

export function beginMean(): MeanEvidence {
  return {
    spans: [newSpan('run', 0)],
    born: 1,
    step: { canary: NO_VALUES, stable: NO_VALUES },
    dispersion: { slices: 0, squares: 0 },
  };
}

/** The weights have changed: what an advance looks at starts anew, what a roll-back does goes on. */
export function beginMeanStep(evidence: MeanEvidence): MeanEvidence {
  return {
    ...evidence,
    spans: [evidence.spans[0], newSpan('step', evidence.born)],
    born: evidence.born + 1,
    step: { canary: NO_VALUES, stable: NO_VALUES },
  };
}

/** Takes a slice in; one that crosses a change of the weights tells nothing of the new ones. */
export function addMeanSlice(
  evidence: MeanEvidence,
  slice: MeanSlice,
  { crossing = false }: { crossing?: boolean } = {},
): MeanEvidence {
  const both = (one: MeanSlice): MeanSlice => ({
    canary: plusMoments(one.canary, slice.canary),
    stable: plusMoments(one.stable, slice.stable),
  });
  const { slices, squares } = evidence.dispersion;
  const { count, sum } = slice.stable;
  return {
    ...evidence,
    spans: evidence.spans.map(span => ({
      ...span,
      ...both(span),
      paired: addPair(span.paired, slice),
    })),
    step: crossing ? evidence.step : both(evidence.step),
    dispersion:
      count > 0
        ? { slices: slices + 1, squares: squares + sum ** 2 / count }
        : evidence.dispersion,
  };
}

function addPair(paired: Paired, { canary, stable }: MeanSlice): Paired {
  if (canary.count === 0 || stable.count === 0) {
    return paired;
  }
  const weight = (canary.count * stable.count) / (canary.count + stable.count);
  return {
    values: paired.values + weight,
    canary: paired.canary + (weight * canary.sum) / canary.count,
    stable: paired.stable + (weight * stable.sum) / stable.count,
    ofCanary: paired.ofCanary + weight ** 2 / canary.count,
    ofStable: paired.ofStable + weight ** 2 / stable.count,
  };
}

/** Slices of independent values that are assumed beforehand: the first few say more of chance than of clumps. */
const ASSUMED_SLICES = 10;

/** How many times as much as independent values the stable version's means scatter from slice to slice; at least 1. */
export function meanDispersion({
  dispersion: { slices, squares },
  spans: [{ stable }],
}: MeanEvidence): number {
  if (slices < 2) {
    return 1;
  }
  const scatter =
    (squares - stable.sum ** 2 / stable.count) / varianceOf(stable);
  return Math.max(
    1,
    (ASSUMED_SLICES + scatter) / (ASSUMED_SLICES + slices - 1),
  );
}

/** What a mean is compared with. */
export type MeanBound =
  /** So many times the stable version's, over the same time. */
  | { timesStable: number }
  /** A value by itself. */
  | { bound: number };

/** ln e-value of the run against "the canary's mean is not above the bound"; -Infinity before there are values enough. */
export function meanAbove(evidence: MeanEvidence, bound: MeanBound): number {
  return overSpans(evidence, bound, 1);
}

/** ln e-value of the run against "the canary's mean is not below the bound". */
export function meanBelow(evidence: MeanEvidence, bound: MeanBound): number {
  return overSpans(evidence, bound, -1);
}

/** Both versions' values of the run. */
export function meansOfRun({ spans: [run] }: MeanEvidence): MeanSlice {
  return { canary: run.canary, stable: run.stable };
}

/** The ratio of both means over the same time; undefined where there was none. */
export function timesStable({ spans }: MeanEvidence): number | undefined {
  const { canary, stable } = spans[spans.length - 1].paired;
  return stable > 0 ? canary / stable : undefined;
}

const RUN = 0.7;

/** Weights of all spans that there may ever be add up to 1, so that their mean is an e-value as each of them is. */
function overSpans(
  evidence: MeanEvidence,
  bound: MeanBound,
  sign: 1 | -1,
): number {
  const run = meansOfRun(evidence);
  const scatter = meanDispersion(evidence);
  return lnSum(
    evidence.spans.map(span => {
      const { index } = span;
      const weight = index === 0 ? RUN : (1 - RUN) / (index * (index + 1));
      return Math.log(weight) + lnBeyond(span, run, bound, sign, scatter);
    }),
  );
}

function lnBeyond(
  { canary, stable, paired }: Span,
  run: MeanSlice,
  bound: MeanBound,
  sign: 1 | -1,
  dispersion: number,
): number {
  if ('bound' in bound) {
    const { count } = canary;
    if (count < LEAST_VALUES) {
      return -Infinity;
    }
    const distance = (meanOf(canary) ?? 0) - bound.bound;
    const error = Math.sqrt((varianceOf(run.canary) * dispersion) / count);
    return lnPositive((sign * distance) / error, count);
  }
  if (Math.min(canary.count, stable.count) < LEAST_VALUES) {
    return -Infinity;
  }
  const times = bound.timesStable;
  const distance = paired.canary - times * paired.stable;
  const error = Math.sqrt(
    (paired.ofCanary * varianceOf(run.canary) +
      times ** 2 * paired.ofStable * varianceOf(run.stable)) *
      dispersion,
  );
  return error > 0
    ? lnPositive((sign * distance) / error, paired.values)
    : -Infinity;
}
