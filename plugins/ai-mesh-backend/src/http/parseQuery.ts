import { InputError } from '@backstage/errors';
import type { z } from 'zod';

/**
 * Reads a request's query.
 *
 * @throws InputError that names the parameter, what it may be and what it was
 */
export function parseQuery<T extends z.ZodType>(
  schema: T,
  query: Record<string, unknown>,
): z.output<T> {
  const parsed = schema.safeParse(query);
  if (parsed.success) {
    return parsed.data;
  }
  throw new InputError(
    parsed.error.issues.map(issue => explain(issue, query)).join(' '),
  );
}

function explain(
  issue: z.core.$ZodIssue,
  query: Record<string, unknown>,
): string {
  const name = String(issue.path[0] ?? 'query');
  const value = query[name];
  if (Array.isArray(value)) {
    return `The parameter '${name}' was given ${value.length} times: give it once.`;
  }
  if (value === undefined) {
    return `The parameter '${name}' is missing: ${allowed(issue)}.`;
  }
  const given =
    typeof value === 'string' ? `'${shortened(value)}'` : 'an object';
  return `The parameter '${name}' is ${given}: ${allowed(issue)}.`;
}

function allowed(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_value':
      return `it must be one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `it must be at least ${issue.minimum}${unitOf(issue)}`;
    case 'too_big':
      return `it must be at most ${issue.maximum}${unitOf(issue)}`;
    case 'invalid_type':
      return `it must be ${issue.expected === 'int' ? 'a whole number' : `a ${issue.expected}`}`;
    default:
      return issue.message;
  }
}

function unitOf({ origin }: { origin: string }): string {
  return origin === 'string' ? ' characters' : '';
}

/** Enough of a value to recognise it, with nothing in it that a log would take for a line of its own. */
function shortened(value: string): string {
  const visible = value.replace(/\p{C}/gu, '\ufffd');
  return visible.length > 40 ? `${visible.slice(0, 40)}…` : visible;
}
