import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import {
  addMeanSlice,
  beginMean,
  beginMeanStep,
  meansOfRun,
  type MeanEvidence,
  type MeanSlice,
} from '../../statistics';
import { isJump } from '../leftOut';
import type { QualityGate } from './QualityGate';

/** Values of both versions since the last look. */
export interface ValueSlice extends MeanSlice {
  /** Of series that were not there before. */
  born: number;
  /** Series that are back after a gap. */
  returned: number;
}

/** What a run has learnt of a gate's mean. */
export interface LearntMean {
  key: string;
  evidence: MeanEvidence;
  usual: { values: number; seconds: number };
  /** Why the last slice was left out: a text, in records of older releases. */
  leftOut?: Words | string;
}

export type LearntMeans = Record<string, LearntMean>;

export function meansFromNewWeights(means: LearntMeans): LearntMeans {
  return Object.fromEntries(
    Object.entries(means).map(([name, mean]) => [
      name,
      { ...mean, evidence: beginMeanStep(mean.evidence) },
    ]),
  );
}

/** Whether both versions' scatter has been known: from then on a test judges it, and no bounds. */
export function isTested({ evidence }: LearntMean): boolean {
  const { canary, stable } = meansOfRun(evidence);
  return canary.count > 0 && stable.count > 0;
}

/**
 * Takes in what a look found of the means whose scatter is known.
 *
 * @param slices - by gate; absent where nothing tells how much its values scatter
 */
export function takeInMeans(
  before: LearntMeans,
  slices: Record<string, ValueSlice | undefined>,
  gates: readonly QualityGate[],
  { seconds, crossing }: { seconds: number; crossing: boolean },
): LearntMeans {
  const learnt = { ...before };
  for (const gate of gates) {
    if (gate.kind === 'mean') {
      const known = before[gate.name];
      const mean = known?.key === gate.key ? known : undefined;
      const slice = slices[gate.name];
      if (slice) {
        learnt[gate.name] = addValues(
          mean ?? newMean(gate.key),
          slice,
          seconds,
          crossing,
        );
      } else if (mean && isTested(mean)) {
        learnt[gate.name] = {
          ...mean,
          leftOut: wording('leftOut.buckets', { seconds: Math.round(seconds) }),
        };
      }
    }
  }
  return learnt;
}

function newMean(key: string): LearntMean {
  return { key, evidence: beginMean(), usual: { values: 0, seconds: 0 } };
}

function addValues(
  { key, evidence, usual }: LearntMean,
  { canary, stable, born, returned }: ValueSlice,
  seconds: number,
  crossing: boolean,
): LearntMean {
  const values = canary.count + stable.count;
  const expected =
    usual.seconds > 0 ? (usual.values / usual.seconds) * seconds : 0;
  const time = { seconds: Math.round(seconds) };
  if (returned > 0) {
    return {
      key,
      evidence,
      usual,
      leftOut: wording('leftOut.returned', { ...time, series: returned }),
    };
  }
  if (isJump(born, Math.max(values - born, expected))) {
    return {
      key,
      evidence,
      usual,
      leftOut: wording('leftOut.bornValues', {
        ...time,
        born: Math.round(born),
      }),
    };
  }
  return {
    key,
    usual: {
      values: usual.values + values,
      seconds: usual.seconds + seconds,
    },
    evidence:
      values > 0
        ? addMeanSlice(evidence, { canary, stable }, { crossing })
        : evidence,
  };
}
