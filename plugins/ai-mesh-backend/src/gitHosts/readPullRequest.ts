import { z } from 'zod';

const answerSchema = z.looseObject({
  state: z.enum(['open', 'closed']),
  merged: z.boolean(),
});

/**
 * What GitHub's API says of a pull request.
 *
 * @throws SyntaxError, ZodError where it is no such answer
 */
export function readPullRequest(text: string): 'open' | 'merged' | 'closed' {
  const { state, merged } = answerSchema.parse(JSON.parse(text));
  return merged ? 'merged' : state;
}
