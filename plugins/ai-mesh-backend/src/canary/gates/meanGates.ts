import type { GateContext, GateFinding } from './GateFinding';
import { FIRST_TOKEN, judgeMean } from './quality';
import { amount, relativeGate } from './relativeGate';

export function tokensGate(context: GateContext): GateFinding {
  return relativeGate(context, {
    gate: 'tokens-per-request',
    unit: 'tokens',
    read: ({ tokensPerRequest }) => tokensPerRequest,
    optional: true,
    isMean: true,
    bounds: context.plan.gates.tokensPerRequest,
  });
}

/** Where a histogram tells how much the times scatter their mean is tested; its window's is shown beside. */
export function timeToFirstTokenGate(context: GateContext): GateFinding {
  const byBounds = relativeGate(context, {
    gate: 'time-to-first-token',
    unit: 'ms',
    read: ({ timeToFirstTokenMs }) => timeToFirstTokenMs,
    optional: true,
    isMean: true,
    bounds: context.plan.gates.timeToFirstToken,
  });
  const { quality } = context;
  const gate = quality?.gates.find(({ name }) => name === FIRST_TOKEN);
  // What was learnt before decides nothing while nothing is known of the present.
  const isMeasured =
    byBounds.outcome !== 'not-applicable' &&
    byBounds.canary.value.status === 'known' &&
    byBounds.stable.value.status === 'known';
  const tested =
    quality?.measures.span && gate?.kind === 'mean' && isMeasured
      ? judgeMean(gate, context, quality, {
          say: value => amount(value, 'ms'),
          saidIn: 'ms',
        })
      : undefined;
  return tested
    ? {
        ...byBounds,
        holdReason: undefined,
        ...tested.outcome,
        judgedBy: 'test',
        ...(tested.meanTest && { meanTest: tested.meanTest }),
      }
    : byBounds;
}
