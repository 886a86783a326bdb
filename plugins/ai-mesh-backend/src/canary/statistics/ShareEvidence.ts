import {
  addDispersion,
  dispersionOf,
  NO_DISPERSION,
  type Dispersion,
} from './Dispersion';
import {
  addMargin,
  lnWithinMargin,
  NOTHING_EARNED,
  type MarginState,
} from './marginTest';
import { lnSum } from './mixture';
import { lnAbove, lnBelow } from './shareTest';
import { NONE, plus, shareOf, type Slice, type Tally } from './Tally';
import {
  addWorse,
  lnWorse,
  NOTHING_WORSE,
  worseBy,
  type WorseState,
} from './worseTest';

/** Everything since a moment: the start of the run, the last change of the weights, or a moment within a step. */
interface Span {
  of: 'run' | 'step' | 'young';
  /** The how many-th of the run's spans it is, from 0; its weight follows from it. */
  index: number;
  canary: Tally;
  stable: Tally;
  worse: WorseState;
  slices: number;
}

/**
 * What a run has learnt of one share of requests (failed ones, throttled ones, slow ones), in a form that is kept with
 * the canary and goes on after a restart. Every function here gives a new value.
 */
export interface ShareEvidence {
  /** The run comes first. A canary that was good for an hour and fails now is noticed by what is young. */
  spans: Span[];
  /** How many spans there have been. */
  born: number;
  /** Since the weights changed last. */
  step: Slice;
  margin: MarginState;
  /** The highest that the evidence for "within the margin" has been: what was once known stays known. */
  mostWithinMargin: number;
  /** Of the stable version, from before the start on. */
  dispersion: Dispersion;
}

function newSpan(of: Span['of'], index: number): Span {
  return {
    of,
    index,
    canary: NONE,
    stable: NONE,
    worse: NOTHING_WORSE,
    slices: 0,
  };
}

/** @param before - slices of the stable version before the start, for how much its bad requests come in clumps */
export function beginEvidence(before: readonly Tally[] = []): ShareEvidence {
  return {
    spans: [newSpan('run', 0)],
    born: 1,
    step: { canary: NONE, stable: NONE },
    margin: NOTHING_EARNED,
    mostWithinMargin: 0,
    dispersion: before.reduce(addDispersion, NO_DISPERSION),
  };
}

/** The weights have changed: what counts for the next advance starts anew, what counts for a roll-back does not. */
export function beginStep(evidence: ShareEvidence): ShareEvidence {
  return {
    ...evidence,
    spans: [
      ...evidence.spans.filter(({ of }) => of !== 'step'),
      newSpan('step', evidence.born),
    ],
    born: evidence.born + 1,
    step: { canary: NONE, stable: NONE },
  };
}

/** A new span begins after so many slices, and so many of them are kept. */
const SLICES_OF_SPAN = 4;
const YOUNG_SPANS = 3;

function refreshed(evidence: ShareEvidence): ShareEvidence {
  const youngest = evidence.spans.at(-1);
  if (!youngest || youngest.slices < SLICES_OF_SPAN) {
    return evidence;
  }
  const young = evidence.spans.filter(({ of }) => of === 'young');
  const [oldest] = young.length < YOUNG_SPANS ? [] : young;
  return {
    ...evidence,
    spans: [
      ...evidence.spans.filter(span => span !== oldest),
      newSpan('young', evidence.born),
    ],
    born: evidence.born + 1,
  };
}

/** Bad shares of the stable version beyond this confidence make a slice an ill one. */
const ILL = Math.log(100);

/** Whether the stable version was beyond the bound in this very slice: then it is the service that is ill. */
export function isIll({ stable }: Slice, bound: number): boolean {
  // Up to the bound nothing speaks for more: the test need not be asked.
  return (shareOf(stable) ?? 0) > bound && lnAbove(stable, bound) >= ILL;
}

/**
 * Takes a slice in. One in which the service was ill tells how the canary did beside the stable version, and nothing of
 * what it would do by itself; one that crosses a change of the weights is no evidence for the new ones.
 *
 * @param margin - see {@link addMargin}
 */
export function addSlice(
  before: ShareEvidence,
  slice: Slice,
  margin: number,
  { ill, crossing }: { ill?: boolean; crossing?: boolean } = {},
): ShareEvidence {
  const evidence = refreshed(before);
  const worse = worseBy(slice);
  const both = ({ canary, stable }: Slice): Slice =>
    ill
      ? { canary, stable }
      : {
          canary: plus(canary, slice.canary),
          stable: plus(stable, slice.stable),
        };
  const added = {
    ...evidence,
    spans: evidence.spans.map(span => ({
      ...span,
      ...both(span),
      worse: addWorse(span.worse, worse),
      slices: span.slices + 1,
    })),
    step: crossing ? evidence.step : both(evidence.step),
    margin: addMargin(evidence.margin, slice, margin),
    // An hour of trouble is no measure for how failures come in clumps otherwise.
    dispersion: ill
      ? evidence.dispersion
      : addDispersion(evidence.dispersion, slice.stable),
  };
  return {
    ...added,
    mostWithinMargin: Math.max(
      evidence.mostWithinMargin,
      lnWithinMargin(added.margin, dispersion(added)),
    ),
  };
}

/** How much more than independent requests they scatter; at least 1. */
export function dispersion({ dispersion: state }: ShareEvidence): number {
  return dispersionOf(state);
}

/** ln e-value of the run against "the canary's share is at most `bound`". */
export function canaryAbove(evidence: ShareEvidence, bound: number): number {
  return overSpans(evidence, ({ canary }) => lnAbove(canary, bound));
}

/** ln e-value of the run against "the stable version's share is at most `bound`". */
export function stableAbove(evidence: ShareEvidence, bound: number): number {
  return overSpans(evidence, ({ stable }) => lnAbove(stable, bound));
}

/** ln e-value of the run against "the canary is no worse than the stable version was over the same time". */
export function canaryWorse(evidence: ShareEvidence): number {
  const scatter = dispersion(evidence);
  return lnSum(
    evidence.spans.map(
      ({ index, worse }) => lnWeight(index) + lnWorse(worse, scatter),
    ),
  );
}

/** ln e-value of the step against "the canary's share is at least `bound`". */
export function canaryBelow(evidence: ShareEvidence, bound: number): number {
  return lnBelow(evidence.step.canary, bound) / dispersion(evidence);
}

/** The time that speaks most against "the canary's share is at most `bound`". */
export function mostTelling(evidence: ShareEvidence, bound: number): Slice {
  const ln = (span: Span) => lnWeight(span.index) + lnAbove(span.canary, bound);
  const { canary, stable } = evidence.spans.reduce((most, span) =>
    ln(span) > ln(most) ? span : most,
  );
  return { canary, stable };
}

/** All that a share has ever been seen of. */
export function runOf({ spans: [run] }: ShareEvidence): Slice {
  return { canary: run.canary, stable: run.stable };
}

function overSpans(
  evidence: ShareEvidence,
  ln: (span: Span) => number,
): number {
  const scatter = dispersion(evidence);
  return lnSum(
    evidence.spans.map(span => lnWeight(span.index) + ln(span) / scatter),
  );
}

/** Weights of all spans that there may ever be add up to 1, so that their mean is an e-value as each of them is. */
const RUN = 0.7;

function lnWeight(index: number): number {
  return Math.log(index === 0 ? RUN : (1 - RUN) / (index * (index + 1)));
}
