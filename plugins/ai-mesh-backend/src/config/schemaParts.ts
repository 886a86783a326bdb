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
