import { said, wording, wordsOf } from '@ai-mesh/plugin-ai-mesh-common';
import { percent } from '../../telemetry/percentOf';
import { boundWords } from './boundWords';
import { hold, type GateContext, type GateFinding } from './GateFinding';
import { amount, relativeGate } from './relativeGate';
import { judgeShare } from './shareGate';

/**
 * A p99 is a noisy number, and two of them make a noisier ratio. Where a histogram tells how many requests were slower
 * than the stable version's p99 they are counted, and the ratio is shown beside.
 */
export function latencyGate(context: GateContext): GateFinding {
  const { latencyP99 } = context.plan.gates;
  const ratio = relativeGate(context, {
    gate: 'latency-p99',
    unit: 'ms',
    read: ({ p99Ms }) => p99Ms,
    optional: false,
    isMean: false,
    bounds: latencyP99,
  });
  const slowAboveMs =
    context.counted.status === 'known'
      ? context.counted.value.slowAboveMs
      : undefined;
  if (slowAboveMs === undefined || !latencyP99.enabled) {
    return ratio;
  }
  const judged = judgeShare(
    'slow',
    context,
    latencyP99.slowShare,
    'verb.slow',
    amount(slowAboveMs, 'ms'),
  );
  const limit = amount(slowAboveMs, 'ms');
  return {
    ...ratio,
    bounds: {
      ...ratio.bounds,
      ...boundWords(
        wording('when.slowRollBack', {
          bound: percent(latencyP99.slowShare.rollBackAbove),
          limit,
          objective: amount(latencyP99.objectiveMs, 'ms'),
        }),
        wording('when.slowAdvance', {
          bound: percent(latencyP99.slowShare.advanceBelow),
          limit,
        }),
      ),
    },
    holdReason: undefined,
    ...withRatio(withinObjective(judged, ratio, latencyP99.objectiveMs), ratio),
  };
}

/** What people are used to look at stands beside what decides. */
function withRatio(
  judged: ReturnType<typeof judgeShare>,
  { canary: { value: canary }, stable: { value: stable } }: GateFinding,
): ReturnType<typeof judgeShare> {
  if (
    canary.status === 'unknown' ||
    stable.status === 'unknown' ||
    stable.value === 0
  ) {
    return judged;
  }
  return {
    ...judged,
    ...said(
      ...wordsOf(judged),
      wording('latency.ratio', {
        value: amount(canary.value, 'ms'),
        times: Number((canary.value / stable.value).toFixed(2)),
        stable: amount(stable.value, 'ms'),
      }),
    ),
  };
}

/** Slow is not too slow: what keeps its objective is not taken back. */
function withinObjective(
  judged: ReturnType<typeof judgeShare>,
  { canary }: GateFinding,
  objectiveMs: number,
): ReturnType<typeof judgeShare> {
  if (
    judged.outcome !== 'breach' ||
    (canary.value.status === 'known' && canary.value.value > objectiveMs)
  ) {
    return judged;
  }
  return {
    ...hold(
      'between-thresholds',
      ...(judged.words ?? []),
      canary.value.status === 'known'
        ? wording('latency.kept', {
            p99: amount(canary.value.value, 'ms'),
            objective: amount(objectiveMs, 'ms'),
          })
        : wording('latency.p99Unknown'),
    ),
    test: judged.test,
  };
}
