import {
  checkTexts,
  type CheckComparison,
  type FactName,
  type FactValue,
  type ReadyMadeCheckId,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Check, CheckRule, Level } from './CheckRule';

const is = (fact: FactName): CheckRule => compare(fact, 'equals', true);

function compare(
  fact: FactName,
  comparison: CheckComparison,
  bound: FactValue,
): CheckRule {
  return { fact, comparison, bound };
}

/** What an AI service is expected to have; the step counts levels from the lowest. */
const RULES: Record<ReadyMadeCheckId, { step: 0 | 1 | 2; rule: CheckRule }> = {
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

/** The ready-made checks on the configured levels: where there are fewer than three, the highest takes the rest. */
export function readyMadeChecks(
  levels: readonly Level[],
  wanted: readonly string[],
): Check[] {
  return Object.entries(RULES)
    .filter(([id]) => wanted.includes(id))
    .map(([id, { step, rule }]) => ({
      id,
      title: checkTexts.en[id as ReadyMadeCheckId].title,
      description: checkTexts.en[id as ReadyMadeCheckId].why,
      level: levels[Math.min(step, levels.length - 1)].id,
      appliesTo: { kinds: ['component'] },
      rule,
    }));
}
