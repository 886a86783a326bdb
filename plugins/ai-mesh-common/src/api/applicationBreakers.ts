import { z } from 'zod';
import type { Named } from './named';
import { measured } from './measured';

/**
 * A circuit breaker inside an application (Resilience4j), over the pods of one cluster. It stands beside Istio's, which
 * the application cannot see.
 *
 * @public
 */
export const applicationBreakerSchema = z.object({
  cluster: z.string(),
  namespace: z.string(),
  /** As the application calls it. */
  name: z.string(),
  /** The state of the pod that is worst off: `open` and `forced_open` before `half_open` before the rest. */
  state: z.enum([
    'closed',
    'open',
    'half_open',
    'forced_open',
    'disabled',
    'metrics_only',
  ]),
  /** How many pods are in which state. */
  pods: z.record(z.string(), z.number().int().nonnegative()),
});

/** @public */
export type ApplicationBreaker = z.infer<typeof applicationBreakerSchema>;

const applicationBreakersObject = z.object({
  breakers: measured(z.array(applicationBreakerSchema)),
  /** Answers that the applications gave in place of a model, all models. */
  fallbacksPerSecond: measured(z.number().nonnegative()),
});

/** @public */
export interface ApplicationBreakersSchema extends Named<
  typeof applicationBreakersObject
> {}

/** Breakers and fallback answers of the applications behind a service or an entity. @public */
export const applicationBreakersSchema: ApplicationBreakersSchema =
  applicationBreakersObject;

/** @public */
export type ApplicationBreakers = z.infer<typeof applicationBreakersSchema>;
