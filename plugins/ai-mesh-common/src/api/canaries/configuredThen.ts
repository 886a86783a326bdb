import { z } from 'zod';
import { measured } from '../measured';
import { serviceRefSchema } from '../objects';
import { canaryRouteSchema } from './preflight';
import { canaryVersionSchema } from './request';
import { canaryWeightsSchema } from './weights';

/**
 * How a route split its requests at a moment that has been, by the record of the canary that held the route then. Of other
 * moments, and of all other settings, nobody has kept what they were.
 *
 * @public
 */
export const configuredThenSchema = z.object({
  service: serviceRefSchema,
  route: canaryRouteSchema,
  weights: canaryWeightsSchema,
  /** Since when they had been so. */
  since: z.iso.datetime(),
  /** Whose record says so. */
  canary: z.object({
    id: z.string(),
    stable: canaryVersionSchema,
    canary: canaryVersionSchema,
  }),
});

/** @public */
export type ConfiguredThen = z.infer<typeof configuredThenSchema>;

/**
 * Of a moment that has been, what canaries' records tell of the entity's routes; unknown while the portal's database is
 * away.
 *
 * @public
 */
export const manyConfiguredThenSchema = measured(z.array(configuredThenSchema));
