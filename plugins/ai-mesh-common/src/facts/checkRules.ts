import type { CheckComparison, FactValue } from '../api';
import type { ReadyMadeCheckId } from './checkTexts';
import type { FactName } from './factDefinitions';

/** What a check asks of facts. @public */
export type CheckRule =
  | { allOf: readonly CheckRule[] }
  | { anyOf: readonly CheckRule[] }
  | FactComparison;

/** @public */
export interface FactComparison {
  fact: FactName;
  comparison: CheckComparison;
  bound: FactValue;
}

const is = (fact: FactName): CheckRule => compare(fact, 'equals', true);

function compare(
  fact: FactName,
  comparison: CheckComparison,
  bound: FactValue,
): CheckRule {
  return { fact, comparison, bound };
}

/**
 * What the ready-made checks ask of an AI service. The step counts levels from the lowest.
 *
 * @public
 */
export const readyMadeRules: Readonly<
  Record<ReadyMadeCheckId, { step: 0 | 1 | 2; rule: CheckRule }>
> = {
  mtls: { step: 0, rule: { anyOf: [is('mtlsStrict'), is('mtlsReady')] } },
  authorization: {
    step: 0,
    rule: {
      allOf: [
        is('authorizationPolicyPresent'),
        compare('policiesWithoutEffect', 'atMost', 0),
      ],
    },
  },
  findings: { step: 0, rule: compare('reviewFindingsHigh', 'atMost', 0) },
  retries: { step: 1, rule: compare('retriesBilled', 'atMost', 0) },
  timeouts: {
    step: 1,
    rule: {
      allOf: [
        is('timeoutsConfigured'),
        compare('p99OverTimeoutRatio', 'atMost', 1),
      ],
    },
  },
  breaker: { step: 1, rule: is('breakerCanOpen') },
  certificates: { step: 1, rule: is('certificateRenewalSeen') },
  slo: {
    step: 2,
    rule: {
      allOf: [is('sloDefined'), compare('sloBudgetLeftMin', 'above', 0)],
    },
  },
  'model-tag': { step: 2, rule: is('modelTagOnTraces') },
  canary: {
    step: 2,
    rule: {
      allOf: [compare('canaryLast90d', 'atLeast', 1), is('canaryGatesQuality')],
    },
  },
};

/** Every comparison of a rule, in its order. @public */
export function comparisonsOf(rule: CheckRule): FactComparison[] {
  if ('fact' in rule) {
    return [rule];
  }
  return ('allOf' in rule ? rule.allOf : rule.anyOf).flatMap(comparisonsOf);
}
