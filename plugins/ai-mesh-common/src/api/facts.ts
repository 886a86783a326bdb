import { z } from 'zod';
import { manyWordsSchema } from '../words/words';
import { splitValues } from './joinValues';
import type { Named } from './named';
import { unknownReasonSchema } from './measured';

/** @public */
export const factValueSchema = z.union([z.boolean(), z.number()]);

/** @public */
export type FactValue = z.infer<typeof factValueSchema>;

/**
 * Why a fact is unknown: as any value of the mesh, and
 *
 * - `not-applicable`: there is nothing that it could be said of: no canary was rolled out, no route has a timeout
 * - `not-computed`: the entity's turn has not come yet
 * - `outdated`: it was known, and has not been computed for too long
 * - `young`: what it is made of is from too little of its period
 *
 * @public
 */
export const factUnknownReasonSchema = z.enum([
  ...unknownReasonSchema.options,
  'not-applicable',
  'not-computed',
  'outdated',
  'young',
]);

/** How much of its period there is of what is young. @public */
export const youngSchema = z.object({
  /** All events are from the last so many seconds. */
  withinSeconds: z.number().positive(),
  periodSeconds: z.number().positive(),
});

/** @public */
export type Young = z.infer<typeof youngSchema>;

/** @public */
export type FactUnknownReason = z.infer<typeof factUnknownReasonSchema>;

const factObject = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('known'),
    value: factValueSchema,
    /** The currency of money. */
    currency: z.string().optional(),
    /** Since when it has had this value, as far as was seen. */
    since: z.iso.datetime(),
  }),
  z.object({
    status: z.literal('unknown'),
    reason: factUnknownReasonSchema,
    message: z.string().optional(),
    /** The message for other languages, where the catalogue has it. */
    words: manyWordsSchema.optional(),
    /** Of what is `young`. */
    young: youngSchema.optional(),
    /** Since when it has been unknown; absent: it never was known, or never computed. */
    since: z.iso.datetime().optional(),
    /** What it was when it was known last, and when that was. */
    last: z
      .object({
        value: factValueSchema,
        currency: z.string().optional(),
        at: z.iso.datetime(),
      })
      .optional(),
  }),
]);

/** @public */
export interface FactSchema extends Named<typeof factObject> {}

/** @public */
export const factSchema: FactSchema = factObject;

/** @public */
export type Fact = z.infer<typeof factSchema>;

/**
 * Facts at one moment: by name, null where it was unknown. A fact that is absent had not been defined.
 *
 * @public
 */
export const factPointSchema = z.object({
  at: z.iso.datetime(),
  values: z.record(z.string(), factValueSchema.nullable()),
});

/** @public */
export type FactPoint = z.infer<typeof factPointSchema>;

const entityFactsObject = z.object({
  entityRef: z.string(),
  /** The version of the definitions that they were computed by; see `factDefinitions`. */
  version: z.number().int().positive(),
  /** When they were computed last; absent: not yet. */
  observedAt: z.iso.datetime().optional(),
  /** By name. A newer backend may have names that `factDefinitions` does not. */
  facts: z.record(z.string(), factSchema),
});

/** @public */
export interface EntityFactsSchema extends Named<typeof entityFactsObject> {}

/** @public */
export const entityFactsSchema: EntityFactsSchema = entityFactsObject;

/** @public */
export type EntityFacts = z.infer<typeof entityFactsSchema>;

const namesQuery = z.string().max(2000).transform(splitValues).optional();

/** @public */
export const factsRequestSchema = z.object({
  /** Only these facts, comma-separated; all unless given. */
  names: namesQuery,
  /**
   * Also what they were: `7d` every change, `90d` and `400d` the last of every day. Days on which nothing was computed
   * are missing.
   */
  history: z.enum(['none', '7d', '90d', '400d']).default('none'),
});

/** @public */
export type FactsRequest = z.input<typeof factsRequestSchema>;

/** @public */
export const factsSchema = entityFactsSchema.extend({
  history: z
    .object({
      resolution: z.enum(['changes', 'days']),
      /** Oldest first. */
      points: z.array(factPointSchema),
    })
    .optional(),
});

/** @public */
export type Facts = z.infer<typeof factsSchema>;

/** More entities than this are not answered about in one call. @public */
export const MOST_FACT_REFS = 500;

/** @public */
export const factsByRefsRequestSchema = z.strictObject({
  entityRefs: z
    .array(z.string().min(1).max(800))
    .min(1, 'name at least one entity')
    .max(
      MOST_FACT_REFS,
      `at most ${MOST_FACT_REFS} entities are answered about in one call: ask for the others in further calls, or page through GET /v1/facts`,
    ),
  names: z.array(z.string().min(1).max(100)).max(200).optional(),
});

/** @public */
export type FactsByRefsRequest = z.infer<typeof factsByRefsRequestSchema>;

/** @public */
export const factsByRefsSchema = z.object({
  /** In the order of the references; null where the catalog has no such entity, or its mesh may not be seen. */
  items: z.array(entityFactsSchema.nullable()),
});

/** @public */
export type FactsByRefs = z.infer<typeof factsByRefsSchema>;

/** @public */
export const factsListSchema = z.object({
  /** By entity reference, those that the caller may see. */
  items: z.array(entityFactsSchema),
  /** The cursor of the next page; absent: this is the last. */
  next: z.string().optional(),
});

/** @public */
export type FactsList = z.infer<typeof factsListSchema>;
