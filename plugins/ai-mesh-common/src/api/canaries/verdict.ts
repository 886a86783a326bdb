import { z } from 'zod';
import type { Named } from '../named';
import { measured } from '../measured';
import { manyWordsSchema, wordsSchema } from '../../words/words';
import { canaryGateTitleSchema } from './qualityGates';

/**
 * Why a canary stays where it is although nothing speaks against it.
 *
 * - `between-thresholds`: a gate is neither good enough to advance nor bad enough to roll back
 * - `insufficient-traffic`: too few requests to decide
 * - `no-data`: a series is absent, NaN, or not exported
 * - `source-unreachable`: Prometheus or the cluster does not answer, or too slowly
 * - `service-ill`: the canary is beyond its bound, and so is the stable version: it is the service that is ill
 * - `webhook`: one of the portal's webhooks does not let it go on, or gives no verdict
 * - `write-conflict`: somebody else keeps changing the route
 *
 * @public
 */
export const canaryHoldReasonSchema = z.enum([
  'between-thresholds',
  'insufficient-traffic',
  'no-data',
  'source-unreachable',
  'service-ill',
  'webhook',
  'write-conflict',
]);

/** @public */
export type CanaryHoldReason = z.infer<typeof canaryHoldReasonSchema>;

const sentences = {
  message: z.string(),
  /** The message for other languages; absent in checks of older releases, and where somebody else wrote it. */
  words: manyWordsSchema.optional(),
};

/**
 * What the evidence says as a whole. A hold is never a failure, and a failed query is never a pass.
 *
 * @public
 */
export const canaryVerdictSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('pass'), ...sentences }),
  z.object({ outcome: z.literal('breach'), ...sentences }),
  z.object({
    outcome: z.literal('hold'),
    reason: canaryHoldReasonSchema,
    ...sentences,
  }),
]);

/** @public */
export type CanaryVerdict = z.infer<typeof canaryVerdictSchema>;

const canaryMeasurementObject = z.object({
  value: measured(z.number()),
  /** Requests in the window that the value stands on; unknown for gates that are not about requests. */
  requests: measured(z.number().nonnegative()),
  /** The PromQL that gave the value, to repeat it; absent where the value is not from Prometheus. */
  promql: z.string().optional(),
  /** Measured at an earlier step (ISO 8601), because the version gets no traffic any more. */
  earlierAt: z.iso.datetime().optional(),
});

/** @public */
export interface CanaryMeasurementSchema extends Named<
  typeof canaryMeasurementObject
> {}

/** What one gate measures of one version. @public */
export const canaryMeasurementSchema: CanaryMeasurementSchema =
  canaryMeasurementObject;

/** @public */
export type CanaryMeasurement = z.infer<typeof canaryMeasurementSchema>;

const canaryShareEstimateObject = z.object({
  /** Counted one by one since the weights changed last; of the stable version earlier ones, once it gets none. */
  requests: z.number().nonnegative(),
  bad: z.number().nonnegative(),
  /** 0..1: the true share is between the two with the plan's confidence, however often one looks. */
  low: z.number(),
  high: z.number(),
});

/** @public */
export interface CanaryShareEstimateSchema extends Named<
  typeof canaryShareEstimateObject
> {}

/** What one version's requests, or other events, say of a share. @public */
export const canaryShareEstimateSchema: CanaryShareEstimateSchema =
  canaryShareEstimateObject;

/** @public */
export type CanaryShareEstimate = z.infer<typeof canaryShareEstimateSchema>;

const canaryGrowthObject = z.object({
  at: z.iso.datetime(),
  /** The lesser of the two that a roll-back needs. */
  rollBack: z.number(),
  /** The least of what the next advance needs. */
  advance: z.number(),
});

/** @public */
export interface CanaryGrowthSchema extends Named<typeof canaryGrowthObject> {}

/** Evidence at one check, on the scale of the test's: 1 is enough. @public */
export const canaryGrowthSchema: CanaryGrowthSchema = canaryGrowthObject;

/** @public */
export type CanaryGrowth = z.infer<typeof canaryGrowthSchema>;

const canaryShareTestObject = z.object({
  canary: canaryShareEstimateSchema,
  stable: canaryShareEstimateSchema,
  evidence: z.object({
    /** That the canary is beyond its bound to roll back, over the whole run. */
    beyondBound: z.number(),
    /** That it is worse than the stable version over the same time. A roll-back needs both. */
    worseThanStable: z.number(),
    /** That it is below its bound to roll back, at this step. */
    belowBound: z.number(),
    /** That it is not worse than the stable version by more than the margin, over the whole run. */
    withinMargin: z.number(),
  }),
  /** Of the share, ratios 0..1. */
  bounds: z.object({
    rollBackAbove: z.number(),
    advanceBelow: z.number(),
    /** By how much it may be known not to be worse than the stable version before it gets more than half. */
    margin: z.number(),
  }),
  /** How many times as much as independent requests bad ones come in clumps; 1: they do not. */
  dispersion: z.number(),
  /** About so many more requests of the canary until there is a decision; absent where there is one. */
  requestsToDecision: z.number().nonnegative().optional(),
  /** About how long that takes at the run's traffic; absent where it is not known. */
  secondsToDecision: z.number().nonnegative().optional(),
  /** How the evidence came about since the weights changed last, oldest first; thinned out. */
  growth: z.array(canaryGrowthSchema).optional(),
});

/** @public */
export interface CanaryShareTestSchema extends Named<
  typeof canaryShareTestObject
> {}

/**
 * A sequential test of a share of requests. Evidence is a ratio 0..1 and more of what a decision needs, on the scale of
 * logarithms: at 1 it is enough.
 *
 * @public
 */
export const canaryShareTestSchema: CanaryShareTestSchema =
  canaryShareTestObject;

/** @public */
export type CanaryShareTest = z.infer<typeof canaryShareTestSchema>;

const canaryMeanEstimateObject = z.object({
  /** Single values since the weights changed last; of the stable version earlier ones, once it gets none. */
  values: z.number().nonnegative(),
  /** In the gate's unit; absent of no values. */
  mean: z.number().optional(),
  /** The true mean is between the two with the plan's confidence; absent while the values are too few to say so. */
  interval: z.object({ low: z.number(), high: z.number() }).optional(),
});

/** @public */
export interface CanaryMeanEstimateSchema extends Named<
  typeof canaryMeanEstimateObject
> {}

/** What one version's values say of their mean. @public */
export const canaryMeanEstimateSchema: CanaryMeanEstimateSchema =
  canaryMeanEstimateObject;

/** @public */
export type CanaryMeanEstimate = z.infer<typeof canaryMeanEstimateSchema>;

/**
 * A sequential test of a mean, from values whose scatter is known. Evidence is on the scale of
 * {@link canaryShareTestSchema}: at 1 it is enough.
 *
 * @public
 */
export const canaryMeanTestSchema = z.object({
  canary: canaryMeanEstimateSchema,
  stable: canaryMeanEstimateSchema,
  evidence: z.object({
    /** That the canary is beyond its bound to roll back, over the whole run. */
    beyondBound: z.number(),
    /** That it is within it, over the whole run. */
    withinBound: z.number(),
  }),
  /** How many times as much as independent values the stable version's means scatter; 1: they do not. */
  dispersion: z.number(),
  /** How the evidence came about since the weights changed last, oldest first; thinned out. */
  growth: z.array(canaryGrowthSchema).optional(),
});

/** @public */
export type CanaryMeanTest = z.infer<typeof canaryMeanTestSchema>;

const canaryGateResultObject = z.object({
  /** One of {@link canaryGateNameSchema}, or of the portal's further gates. */
  gate: z.string(),
  /** Of a further gate. */
  title: canaryGateTitleSchema.optional(),
  unit: z.enum(['ratio', 'ms', 'tokens', 'endpoints', 'number']),
  /** The window that it was measured over; a breach may show in a shorter one than the check's. */
  windowSeconds: z.number().positive(),
  canary: canaryMeasurementSchema,
  stable: canaryMeasurementSchema,
  /** The bounds in the gate's unit, as they apply now; unknown where they depend on a value that is unknown. */
  bounds: z.object({
    rollBack: measured(z.number()),
    advance: measured(z.number()),
    /** Both in words: `above 5 %`, `above 1.5 x stable and 30 s`. */
    rollBackWhen: z.string(),
    advanceWhen: z.string(),
    /** The same for other languages; absent in checks of older releases, and of gates in code. */
    rollBackWords: wordsSchema.optional(),
    advanceWords: wordsSchema.optional(),
  }),
  /** `not-applicable`: switched off, or not exported by the version. */
  outcome: z.enum(['pass', 'breach', 'hold', 'not-applicable']),
  holdReason: canaryHoldReasonSchema.optional(),
  /** In one sentence with figures. */
  ...sentences,
  /** For gates that are a share of requests; absent in checks of older releases. */
  test: canaryShareTestSchema.optional(),
  /** For means whose scatter is known. */
  meanTest: canaryMeanTestSchema.optional(),
  /**
   * Of a mean: by a test, where a histogram or a sum of squares tells how much single values scatter, or else by its
   * bounds alone, with a least count. Absent for other gates, and in checks of older releases.
   */
  judgedBy: z.enum(['test', 'bounds']).optional(),
  /** How many checks in a row it has been beyond its roll-back bound. */
  breaches: z.number().int().nonnegative(),
});

/** @public */
export interface CanaryGateResultSchema extends Named<
  typeof canaryGateResultObject
> {}

/** @public */
export const canaryGateResultSchema: CanaryGateResultSchema =
  canaryGateResultObject;

/** @public */
export type CanaryGateResult = z.infer<typeof canaryGateResultSchema>;

/** The canary's counted requests of the callers in one cluster. @public */
export const canaryCallersSchema = z.object({
  /** As Istio's metrics name it. */
  cluster: z.string(),
  requests: z.number().nonnegative(),
  failures: z.number().nonnegative(),
});

/** @public */
export type CanaryCallers = z.infer<typeof canaryCallersSchema>;

const canaryCheckObject = z.object({
  at: z.iso.datetime(),
  /** The window that the gates were measured over; both versions over the same. */
  windowSeconds: z.number().positive(),
  verdict: canaryVerdictSchema,
  gates: z.array(canaryGateResultSchema),
  /** Time that could not be counted and was left out, and why. */
  leftOut: z.string().optional(),
  /** The same for other languages. */
  leftOutWords: manyWordsSchema.optional(),
  /** Since the run began; absent where all callers are in one cluster. */
  byCluster: z.array(canaryCallersSchema).optional(),
});

/** @public */
export interface CanaryCheckSchema extends Named<typeof canaryCheckObject> {}

/**
 * One look at a canary: every gate and what they say together.
 *
 * @public
 */
export const canaryCheckSchema: CanaryCheckSchema = canaryCheckObject;

/** @public */
export type CanaryCheck = z.infer<typeof canaryCheckSchema>;
