import {
  canaryGateNameSchema,
  said,
  wording,
  wordsOf,
  type CanaryCheck,
  type CanaryGateResult,
  type CanaryHoldReason,
  type CanaryVerdict,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Evidence } from './Evidence';
import type { GateContext, GateFinding } from './GateFinding';
import { qualityFindings } from './quality/qualityFindings';
import { titleOf } from './quality/titles';
import { readyEndpointsGate } from './readyEndpointsGate';
import { latencyGate } from './latencyGate';
import { timeToFirstTokenGate, tokensGate } from './meanGates';
import { errorRateGate, throttledGate } from './shareGate';

const gates: ((context: GateContext) => GateFinding)[] = [
  errorRateGate,
  latencyGate,
  throttledGate,
  tokensGate,
  timeToFirstTokenGate,
  readyEndpointsGate,
];

/** How often in a row each gate has been beyond its roll-back bound. */
export type BreachCounts = Partial<Record<string, number>>;

/** Gates whose values are means: a short window notices bad news before the long one is full of it. */
const meanGates = [tokensGate, timeToFirstTokenGate];

/**
 * What the evidence says.
 *
 * @param recent - the same over a shorter window, for {@link meanGates}: bad news counts in it, good news does not
 * @param counts - as the check before gave them
 */
export function judge(
  context: GateContext,
  recent: Evidence | undefined,
  counts: BreachCounts,
  at: Date,
): CanaryCheck {
  const findings = gates.map(gate => {
    const long = gate(context);
    const short =
      recent &&
      meanGates.includes(gate) &&
      gate({ ...context, evidence: recent });
    return short && short.outcome === 'breach' ? short : long;
  });
  return checkOf(
    context,
    [...findings, ...qualityFindings(context)],
    counts,
    at,
  );
}

/**
 * What can be said while the weights are too young for anything to be measured over a window: whether the canary can be
 * reached, and whether its requests, counted one by one, are bad beyond doubt. Nothing advances on it.
 *
 * @param why - there is nothing to measure yet
 */
export function judgeYoung(
  context: GateContext,
  counts: BreachCounts,
  at: Date,
  why: Words,
): CanaryCheck {
  const early = [errorRateGate, throttledGate, readyEndpointsGate];
  const check = checkOf(
    context,
    [
      ...early.map(gate => gate(context)),
      ...qualityFindings(context, { young: true }),
    ],
    counts,
    at,
  );
  const { verdict } = check;
  return verdict.outcome === 'breach' || isIll(check)
    ? check
    : {
        ...check,
        verdict: {
          outcome: 'hold',
          reason:
            verdict.outcome === 'hold' &&
            verdict.reason === 'source-unreachable'
              ? verdict.reason
              : 'insufficient-traffic',
          ...said(why),
        },
      };
}

function isIll({ verdict }: CanaryCheck): boolean {
  return verdict.outcome === 'hold' && verdict.reason === 'service-ill';
}

function checkOf(
  { evidence, plan, counted }: GateContext,
  findings: GateFinding[],
  counts: BreachCounts,
  at: Date,
): CanaryCheck {
  const results = findings.map(finding => ({
    ...finding,
    breaches: countBreaches(finding, counts[finding.gate] ?? 0),
  }));
  return {
    at: at.toISOString(),
    windowSeconds: evidence.windowSeconds,
    verdict: verdictOf(results, plan.failureLimit),
    gates: results,
    ...(counted.status === 'known' &&
      counted.value.leftOut && {
        leftOut: counted.value.leftOut.message,
        leftOutWords: counted.value.leftOut.words,
      }),
    ...(counted.status === 'known' &&
      counted.value.byCluster &&
      counted.value.byCluster.length > 1 && {
        byCluster: counted.value.byCluster,
      }),
  };
}

/** The counts for the next check. */
export function breachCounts({ gates: results }: CanaryCheck): BreachCounts {
  return Object.fromEntries(
    results
      .filter(({ breaches }) => breaches > 0)
      .map(({ gate, breaches }) => [gate, breaches]),
  );
}

/** A check without evidence neither adds to a row nor ends it. */
function countBreaches(finding: GateFinding, before: number): number {
  if (finding.outcome === 'breach') {
    return before + 1;
  }
  const toldNothing =
    finding.outcome === 'hold' && finding.holdReason !== 'between-thresholds';
  return toldNothing ? before : 0;
}

/** The most urgent first: a person who mends the first may find the others gone. */
const holdOrder: CanaryHoldReason[] = [
  'service-ill',
  'source-unreachable',
  'no-data',
  'insufficient-traffic',
  'between-thresholds',
];

function verdictOf(
  results: CanaryGateResult[],
  failureLimit: number,
): CanaryVerdict {
  const allOf = (some: CanaryGateResult[]) =>
    some.flatMap(result => [named(result), ...wordsOf(result)]);
  const beyond = results.filter(({ outcome }) => outcome === 'breach');
  // A sequential test has looked often enough when it says so; what has no test is asked several times.
  const breaches = beyond.filter(
    ({ test, meanTest, breaches: times }) =>
      test !== undefined || meanTest !== undefined || times >= failureLimit,
  );
  if (breaches.length > 0) {
    return { outcome: 'breach', ...said(...allOf(breaches)) };
  }
  if (beyond.length > 0) {
    const most = Math.max(...beyond.map(result => result.breaches));
    return {
      outcome: 'hold',
      reason: 'between-thresholds',
      ...said(
        ...allOf(beyond),
        wording('verdict.inARow', { times: most, limit: failureLimit }),
      ),
    };
  }
  for (const reason of holdOrder) {
    const held = results.filter(result => result.holdReason === reason);
    if (held.length > 0) {
      return { outcome: 'hold', reason, ...said(...allOf(held)) };
    }
  }
  return { outcome: 'pass', ...said(wording('verdict.pass')) };
}

function named({ gate, title }: CanaryGateResult): Words {
  const own = canaryGateNameSchema.safeParse(gate);
  return own.success
    ? wording('gate.own', {}, { gate: `gate.${own.data}` })
    : wording('gate.further', titleOf(title ?? { en: gate }));
}
