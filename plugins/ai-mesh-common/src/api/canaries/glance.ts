import { z } from 'zod';
import { manyWordsSchema } from '../../words/words';
import type { Named } from '../named';
import { serviceRefSchema } from '../objects';
import { canaryVersionSchema } from './request';
import { canaryNextSchema, canaryStateSchema } from './view';

const canaryGlanceObject = z.object({
  /** Canaries that hold a route now, 200 at most. */
  active: z.number().int().nonnegative(),
  /** More than these are active; the latest is of those that were looked at. */
  moreActive: z.literal(true).optional(),
  /**
   * Of the active ones the one that waits for a person, else the latest; without active ones the latest that has ended.
   * Absent: none was ever asked for.
   */
  latest: z
    .object({
      id: z.string(),
      state: canaryStateSchema,
      service: serviceRefSchema,
      stable: canaryVersionSchema,
      canary: canaryVersionSchema,
      /** The canary's share of its route, 0..100, as written last; absent before the start. */
      percent: z.number().min(0).max(100).optional(),
      /** The share that its plan ends at. */
      targetPercent: z.number().min(0).max(100),
      next: canaryNextSchema,
      /** Why it is paused or held, or how it ended. */
      message: z.string().optional(),
      /** The message for other languages, where the catalogue has it. */
      words: manyWordsSchema.optional(),
      /** Since when it is in its state. */
      since: z.iso.datetime(),
      /** Its share over its life, oldest first. */
      shares: z.array(
        z.object({
          at: z.iso.datetime(),
          percent: z.number().min(0).max(100),
        }),
      ),
    })
    .optional(),
});

/** @public */
export interface CanaryGlanceSchema extends Named<typeof canaryGlanceObject> {}

/**
 * An entity's canaries at a glance: how many there are, and the one to look at first.
 *
 * @public
 */
export const canaryGlanceSchema: CanaryGlanceSchema = canaryGlanceObject;

/** @public */
export type CanaryGlance = z.infer<typeof canaryGlanceSchema>;
