import { known, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import { percent } from '../../telemetry/percentOf';
import {
  hold,
  holdUnknown,
  promqlOf,
  tooFew,
  type GateContext,
  type GateFinding,
  type Outcome,
} from './GateFinding';
import { lostByCanary, type LostByCanary } from './lostRequests';

const NOTHING_LOST: LostByCanary = { atLeast: 0, atMost: 0 };

/** The error rate, with the requests that never reached the canary. */
export function errorRateGate(context: GateContext): GateFinding {
  return ratioGate(
    'error-rate',
    context,
    context.plan.gates.errorRate,
    measures => measures.errorRatio,
    lostByCanary(context.evidence, context.baseline),
  );
}

/** Requests that were refused with 429. */
export function throttledGate(context: GateContext): GateFinding {
  return ratioGate(
    'throttled',
    context,
    context.plan.gates.throttled,
    measures => measures.throttledRatio,
    NOTHING_LOST,
  );
}

function ratioGate(
  gate: 'error-rate' | 'throttled',
  context: GateContext,
  bounds: { enabled: boolean; rollBackAbove: number; advanceBelow: number },
  read: (measures: GateContext['evidence']['canary']) => Measured<number>,
  lost: LostByCanary,
): GateFinding {
  const { evidence } = context;
  const { canary, stable } = evidence;
  const finding = {
    gate,
    unit: 'ratio' as const,
    windowSeconds: evidence.windowSeconds,
    canary: {
      value: withLost(read(canary), canary.requests, lost.atLeast),
      requests: canary.requests,
      ...promqlOf(evidence, gate, 'canary'),
    },
    stable: {
      value: read(stable),
      requests: stable.requests,
      ...promqlOf(evidence, gate, 'stable'),
    },
    bounds: {
      rollBack: known(bounds.rollBackAbove),
      advance: known(bounds.advanceBelow),
      rollBackWhen: `above ${percent(bounds.rollBackAbove)}`,
      advanceWhen: `below ${percent(bounds.advanceBelow)}`,
    },
  };
  if (!bounds.enabled) {
    return {
      ...finding,
      outcome: 'not-applicable',
      message: 'Switched off in the plan.',
    };
  }
  return { ...finding, ...judge(gate, context, bounds, read(canary), lost) };
}

function judge(
  gate: 'error-rate' | 'throttled',
  context: GateContext,
  bounds: { rollBackAbove: number; advanceBelow: number },
  value: Measured<number>,
  lost: LostByCanary,
): Outcome {
  const { requests } = context.evidence.canary;
  const verb = gate === 'error-rate' ? 'failed' : 'were throttled (429)';
  const everyRequest = withRequests(requests, lost.atLeast);
  const few = tooFew('canary', everyRequest, context);
  if (few) {
    return few;
  }
  const atLeast = withLost(value, requests, lost.atLeast);
  const atMost = withLost(value, requests, lost.atMost);
  const what = `The share of requests that ${verb}`;
  if (atLeast.status === 'unknown') {
    return holdUnknown(what, atLeast);
  }
  if (atMost.status === 'unknown') {
    return holdUnknown(what, atMost);
  }
  const count = everyRequest.status === 'known' ? everyRequest.value : 0;
  const text = `${percent(atLeast.value)} of ${Math.round(count)} requests ${verb}`;
  if (atLeast.value > bounds.rollBackAbove) {
    return {
      outcome: 'breach',
      message: `${text}, more than ${percent(bounds.rollBackAbove)}.`,
    };
  }
  if (atMost.value < bounds.advanceBelow) {
    return { outcome: 'pass', message: `${text}.` };
  }
  return hold(
    'between-thresholds',
    atLeast.value < bounds.advanceBelow
      ? `${text}, and ${Math.round(lost.atMost)} more reached no version: at worst ${percent(atMost.value)}, not below ${percent(bounds.advanceBelow)}.`
      : `${text}: not below ${percent(bounds.advanceBelow)}, not above ${percent(bounds.rollBackAbove)}.`,
  );
}

/** The canary's requests, with those that never reached it: where none did, it has no series of its own. */
function withRequests(
  requests: Measured<number>,
  lost: number,
): Measured<number> {
  if (lost === 0) {
    return requests;
  }
  if (requests.status === 'known') {
    return known(requests.value + lost);
  }
  return isSilence(requests) ? known(lost) : requests;
}

function isSilence(value: Measured<number>): boolean {
  return (
    value.status === 'unknown' &&
    (value.reason === 'no-traffic' || value.reason === 'not-exported')
  );
}

/** A ratio of failures, with further requests that failed. */
function withLost(
  ratio: Measured<number>,
  requests: Measured<number>,
  lost: number,
): Measured<number> {
  if (lost === 0) {
    return ratio;
  }
  if (ratio.status === 'unknown' && !isSilence(ratio)) {
    return ratio;
  }
  const count = requests.status === 'known' ? requests.value : 0;
  const failed = ratio.status === 'known' ? ratio.value * count : 0;
  return known((failed + lost) / (count + lost));
}
