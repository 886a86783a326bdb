import {
  known,
  unknown,
  wording,
  type CanaryMeasurement,
  type CanaryShareEstimate,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { CountedEvidence } from './CountedEvidence';
import { alphaOf } from './alpha';
import { shareBoundWords } from './boundWords';
import { decideShare } from './decideShare';
import { lostInDoubt } from './lostRequests';
import type { ShareBounds, ShareName } from './shareBounds';
import type { ShareQuestion } from './ShareQuestion';
import { testedCount } from './quality/QualityGate';
import {
  hold,
  holdUnknown,
  notApplicable,
  type GateContext,
  type GateFinding,
  type Outcome,
} from './GateFinding';

/** The error rate, with the requests that never reached the canary. */
export function errorRateGate(context: GateContext): GateFinding {
  return shareGate('error-rate', context, context.plan.gates.errorRate);
}

/** Requests that were refused with 429. */
export function throttledGate(context: GateContext): GateFinding {
  return shareGate('throttled', context, context.plan.gates.throttled);
}

const shares = {
  'error-rate': { name: 'errorRate', verb: 'verb.failed' },
  throttled: { name: 'throttled', verb: 'verb.throttled' },
} as const;

type Judged = Outcome & Pick<GateFinding, 'test'>;

function shareGate(
  gate: 'error-rate' | 'throttled',
  context: GateContext,
  bounds: ShareBounds & { enabled: boolean },
): GateFinding {
  const { evidence } = context;
  const { name, verb } = shares[gate];
  const judged: Judged = bounds.enabled
    ? judgeShare(name, context, bounds, verb)
    : notApplicable(wording('gate.off'));
  const side = (version: 'canary' | 'stable'): CanaryMeasurement => {
    const estimate = judged.test?.[version];
    return {
      ...(estimate ? measured(estimate) : unmeasured(context)),
      ...countedBy(context, version),
    };
  };
  return {
    gate,
    unit: 'ratio',
    windowSeconds: evidence.windowSeconds,
    canary: side('canary'),
    stable: side('stable'),
    bounds: {
      rollBack: known(bounds.rollBackAbove),
      advance: known(bounds.advanceBelow),
      ...shareBoundWords(bounds),
    },
    ...judged,
  };
}

/** What the counts say of a share; a look that could not count decides nothing. */
export function judgeShare(
  name: ShareName,
  context: GateContext,
  bounds: ShareBounds,
  verb: ShareQuestion['verb'],
  limit?: number,
): Judged {
  const { counted, plan } = context;
  if (counted.status === 'unknown') {
    return holdUnknown('what.requests', counted);
  }
  const evidence = counted.value.shares[name];
  if (!evidence) {
    return hold('no-data', wording('share.noHistogram'));
  }
  if (name === 'slow' && counted.value.slowUntold) {
    return hold('no-data', wording('share.noBucket', { limit: limit ?? '' }));
  }
  const { outcome, test } = decideShare({
    evidence,
    bounds,
    plan,
    verb,
    limit,
    alpha: alphaOf(name, plan, testedCount(context.quality?.gates ?? [])),
    passesHalf: context.passesHalf,
    ill: counted.value.ill?.includes(name) ?? false,
    stableHasTraffic: context.stableHasTraffic,
    inDoubt:
      name === 'errorRate'
        ? lostInDoubt(
            counted.value.lostOfStep,
            usualLostShare(context.baseline),
          )
        : 0,
  });
  const seconds = secondsFor(test.requestsToDecision, context, counted.value);
  return {
    ...outcome,
    test:
      seconds === undefined ? test : { ...test, secondsToDecision: seconds },
  };
}

/** The query that counts what a share of requests is judged by. */
function countedBy(
  { counted }: GateContext,
  version: 'canary' | 'stable',
): { promql?: string } {
  const promql =
    counted.status === 'known' ? counted.value.promql?.[version] : undefined;
  return promql === undefined ? {} : { promql };
}

/** How long the canary takes for so many requests, at the run's traffic and its present weight. */
function secondsFor(
  requests: number | undefined,
  { canaryPercent = 0 }: GateContext,
  { usual }: CountedEvidence,
): number | undefined {
  const perSecond =
    usual.seconds > 0
      ? ((usual.requests / usual.seconds) * canaryPercent) / 100
      : 0;
  return requests !== undefined && perSecond > 0
    ? Math.ceil(requests / perSecond)
    : undefined;
}

function usualLostShare(baseline: GateContext['baseline']): number | undefined {
  return baseline?.lostShare.status === 'known'
    ? baseline.lostShare.value
    : undefined;
}

function measured({ requests, bad }: CanaryShareEstimate): CanaryMeasurement {
  return {
    value: requests > 0 ? known(bad / requests) : unknown('no-traffic'),
    requests: known(requests),
  };
}

function unmeasured({ counted }: GateContext): CanaryMeasurement {
  const why =
    counted.status === 'unknown' ? counted : unknown('not-configured');
  return { value: why, requests: why };
}
