import { z } from 'zod';
import type { Named } from '../named';
import { measured } from '../measured';

const canaryExpectationObject = z.object({
  /** The canary's failed requests over all, 0..1. */
  errorRatio: z.number(),
  /** `held`: the longest hold is over before there is a decision, and a person has to decide. */
  outcome: z.enum(['promoted', 'rolledBack', 'held']),
  /** From the start until then, about; confirmations and the header phase's traffic are not foreseen. */
  seconds: z.number().nonnegative(),
  /** The canary's until then. */
  requests: z.number().nonnegative(),
  /** Those of them that failed. */
  failures: z.number().nonnegative(),
  /** The canary's weight at that moment, percent. */
  percent: z.number(),
});

/** @public */
export interface CanaryExpectationSchema extends Named<
  typeof canaryExpectationObject
> {}

/**
 * How a run is expected to end, if a share of the canary's requests fails and traffic stays as it is.
 *
 * @public
 */
export const canaryExpectationSchema: CanaryExpectationSchema =
  canaryExpectationObject;

/** @public */
export type CanaryExpectation = z.infer<typeof canaryExpectationSchema>;

const canaryPowerObject = z.object({
  /** Of a canary that fails as rarely as the stable version. */
  noWorse: canaryExpectationSchema,
  /** Of one that fails three times as often as rolls back at the latest: 15 % unless the bound is another. */
  failing: canaryExpectationSchema,
  /** Of one that is worse than the stable version by twice the margin: 2 percentage points unless that is another. */
  worse: canaryExpectationSchema,
  /**
   * Of one between its two bounds: it is decided on after about so many of its requests at one weight. Absent where that
   * takes longer than the longest hold, and in what older releases have kept.
   */
  drip: z
    .object({
      requests: z.number().nonnegative(),
      /** At the first weight, percent. */
      seconds: z.number().nonnegative(),
      percent: z.number(),
    })
    .optional(),
});

/** @public */
export interface CanaryPowerSchema extends Named<typeof canaryPowerObject> {}

/**
 * What a plan can tell apart at an amount of traffic, by the tests that the canary will be judged by.
 *
 * @public
 */
export const canaryPowerSchema: CanaryPowerSchema = canaryPowerObject;

/** @public */
export type CanaryPower = z.infer<typeof canaryPowerSchema>;

/**
 * What is to be expected of a plan, and of the presets, at today's traffic.
 *
 * @public
 */
export const canaryOutlookSchema = z.object({
  traffic: z.object({
    /** Of all that the route carries, as the stable version's share of it tells. */
    requestsPerSecond: z.number().positive(),
    /** The stable version's, 0..1. */
    errorRatio: z.number(),
    /** How long was looked back. */
    seconds: z.number(),
  }),
  /** Absent where the error rate is no gate: then time alone decides. */
  plan: canaryPowerSchema.optional(),
  presets: z.array(
    z.object({ name: z.string(), power: canaryPowerSchema.optional() }),
  ),
});

/** @public */
export type CanaryOutlook = z.infer<typeof canaryOutlookSchema>;

/** @public */
export const measuredCanaryOutlookSchema = measured(canaryOutlookSchema);
