import {
  wording,
  type CanaryMeanEstimate,
  type CanaryMeanTest,
  type CanaryPlan,
  type TextKey,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  LEAST_VALUES,
  meanAbove,
  meanBelow,
  meanDispersion,
  meanInterval,
  meanOf,
  meansOfRun,
  type MeanBound,
  type MeanEvidence,
  type MeanSlice,
  type Moments,
} from '../statistics';
import { breach, hold, pass, type Outcome } from './GateFinding';

/** A bound of a number: by itself, against the stable version's, or both. */
export interface NumberBound {
  bound?: number;
  timesStable?: number;
}

/** What a mean is decided with. */
export interface MeanQuestion {
  evidence: MeanEvidence;
  better: 'lower' | 'higher';
  /** Rolls back where it is known to be beyond each bound that is given. */
  rollBack: NumberBound;
  /** Advances where its estimate is within one of those that are given. */
  advance: NumberBound;
  /** Values of each version that an advance needs. */
  leastCount: number;
  confidence: CanaryPlan['confidence'];
  /** This gate's part of the error that the plan allows. */
  alpha: number;
  /** Where it gets none, what it was like before stands for it. */
  stableHasTraffic: boolean;
  /** The gate's unit in that of the values: 1000 for milliseconds of seconds. */
  scale?: number;
  /** A value of the gate's unit, with the digits that tell something. */
  say: (value: number) => string | number;
  /** Of what it says, where that is a number. */
  saidIn?: 'ms' | 'tokens';
}

/** The decision, and what it rests on. */
export function decideMean(question: MeanQuestion): {
  outcome: Outcome;
  meanTest: CanaryMeanTest;
} {
  const meanTest = testOf(question);
  return { outcome: decide(question, meanTest), meanTest };
}

function testOf(question: MeanQuestion): CanaryMeanTest {
  const { evidence, better, alpha, confidence, scale = 1 } = question;
  const dispersion = meanDispersion(evidence);
  const estimate = (moments: Moments): CanaryMeanEstimate => {
    const interval = meanInterval(moments, 1 - confidence, dispersion);
    const mean = meanOf(moments);
    return {
      values: moments.count,
      ...(mean !== undefined && { mean: mean * scale }),
      ...(interval && {
        interval: { low: interval.low * scale, high: interval.high * scale },
      }),
    };
  };
  const [beyond, within] =
    better === 'lower' ? [meanAbove, meanBelow] : [meanBelow, meanAbove];
  const bounds = rollBackBounds(question);
  const ln = (test: typeof beyond) =>
    bounds.map(bound => test(evidence, bound));
  const { canary, stable } = shown(evidence);
  return {
    canary: estimate(canary),
    stable: estimate(stable),
    evidence: {
      beyondBound: ratio(Math.min(...ln(beyond)), Math.log(1 / alpha)),
      withinBound: ratio(
        Math.max(...ln(within)),
        Math.log(1 / (1 - confidence)),
      ),
    },
    dispersion,
  };
}

/** Of the present weights; the stable version's of before, once it gets no traffic. */
function shown(evidence: MeanEvidence): MeanSlice {
  const { canary, stable } = evidence.step;
  return {
    canary,
    stable: stable.count > 0 ? stable : meansOfRun(evidence).stable,
  };
}

/**
 * Once the stable version gets no traffic, no time is the same any more: what it was like before stands for it, with as
 * much doubt as there was.
 */
function rollBackBounds({
  evidence,
  better,
  rollBack: { bound, timesStable },
  confidence,
  stableHasTraffic,
}: MeanQuestion): MeanBound[] {
  const bounds: MeanBound[] = bound === undefined ? [] : [{ bound }];
  if (timesStable === undefined) {
    return bounds;
  }
  const { stable } = meansOfRun(evidence);
  const interval = stableHasTraffic
    ? undefined
    : meanInterval(stable, 1 - confidence, meanDispersion(evidence));
  const doubted = better === 'lower' ? interval?.high : interval?.low;
  return [
    ...bounds,
    doubted === undefined ? { timesStable } : { bound: timesStable * doubted },
  ];
}

function decide(
  { better, advance, leastCount, rollBack, say, saidIn }: MeanQuestion,
  { canary, stable, evidence }: CanaryMeanTest,
): Outcome {
  const beside = stable.mean === undefined ? 'mean.found' : 'mean.foundBeside';
  const sentence = (key: TextKey, params?: Words['params']): Words =>
    wording(
      key,
      {
        ...(canary.mean !== undefined && { value: say(canary.mean) }),
        values: Math.round(canary.values),
        ...(stable.mean !== undefined && { stable: say(stable.mean) }),
        stableValues: Math.round(stable.values),
        ...(saidIn && { unit: saidIn }),
        ...params,
      },
      { found: canary.mean === undefined ? 'mean.none' : beside },
    );
  if (evidence.beyondBound >= 1) {
    return breach(sentence('mean.breach'));
  }
  const compares =
    rollBack.timesStable !== undefined || advance.timesStable !== undefined;
  const sides = [
    { whose: 'version.canary' as const, values: canary.values },
    ...(compares
      ? [{ whose: 'version.stable' as const, values: stable.values }]
      : []),
  ];
  const few = sides.find(({ values }) => values < leastCount);
  if (few) {
    return hold(
      'insufficient-traffic',
      wording(
        'mean.few',
        { had: Math.floor(few.values), needed: leastCount },
        { whose: few.whose },
      ),
    );
  }
  const isWithin = (bound: number) =>
    better === 'lower' ? canary.mean! <= bound : canary.mean! >= bound;
  const advances = [
    ...(advance.bound === undefined ? [] : [advance.bound]),
    ...(advance.timesStable === undefined || stable.mean === undefined
      ? []
      : [advance.timesStable * stable.mean]),
  ];
  if (!advances.some(isWithin)) {
    return hold('between-thresholds', sentence('mean.between'));
  }
  if (evidence.withinBound < 1) {
    return hold(
      'between-thresholds',
      canary.interval
        ? sentence('mean.notWithin')
        : sentence('mean.begins', { least: LEAST_VALUES }),
    );
  }
  return pass(sentence('mean.pass'));
}

function ratio(ln: number, needed: number): number {
  // An e-value of nothing is 0, whose logarithm no JSON holds.
  return ln === -Infinity ? 0 : Math.max(-100, ln / needed);
}
