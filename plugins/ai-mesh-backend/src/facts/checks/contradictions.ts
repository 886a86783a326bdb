import type { CheckRule, FactComparison } from '@ai-mesh/plugin-ai-mesh-common';
import type { Check, CheckFilter, ScorecardRules } from './CheckRule';

/** The values of one fact that comparisons leave. */
interface Range {
  least: number;
  most: number;
  /** Whether the ends are among them. */
  withLeast: boolean;
  withMost: boolean;
}

/**
 * Pairs of checks that no value of a fact can pass at once, so that the higher level can never be reached. Alternatives
 * (`anyOf`) leave a way out, and contradict nothing.
 *
 * @returns a sentence for each pair
 */
export function contradictions({ checks, levels }: ScorecardRules): string[] {
  const titleOf = (id: string) =>
    levels.find(level => level.id === id)?.title ?? id;
  const asked = checks.flatMap(check =>
    required(check.rule).map(comparison => ({ check, comparison })),
  );
  return asked.flatMap((one, index) =>
    asked
      .slice(index + 1)
      .filter(
        other =>
          other.comparison.fact === one.comparison.fact &&
          mayConcernTheSame(one.check.appliesTo, other.check.appliesTo) &&
          isEmpty(both(rangeOf(one.comparison), rangeOf(other.comparison))),
      )
      .map(
        other =>
          `the checks ${named(one.check, titleOf)} and ${named(other.check, titleOf)} contradict each other: no value of ${one.comparison.fact} is ${words(one.comparison)} and ${words(other.comparison)}`,
      ),
  );
}

function named(
  { id, level }: Check,
  titleOf: (level: string) => string,
): string {
  return `'${id}' (${titleOf(level)})`;
}

function words({ comparison, bound }: FactComparison): string {
  const how = {
    equals: '',
    atLeast: 'at least ',
    above: 'above ',
    atMost: 'at most ',
    below: 'below ',
  }[comparison];
  return `${how}${bound}`;
}

/** Comparisons that have to hold, whatever else does. */
function required(rule: CheckRule): FactComparison[] {
  if ('fact' in rule) {
    return [rule];
  }
  if ('allOf' in rule) {
    return rule.allOf.flatMap(required);
  }
  return rule.anyOf.length === 1 ? required(rule.anyOf[0]) : [];
}

function rangeOf({ comparison, bound }: FactComparison): Range {
  const value = Number(bound);
  const upwards = { most: Infinity, withMost: true };
  const downwards = { least: -Infinity, withLeast: true };
  switch (comparison) {
    case 'equals':
      return { least: value, most: value, withLeast: true, withMost: true };
    case 'atLeast':
      return { least: value, withLeast: true, ...upwards };
    case 'above':
      return { least: value, withLeast: false, ...upwards };
    case 'atMost':
      return { most: value, withMost: true, ...downwards };
    default:
      return { most: value, withMost: false, ...downwards };
  }
}

function both(one: Range, other: Range): Range {
  const least = Math.max(one.least, other.least);
  const most = Math.min(one.most, other.most);
  return {
    least,
    most,
    withLeast: [one, other].every(
      range => range.least < least || range.withLeast,
    ),
    withMost: [one, other].every(range => range.most > most || range.withMost),
  };
}

function isEmpty({ least, most, withLeast, withMost }: Range): boolean {
  return least > most || (least === most && !(withLeast && withMost));
}

function mayConcernTheSame(one: CheckFilter, other: CheckFilter): boolean {
  // An entity may have many tags: two filters by tag may both concern it.
  return (['kinds', 'types', 'lifecycles'] as const).every(key => {
    const mine = one[key];
    const theirs = other[key];
    return !mine || !theirs || mine.some(value => theirs.includes(value));
  });
}
