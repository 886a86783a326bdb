import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import { InputError } from '@backstage/errors';
import type { z } from 'zod';
import { worded, wordingWith } from '../worded';
import { ruleWords } from './ruleWords';

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
  throw worded(
    InputError,
    ...parsed.error.issues.map(issue => explain(issue, query)),
  );
}

function explain(
  issue: z.core.$ZodIssue,
  query: Record<string, unknown>,
): Words {
  const name = String(issue.path[0] ?? 'query');
  const value = query[name];
  if (Array.isArray(value)) {
    return wording('request.repeated', { name, times: value.length });
  }
  const places = { allowed: allowed(issue) };
  if (value === undefined) {
    return wordingWith('request.missing', { ...places, name });
  }
  return typeof value === 'string'
    ? wordingWith('request.given', { ...places, name, value: shortened(value) })
    : wordingWith('request.givenObject', { ...places, name });
}

function allowed(issue: z.core.$ZodIssue): Words {
  switch (issue.code) {
    case 'invalid_value':
      return wording('allowed.oneOf', {
        values: issue.values.map(String).join(', '),
      });
    case 'too_small':
      return wording(`allowed.atLeast${unitOf(issue)}`, {
        bound: String(issue.minimum),
      });
    case 'too_big':
      return wording(`allowed.atMost${unitOf(issue)}`, {
        bound: String(issue.maximum),
      });
    case 'invalid_type':
      return issue.expected === 'int'
        ? wording('allowed.whole')
        : wording('allowed.type', { type: issue.expected });
    default:
      return ruleWords(issue);
  }
}

function unitOf({ origin }: { origin: string }): '' | 'Characters' {
  return origin === 'string' ? 'Characters' : '';
}

/** Enough of a value to recognise it, with nothing in it that a log would take for a line of its own. */
function shortened(value: string): string {
  const visible = value.replace(/\p{C}/gu, '\ufffd');
  return visible.length > 40 ? `${visible.slice(0, 40)}…` : visible;
}
