import type { RouteCondition } from '@ai-mesh/plugin-ai-mesh-common';
import type { Field } from './Field';

const STRING_OPERATORS = ['exact', 'prefix', 'regex'] as const;

/** Istio's StringMatch as a condition; nothing where the field is absent. */
export function stringMatch(
  field: Field,
  name: { field: string; name?: string },
): RouteCondition[] {
  if (!field.present) {
    return [];
  }
  for (const operator of STRING_OPERATORS) {
    const value = field.at(operator).text();
    if (value !== undefined) {
      return [{ ...name, operator, value }];
    }
  }
  return [unreadableCondition(field, name)];
}

/** As {@link stringMatch}; for headers and parameters an empty match asks only that they are there. */
export function presenceMatch(
  field: Field,
  name: { field: string; name: string },
): RouteCondition[] {
  return !field.present || field.entries().length === 0
    ? [{ ...name, operator: 'present', value: '' }]
    : stringMatch(field, name);
}

/**
 * Stands for a condition that cannot be read, so that its rule is not mistaken for one that takes every request.
 * Its path makes it equal to no other.
 */
export function unreadableCondition(
  field: Field,
  name: { field: string; name?: string },
): RouteCondition {
  return { ...name, operator: 'regex', value: `(unreadable: ${field.path})` };
}

/** One of several values. */
export function anyOf(field: string, values: string[]): RouteCondition[] {
  if (values.length === 0) {
    return [];
  }
  return values.length === 1
    ? [{ field, operator: 'exact', value: values[0] }]
    : [{ field, operator: 'in', value: values.join(', ') }];
}

/** Whether every request has it: a path that starts with `/`, or anything at all. */
export function isTrivial({ field, operator, value }: RouteCondition): boolean {
  if (!['uri', 'uri (ignoring case)', 'path'].includes(field)) {
    return false;
  }
  return operator === 'prefix'
    ? value === '/' || value === ''
    : operator === 'regex' && /^\^?\/?\.\*\$?$/.test(value);
}

/** Whether each request that meets the first condition also meets the second. Where that cannot be told: no. */
export function implies(
  given: RouteCondition,
  wanted: RouteCondition,
): boolean {
  if (given.field !== wanted.field || given.name !== wanted.name) {
    return false;
  }
  if (given.operator === wanted.operator && given.value === wanted.value) {
    return true;
  }
  if (given.field.startsWith('without') || given.operator === 'absent') {
    return false;
  }
  switch (wanted.operator) {
    case 'present':
      return true;
    case 'prefix':
      return (
        (given.operator === 'exact' || given.operator === 'prefix') &&
        hasPrefix(given.value, wanted)
      );
    case 'in':
      return (
        (given.operator === 'exact' || given.operator === 'in') &&
        isAmong(given.value.split(', '), wanted.value.split(', '))
      );
    default:
      return false;
  }
}

function isAmong(some: readonly string[], all: readonly string[]): boolean {
  const known = new Set(all);
  return some.every(value => known.has(value));
}

/** Istio compares characters; the Gateway API's `path` whole elements, so that `/ap` is no prefix of `/api`. */
function hasPrefix(value: string, { field, value: prefix }: RouteCondition) {
  if (field !== 'path') {
    return value.startsWith(prefix);
  }
  const element = prefix.replace(/\/+$/, '');
  return value === element || value.startsWith(`${element}/`);
}
