import {
  checkComparisonSchema,
  factDefinitions,
  factNames,
  isFactName,
  type CheckComparison,
  type FactName,
  type FactValue,
} from '@ai-mesh/plugin-ai-mesh-common';
import { z } from 'zod';
import { nearest } from './nearest';

/** What a check asks of facts, as it is written. */
export type WrittenRule =
  | { allOf: WrittenRule[] }
  | { anyOf: WrittenRule[] }
  | { fact: FactName; comparison: CheckComparison; bound: FactValue };

type Path = (string | number)[];
type Refuse = (path: Path, message: string) => void;

const COMPARISONS = checkComparisonSchema.options;
const DEEPEST = 5;
const MOST = 50;

/** `{ fact, <comparison> }`, or `allOf` or `anyOf` of those. */
export const checkRule = z
  .unknown()
  .transform((value, context): WrittenRule => {
    let refused = false;
    const rule = readRule(value, [], (path, message) => {
      refused = true;
      context.addIssue({ code: 'custom', path, message });
    });
    return rule && !refused ? rule : z.NEVER;
  });

function readRule(
  value: unknown,
  path: Path,
  refuse: Refuse,
): WrittenRule | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuse(
      path,
      'must be { fact: ..., equals: ... }, { allOf: [...] } or { anyOf: [...] }',
    );
    return undefined;
  }
  const keys = Object.keys(value);
  const [key] = keys;
  if (key === 'allOf' || key === 'anyOf') {
    if (keys.length > 1) {
      refuse(path, `must have nothing beside ${key}`);
      return undefined;
    }
    const parts = (value as Record<string, unknown>)[key];
    if (!Array.isArray(parts) || parts.length === 0 || parts.length > MOST) {
      refuse([...path, key], `must be a list of one to ${MOST} comparisons`);
      return undefined;
    }
    if (path.length >= 2 * DEEPEST) {
      refuse(path, `must not be deeper than ${DEEPEST} levels`);
      return undefined;
    }
    const rules = parts.flatMap(
      (part, index) => readRule(part, [...path, key, index], refuse) ?? [],
    );
    return key === 'allOf' ? { allOf: rules } : { anyOf: rules };
  }
  return readComparison(value as Record<string, unknown>, path, refuse);
}

function readComparison(
  value: Record<string, unknown>,
  path: Path,
  refuse: Refuse,
): WrittenRule | undefined {
  const { fact, ...rest } = value;
  if (typeof fact !== 'string' || !isFactName(fact)) {
    const near = typeof fact === 'string' && nearest(fact, factNames);
    refuse(
      [...path, 'fact'],
      `must be the name of a fact; ${near ? `did you mean '${near}'?` : `there are ${factNames.join(', ')}`}`,
    );
    return undefined;
  }
  const keys = Object.keys(rest);
  const comparison = COMPARISONS.find(one => one === keys[0]);
  if (keys.length !== 1 || !comparison) {
    refuse(
      path,
      `must have exactly one of ${COMPARISONS.join(', ')} beside fact`,
    );
    return undefined;
  }
  const bound = rest[comparison];
  const { type } = factDefinitions[fact];
  if (
    type === 'boolean' &&
    (typeof bound !== 'boolean' || comparison !== 'equals')
  ) {
    refuse(
      path,
      `compares ${fact}, which is true or false: write equals: true or equals: false`,
    );
    return undefined;
  }
  if (
    type === 'number' &&
    (typeof bound !== 'number' || !Number.isFinite(bound))
  ) {
    refuse([...path, comparison], `must be a number, as ${fact} is`);
    return undefined;
  }
  return { fact, comparison, bound: bound as FactValue };
}
