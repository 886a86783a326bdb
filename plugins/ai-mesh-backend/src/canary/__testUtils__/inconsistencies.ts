import {
  canaryPercent,
  type CanaryTransition,
  type CanaryWeights,
} from '@ai-mesh/plugin-ai-mesh-common';
import { sameWeights } from '../split';

/** What is wrong with a canary's history, in words; nothing where each row goes on from the one before. */
export function inconsistencies(
  history: readonly CanaryTransition[],
): string[] {
  const wrong: string[] = [];
  let weights: CanaryWeights | undefined;
  history.forEach((row, i) => {
    const before = history.at(i - 1);
    if (row.seq !== i + 1) {
      wrong.push(`row ${i + 1} has the number ${row.seq}`);
    }
    if (i > 0 && row.from !== before?.to) {
      wrong.push(`row ${row.seq} comes from ${row.from}, not ${before?.to}`);
    }
    const { weightsBefore, weightsAfter } = row;
    if (weights && weightsBefore && !sameWeights(weights, weightsBefore)) {
      wrong.push(
        `row ${row.seq} (${row.what}) goes on from ${canaryPercent(weightsBefore)}%, not ${canaryPercent(weights)}%`,
      );
    }
    weights = weightsAfter ?? weights;
  });
  return wrong;
}

/** The canary's weights by the writes that its history tells of, percent. */
export function recordedSteps(history: readonly CanaryTransition[]): number[] {
  return history
    .filter(({ what }) => what === 'step')
    .map(({ weightsAfter }) =>
      weightsAfter ? Math.round(canaryPercent(weightsAfter)) : NaN,
    );
}
