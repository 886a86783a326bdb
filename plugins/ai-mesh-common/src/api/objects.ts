import { z } from 'zod';

/**
 * Names one Kubernetes object on one cluster.
 *
 * @public
 */
export const objectRefSchema = z.object({
  cluster: z.string(),
  apiVersion: z.string(),
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
});

/** @public */
export type ObjectRef = z.infer<typeof objectRefSchema>;

/**
 * A service of the entity, on one cluster.
 *
 * @public
 */
export const serviceRefSchema = z.object({
  cluster: z.string(),
  namespace: z.string(),
  name: z.string(),
});

/** @public */
export type ServiceRef = z.infer<typeof serviceRefSchema>;

/**
 * Endpoints by readiness.
 *
 * @public
 */
export const endpointsSchema = z.object({
  ready: z.number().int().nonnegative(),
  total: z.number().int().nonnegative(),
});

/** @public */
export type Endpoints = z.infer<typeof endpointsSchema>;

/**
 * How the entity was found in the mesh: which annotation, what ran where, what it found.
 * An empty result still says this, so that a person can mend the annotation.
 *
 * @public
 */
export const resolutionSchema = z.object({
  /** The annotation that decided. */
  annotation: z.string(),
  /** Its value. */
  value: z.string(),
  /** One row a cluster that was searched. */
  searched: z.array(
    z.object({
      cluster: z.string(),
      /** What was looked for, in words: `Service ai-services/chat`, `label app=chat in every namespace`. */
      selector: z.string(),
      services: z.array(z.object({ namespace: z.string(), name: z.string() })),
      workloads: z.array(
        z.object({
          kind: z.string(),
          namespace: z.string(),
          name: z.string(),
        }),
      ),
      /** Why nothing could be found there, where that is known. */
      message: z.string().optional(),
    }),
  ),
});

/** @public */
export type Resolution = z.infer<typeof resolutionSchema>;
