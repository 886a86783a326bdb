import { z } from 'zod';
import { manyWordsSchema, said, type Words } from '../words';
import type { Named } from './named';

/**
 * Why a value is absent. Unknown is never zero and never green.
 *
 * - `no-traffic`: the metric exists, but nothing happened in the window
 * - `not-exported`: no series of that metric exists for the service
 * - `no-such-label`: the series exist, but lack the label that would tell
 * - `source-unreachable`: the source did not answer, answered too late or answered nonsense
 * - `forbidden`: the source refused the credentials that the portal has
 * - `not-configured`: the source, or the setting, is not configured
 *
 * @public
 */
export const unknownReasonSchema = z.enum([
  'no-traffic',
  'not-exported',
  'no-such-label',
  'source-unreachable',
  'forbidden',
  'not-configured',
]);

/** @public */
export type UnknownReason = z.infer<typeof unknownReasonSchema>;

/**
 * A value that could be had, or the reason why not.
 *
 * @public
 */
export type Measured<T> =
  | { status: 'known'; value: T }
  | {
      status: 'unknown';
      reason: UnknownReason;
      message?: string;
      /** The message for readers of other languages, where the catalogue has it. */
      words?: Words[];
    };

const unknownObject = z.object({
  status: z.literal('unknown'),
  reason: unknownReasonSchema,
  message: z.string().optional(),
  words: manyWordsSchema.optional(),
});

/** @public */
export interface UnknownSchema extends Named<typeof unknownObject> {}

const unknownSchema: UnknownSchema = unknownObject;

function measuredUnion<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion('status', [
    z.object({ status: z.literal('known'), value }),
    unknownSchema,
  ]);
}

/** @public */
export interface MeasuredSchema<T extends z.ZodType> extends Named<
  ReturnType<typeof measuredUnion<T>>
> {}

/**
 * The schema of {@link Measured}, around the schema of its value.
 *
 * @public
 */
export function measured<T extends z.ZodType>(value: T): MeasuredSchema<T> {
  return measuredUnion(value);
}

/**
 * How many more there are than a list holds; absent: none.
 *
 * @public
 */
export const moreCount = z.number().int().positive().optional();

/** @public */
export function known<T>(value: T): Measured<T> {
  return { status: 'known', value };
}

/**
 * A value that could not be had.
 *
 * @param why - more about it than the reason: sentences of the catalogue, or of somebody else as they stand
 *
 * @public
 */
export function unknown(
  reason: UnknownReason,
  why?: string | readonly Words[],
): Measured<never> {
  if (why === undefined) {
    return { status: 'unknown', reason };
  }
  return {
    status: 'unknown',
    reason,
    ...(typeof why === 'string' ? { message: why } : said(...why)),
  };
}
