import { z } from 'zod';
import { manyWordsSchema } from '../words/words';
import type { Named } from './named';
import { factSchema, factUnknownReasonSchema } from './facts';

/**
 * - `pass`, `fail`: certain
 * - `unknown`: a fact that decides is not known; counted as neither
 * - `exempt`: an annotation of the entity excuses it, with a reason and until a day
 *
 * @public
 */
export const checkOutcomeSchema = z.enum(['pass', 'fail', 'unknown', 'exempt']);

/** @public */
export type CheckOutcome = z.infer<typeof checkOutcomeSchema>;

/** How a fact is compared with a bound. @public */
export const checkComparisonSchema = z.enum([
  'equals',
  'atLeast',
  'above',
  'atMost',
  'below',
]);

/** @public */
export type CheckComparison = z.infer<typeof checkComparisonSchema>;

/** One comparison of a check, and what it came to. @public */
export const checkConditionSchema = z.object({
  fact: z.string(),
  comparison: checkComparisonSchema,
  bound: z.union([z.boolean(), z.number()]),
  outcome: z.enum(['pass', 'fail', 'unknown']),
  /** The fact as it is. */
  value: factSchema,
});

/** @public */
export type CheckCondition = z.infer<typeof checkConditionSchema>;

const checkResultObject = z.object({
  id: z.string(),
  /** The level that needs it. */
  level: z.string(),
  /** As configured; a ready-made check has its words in `checkTextsEn` and `checkTextsZhCN`. */
  title: z.string(),
  description: z.string().optional(),
  outcome: checkOutcomeSchema,
  /** Since when it has been so, as far back as is kept; absent: facts were not computed yet. */
  since: z.iso.datetime().optional(),
  conditions: z.array(checkConditionSchema),
  /** Why it is unknown. */
  reasons: z.array(
    z.object({
      fact: z.string(),
      reason: factUnknownReasonSchema,
      message: z.string().optional(),
      /** The message for other languages, where the catalogue has it. */
      words: manyWordsSchema.optional(),
    }),
  ),
  /** The annotation that excuses it, or that did until it ended. */
  exemption: z
    .object({
      reason: z.string(),
      /** The last day, `2026-12-31`. */
      until: z.iso.date(),
      ended: z.boolean(),
    })
    .optional(),
  /** The screen of the entity's tab where it is mended. */
  screen: z.enum([
    'overview',
    'traffic',
    'canary',
    'security',
    'slos',
    'review',
  ]),
});

/** @public */
export interface CheckResultSchema extends Named<typeof checkResultObject> {}

/** @public */
export const checkResultSchema: CheckResultSchema = checkResultObject;

/** @public */
export type CheckResult = z.infer<typeof checkResultSchema>;

const checkCountsObject = z.object({
  pass: z.number().int().nonnegative(),
  fail: z.number().int().nonnegative(),
  unknown: z.number().int().nonnegative(),
  exempt: z.number().int().nonnegative(),
});

/** @public */
export interface CheckCountsSchema extends Named<typeof checkCountsObject> {}

/** How many checks came to what. @public */
export const checkCountsSchema: CheckCountsSchema = checkCountsObject;

/** @public */
export type CheckCounts = z.infer<typeof checkCountsSchema>;

const scorecardLevelObject = z.discriminatedUnion('status', [
  z.object({ status: z.literal('known'), level: z.string().nullable() }),
  z.object({
    status: z.literal('unknown'),
    atLeast: z.string().nullable(),
    atMost: z.string().nullable(),
  }),
]);

/** @public */
export interface ScorecardLevelSchema extends Named<
  typeof scorecardLevelObject
> {}

/**
 * The highest level of which, and of all below it, no check fails or is unknown; null: none, as also where no check concerns
 * the entity.
 * Unknown: with what is not known it could be any of `atLeast` to `atMost`.
 *
 * @public
 */
export const scorecardLevelSchema: ScorecardLevelSchema = scorecardLevelObject;

/** @public */
export type ScorecardLevel = z.infer<typeof scorecardLevelSchema>;

/** A day of the trend; days on which nothing was computed are missing. @public */
export const scorecardDaySchema = z.object({
  day: z.iso.date(),
  level: scorecardLevelSchema,
  counts: checkCountsSchema,
});

/** @public */
export type ScorecardDay = z.infer<typeof scorecardDaySchema>;

/** @public */
export const scorecardRequestSchema = z.object({});

const scorecardObject = z.object({
  entityRef: z.string(),
  /** When its facts were computed last; absent: not yet. */
  observedAt: z.iso.datetime().optional(),
  level: scorecardLevelSchema,
  /** Lowest first. */
  levels: z.array(
    z.object({ id: z.string(), title: z.string(), counts: checkCountsSchema }),
  ),
  counts: checkCountsSchema,
  /** By level, lowest first; those that concern the entity. */
  checks: z.array(checkResultSchema),
  /** What the next level lacks; absent: the highest is reached. */
  next: z
    .object({
      level: z.string(),
      /** Checks that fail. */
      failing: z.array(z.string()),
      /** Checks that are unknown. */
      unknown: z.array(z.string()),
    })
    .optional(),
  /** The last 90 days, oldest first, by today's checks. */
  trend: z.array(scorecardDaySchema),
  /** What of the entity's exemptions cannot be read. */
  problems: z.array(z.string()),
  /** The same for other languages, in their order. */
  problemWords: manyWordsSchema.optional(),
});

/** @public */
export interface ScorecardSchema extends Named<typeof scorecardObject> {}

/** @public */
export const scorecardSchema: ScorecardSchema = scorecardObject;

/** @public */
export type Scorecard = z.infer<typeof scorecardSchema>;
