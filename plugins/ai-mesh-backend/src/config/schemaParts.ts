import { ConfigReader, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';
import { z } from 'zod';

/** A name, a token, a path: there, and more than blanks. */
export const text = z.string().trim().min(1, 'must not be empty');

/** Milliseconds, from what Backstage reads as a duration. */
export const duration = z.unknown().transform((value, context) => {
  try {
    const config = new ConfigReader({ value: value as string });
    return durationToMilliseconds(
      readDurationFromConfig(config, { key: 'value' }),
    );
  } catch {
    context.addIssue({
      code: 'custom',
      message: "must be a duration such as '10s', 'PT10S' or { seconds: 10 }",
    });
    return z.NEVER;
  }
});

/**
 * Refuses a name that one before it in the list has.
 *
 * @param kind - what the list is of, in words
 */
export function namesApart(kind: string) {
  return (
    all: readonly { name: string }[],
    context: Pick<z.RefinementCtx, 'addIssue'>,
  ) => {
    all.forEach(({ name }, index) => {
      if (all.findIndex(other => other.name === name) < index) {
        context.addIssue({
          code: 'custom',
          path: [index, 'name'],
          message: `must be a name of its own: another ${kind} is called '${name}' too`,
        });
      }
    });
  };
}
