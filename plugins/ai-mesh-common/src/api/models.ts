import { z } from 'zod';
import { manyWordsSchema } from '../words/words';
import { factUnknownReasonSchema } from './facts';
import { measured, moreCount } from './measured';
import { serviceRefSchema } from './objects';
import { modelSlosSchema } from './slos';

const figures = modelSlosSchema.pick({
  requestsPerSecond: true,
  errorRatio: true,
  p95: true,
  tokensPerSecond: true,
  cost: true,
});

/**
 * A model as one service uses it: when the service's facts were computed last, as means over five minutes.
 *
 * @public
 */
export const modelUseSchema = figures.extend({
  ...modelSlosSchema.pick({
    cluster: true,
    versions: true,
    requestsByVersion: true,
  }).shape,
  /** The entities of the service: more than one where several own the same Services. */
  entityRefs: z.array(z.string()).min(1),
  services: z.array(serviceRefSchema),
  observedAt: z.iso.datetime(),
  /** Of all requests to the model, 0..1. */
  share: measured(z.number().min(0).max(1)),
});

/** @public */
export type ModelUse = z.infer<typeof modelUseSchema>;

/**
 * A model across all services that the caller may see. A figure is unknown where it is for one of the services.
 *
 * @public
 */
export const modelInUseSchema = figures.extend({
  model: z.string(),
  providers: z.array(z.string()),
  /** Its catalog Resource of type `ai-model`, as far as the caller may see it. */
  entityRef: z.string().optional(),
  /** The busiest first. `p95` of the model is that of the slowest of them: percentiles do not add up. */
  uses: z.array(modelUseSchema),
  moreUses: moreCount,
  /** Requests a second over the last hour, oldest first; null where one of the services has no figure. */
  trend: z.array(
    z.object({
      at: z.iso.datetime(),
      requestsPerSecond: z.number().nullable(),
    }),
  ),
});

/** @public */
export type ModelInUse = z.infer<typeof modelInUseSchema>;

/** An entity of which it is not known which models it uses, and why. @public */
export const modelsNotKnownSchema = z.object({
  entityRef: z.string(),
  reason: factUnknownReasonSchema,
  message: z.string().optional(),
  /** The message for other languages, where the catalogue has it. */
  words: manyWordsSchema.optional(),
});

/** @public */
export type ModelsNotKnown = z.infer<typeof modelsNotKnownSchema>;

/** @public */
export const modelsInUseSchema = z.object({
  observedAt: z.iso.datetime(),
  /** A page of them, the busiest first. */
  models: z.array(modelInUseSchema),
  /** Of all pages. */
  modelCount: z.number().int().nonnegative(),
  /** The cursor of the next page; absent: this is the last. */
  next: z.string().optional(),
  /** The first of them, by their references. */
  notKnown: z.array(modelsNotKnownSchema),
  notKnownCount: z.number().int().nonnegative(),
});

/** @public */
export type ModelsInUse = z.infer<typeof modelsInUseSchema>;
