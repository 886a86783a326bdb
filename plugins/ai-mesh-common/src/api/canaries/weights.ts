import { z } from 'zod';
import type { Named } from '../named';

/**
 * One destination of the canary's route with its weight.
 *
 * @public
 */
export const canaryDestinationWeightSchema = z.object({
  role: z.enum(['stable', 'canary', 'other']),
  /** Full host name. */
  host: z.string(),
  subset: z.string().optional(),
  port: z.number().int().optional(),
  /** As it counts in the route; relative to the others. */
  weight: z.number().nonnegative(),
  /** Its share of all that the route carries, 0..100. */
  percent: z.number().min(0).max(100),
});

/** @public */
export type CanaryDestinationWeight = z.infer<
  typeof canaryDestinationWeightSchema
>;

const canaryWeightsObject = z.object({
  destinations: z.array(canaryDestinationWeightSchema),
  /** The header phase's own rule stands above the route. */
  headerRule: z.boolean(),
  /** A cookie keeps people with the canary. */
  affinity: z.boolean().optional(),
});

/** @public */
export interface CanaryWeightsSchema extends Named<
  typeof canaryWeightsObject
> {}

/**
 * A route's weights at one moment.
 *
 * @public
 */
export const canaryWeightsSchema: CanaryWeightsSchema = canaryWeightsObject;

/** @public */
export type CanaryWeights = z.infer<typeof canaryWeightsSchema>;

/** The canary's share of the route, 0..100. @public */
export function canaryPercent(weights: CanaryWeights): number {
  return weights.destinations
    .filter(({ role }) => role === 'canary')
    .reduce((sum, { percent }) => sum + percent, 0);
}
