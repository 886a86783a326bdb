import { z } from 'zod';
import { manyWordsSchema } from '../words/words';
import type { Named } from './named';

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
 * What proves whose a Service is, the most trustworthy first: an annotation or label on the Service, or on its
 * namespace; the configuration's map of namespaces; that the catalog read the entity from a trusted location.
 *
 * @public
 */
export const ownershipRuleSchema = z.enum([
  'service',
  'namespace',
  'namespace-map',
  'location',
]);

/** @public */
export type OwnershipRule = z.infer<typeof ownershipRuleSchema>;

const serviceOwnershipObject = z.object({
  service: serviceRefSchema,
  /** Whether it is proven to be this entity's: only then may it be changed. */
  proven: z.boolean(),
  /** What says whose it is; absent: nothing does. */
  rule: ownershipRuleSchema.optional(),
  /** The same in words: `label backstage.io/kubernetes-id of Service shop/cart`. */
  evidence: z.string().optional(),
  /** The same for other languages. */
  evidenceWords: manyWordsSchema.optional(),
  /** Other entities that provably own it, as far as the reader may see them. */
  owners: z.array(z.string()),
  /** Other entities that only claim it, as far as the reader may see them. */
  claims: z.array(z.string()),
  /** How many more own or claim it that the reader may not see. */
  hidden: z.number().int().nonnegative(),
  /** It is another's, and the reader may not see that one's mesh: the answer leaves it out. */
  withheld: z.boolean(),
});

/** @public */
export interface ServiceOwnershipSchema extends Named<
  typeof serviceOwnershipObject
> {}

/**
 * Whose a Service is that an entity claims.
 *
 * @public
 */
export const serviceOwnershipSchema: ServiceOwnershipSchema =
  serviceOwnershipObject;

/** @public */
export type ServiceOwnership = z.infer<typeof serviceOwnershipSchema>;

const resolutionObject = z.object({
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
      /** The same for other languages, where it is more than names. */
      selectorWords: manyWordsSchema.optional(),
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
      /** The same for other languages. */
      words: manyWordsSchema.optional(),
    }),
  ),
  /** Whose the found Services are. */
  ownership: z.array(serviceOwnershipSchema).optional(),
});

/** @public */
export interface ResolutionSchema extends Named<typeof resolutionObject> {}

/**
 * How the entity was found in the mesh: which annotation, what ran where, what it found.
 * An empty result still says this, so that a person can mend the annotation.
 *
 * @public
 */
export const resolutionSchema: ResolutionSchema = resolutionObject;

/** @public */
export type Resolution = z.infer<typeof resolutionSchema>;
