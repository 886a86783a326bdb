import type { CanaryPlan } from '@ai-mesh/plugin-ai-mesh-common';
import { FIRST_TOKEN, type MeanGate } from '../gates';
import {
  FIRST_TOKEN_BUCKETS,
  firstTokenHistogram,
  readFirstToken,
} from './aiMetrics';
import { exportedNames } from './exportedNames';
import type { EvidenceRequest } from './gatherEvidence';
import { versionSeries } from './VersionSeries';

/**
 * The histogram of the stable version's times to the first token, by its metric's name; undefined where it exports none,
 * or where that cannot be told. Asked once, before the start: what is tested must not change in the course of a run.
 */
export async function findFirstToken(
  request: EvidenceRequest,
): Promise<string | undefined> {
  const { snapshot } = request;
  const canary = versionSeries(snapshot, request.canary).pods;
  const stable = versionSeries(snapshot, request.stable).pods;
  if (canary.status === 'unknown' || stable.status === 'unknown') {
    return undefined;
  }
  const names = await exportedNames(request, FIRST_TOKEN_BUCKETS, {
    canary: canary.value,
    stable: stable.value,
  });
  return names.status === 'known'
    ? firstTokenHistogram(names.value.stable)
    : undefined;
}

/** How the plan's gate of the first token is counted, once its histogram is known. */
export function firstTokenGate(
  metric: string | undefined,
  { gates: { timeToFirstToken }, minRequests }: CanaryPlan,
): MeanGate | undefined {
  if (metric === undefined || !timeToFirstToken.enabled) {
    return undefined;
  }
  const { unitMs, failureLabel } = readFirstToken(metric);
  const series = (part: 'sum' | 'count') => ({
    series: [
      {
        metric: `${metric}_${part}`,
        matchers:
          failureLabel === undefined
            ? []
            : [{ label: failureLabel, operator: '=' as const, value: '' }],
        ofPods: true,
      },
    ],
  });
  return {
    name: FIRST_TOKEN,
    title: { en: FIRST_TOKEN },
    use: 'default',
    ifMissing: 'not-applicable',
    ofRequests: true,
    kind: 'mean',
    unit: 'ms',
    scale: unitMs,
    better: 'lower',
    rollBack: { timesStable: timeToFirstToken.rollBackAboveTimesStable },
    advance: { timesStable: timeToFirstToken.advanceUpToTimesStable },
    sum: series('sum'),
    count: series('count'),
    leastCount: minRequests,
    key: metric,
  };
}
