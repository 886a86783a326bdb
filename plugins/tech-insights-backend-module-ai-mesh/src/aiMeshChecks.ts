import {
  checkTextsEn,
  readyMadeCheckIds,
  readyMadeRules,
  type CheckComparison,
  type CheckRule,
} from '@ai-mesh/plugin-ai-mesh-common';
import { retrieverOfCheck } from './aiMeshFactRetrievers';

/**
 * A check as Tech Insights' JSON rules engine takes it.
 *
 * @public
 */
export interface JsonRuleCheck {
  id: string;
  type: 'json-rules-engine';
  name: string;
  description: string;
  factIds: string[];
  rule: { conditions: JsonConditions };
}

/** @public */
export type JsonConditions =
  { all: JsonCondition[] } | { any: JsonCondition[] };

/** @public */
export type JsonCondition =
  JsonConditions | { fact: string; operator: string; value: boolean | number };

const OPERATORS: Record<CheckComparison, string> = {
  equals: 'equal',
  atLeast: 'greaterThanInclusive',
  above: 'greaterThan',
  atMost: 'lessThanInclusive',
  below: 'lessThan',
};

/**
 * AI Mesh's ready-made checks (`ai-mesh-mtls`, ...) for `JsonRulesEngineFactCheckerFactory`.
 *
 * @public
 */
export const aiMeshChecks: readonly JsonRuleCheck[] = readyMadeCheckIds.map(
  id => ({
    id: `ai-mesh-${id}`,
    type: 'json-rules-engine',
    name: checkTextsEn[id].title,
    description: checkTextsEn[id].why,
    factIds: [retrieverOfCheck(id)],
    rule: { conditions: outermost(readyMadeRules[id].rule) },
  }),
);

/** The engine wants a list on the outside. */
function outermost(rule: CheckRule): JsonConditions {
  const condition = toCondition(rule);
  return 'fact' in condition ? { all: [condition] } : condition;
}

function toCondition(rule: CheckRule): JsonCondition {
  if ('allOf' in rule) {
    return { all: rule.allOf.map(toCondition) };
  }
  if ('anyOf' in rule) {
    return { any: rule.anyOf.map(toCondition) };
  }
  const { fact, comparison, bound } = rule;
  return { fact, operator: OPERATORS[comparison], value: bound };
}
