import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import { InputError } from '@backstage/errors';
import express, { type Request, type Response } from 'express';
import type { z } from 'zod';
import { worded, wordingWith } from '../worded';
import { problemWords } from './ruleWords';

const parseJson = express.json({ limit: '256kb' });

/** More than these would not be read. */
const MOST_PROBLEMS = 10;

/**
 * The JSON that a request brought. Read by the route itself, so that what cannot be read is refused, and recorded, like
 * anything else.
 *
 * @throws InputError; a 413 for more than 256 kB
 */
export async function readBody(
  request: Request,
  response: Response,
): Promise<unknown> {
  if (!request.is('json')) {
    throw worded(InputError, wording('request.contentType'));
  }
  await new Promise<void>((resolve, reject) =>
    parseJson(request, response, (error?: unknown) =>
      error ? reject(explained(error)) : resolve(),
    ),
  );
  return request.body;
}

/** The parser's own message would repeat what was sent. */
function explained(error: unknown): unknown {
  return (error as { type?: string }).type === 'entity.parse.failed'
    ? worded(InputError, wording('request.notJson'))
    : error;
}

/**
 * What a body says.
 *
 * @throws InputError that names each field and what it may be
 */
export function parseBody<T extends z.ZodType>(
  schema: T,
  body: unknown,
): z.output<T> {
  const parsed = schema.safeParse(body);
  if (parsed.success) {
    return parsed.data;
  }
  const { issues } = parsed.error;
  const more = issues.length - MOST_PROBLEMS;
  throw worded(
    InputError,
    ...issues.slice(0, MOST_PROBLEMS).map(issue =>
      wordingWith(issue.path.length > 0 ? 'request.field' : 'request.whole', {
        problem: problemWords(issue),
        path: issue.path.map(String).join('.'),
      }),
    ),
    ...(more > 0 ? [wording('request.moreFields', { more })] : []),
  );
}
