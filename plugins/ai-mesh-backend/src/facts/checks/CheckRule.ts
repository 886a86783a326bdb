import {
  comparisonsOf,
  type CheckCondition,
  type CheckRule,
  type Fact,
  type FactComparison,
  type FactName,
  type FactScreen,
  type FactValue,
} from '@ai-mesh/plugin-ai-mesh-common';

/** Which entities a check concerns; what is not said is any. Compared without regard to case. */
export interface CheckFilter {
  kinds?: readonly string[];
  types?: readonly string[];
  lifecycles?: readonly string[];
  tags?: readonly string[];
}

/** A check of the scorecard. */
export interface Check {
  id: string;
  title: string;
  description?: string;
  /** The id of the level that needs it. */
  level: string;
  appliesTo: CheckFilter;
  rule: CheckRule;
  /** Where it is mended; that of the fact that decides unless set. */
  screen?: FactScreen;
}

export interface Level {
  id: string;
  title: string;
}

/** Levels, the lowest first, and the checks that each needs. */
export interface ScorecardRules {
  levels: readonly Level[];
  checks: readonly Check[];
}

export type RuleOutcome = 'pass' | 'fail' | 'unknown';

/** Facts by name, however they are kept. */
export type FactLookup = (name: FactName) => FactValue | null;

/** What is unknown never passes and never fails, unless what is known decides alone. */
export function outcomeOf(rule: CheckRule, factOf: FactLookup): RuleOutcome {
  if ('allOf' in rule) {
    const parts = rule.allOf.map(one => outcomeOf(one, factOf));
    if (parts.includes('fail')) {
      return 'fail';
    }
    return parts.includes('unknown') ? 'unknown' : 'pass';
  }
  if ('anyOf' in rule) {
    const parts = rule.anyOf.map(one => outcomeOf(one, factOf));
    if (parts.includes('pass')) {
      return 'pass';
    }
    return parts.includes('unknown') ? 'unknown' : 'fail';
  }
  const value = factOf(rule.fact);
  if (value === null) {
    return 'unknown';
  }
  return holds(value, rule) ? 'pass' : 'fail';
}

function holds(
  value: FactValue,
  { comparison, bound }: FactComparison,
): boolean {
  switch (comparison) {
    case 'equals':
      return value === bound;
    case 'atLeast':
      return value >= bound;
    case 'above':
      return value > bound;
    case 'atMost':
      return value <= bound;
    default:
      return value < bound;
  }
}

/** Each comparison with its fact as it is. */
export function conditionsOf(
  rule: CheckRule,
  facts: Readonly<Record<string, Fact>>,
): CheckCondition[] {
  return comparisonsOf(rule).map(one => {
    const value = facts[one.fact] ?? {
      status: 'unknown',
      reason: 'not-computed',
    };
    return {
      ...one,
      value,
      outcome: outcomeOf(one, () =>
        value.status === 'known' ? value.value : null,
      ),
    };
  });
}
