import { z } from 'zod';
import { workloadNameSchema } from './api/mtls';
import { objectRefSchema, serviceRefSchema } from './api/objects';
import { findingCodeSchema } from './api/findingCode';
import { canaryVersionSchema } from './api/canaries/request';
import { canaryStateSchema } from './api/canaries/view';

/** The topic of AI Mesh on Backstage's events service. @public */
export const AI_MESH_EVENTS_TOPIC = 'ai-mesh';

/** What stands in the mesh of an entity: told once for as long as it stands. */
const standing = z.object({
  /** The same for the same event. */
  id: z.string(),
  /** Since when it has stood, as far as was seen. */
  at: z.iso.datetime(),
  entityRef: z.string(),
  /** The path of the very row that shows it, below the portal's address. */
  page: z.string(),
  cluster: z.string(),
});

/**
 * Something that happened, as other plugins hear it on the topic {@link AI_MESH_EVENTS_TOPIC}. A canary's is told at least
 * once: after a crash perhaps twice, with the same `id`. Names and reasons are what clusters and people wrote. Kinds may
 * be added: take what this schema does not know for none of yours.
 *
 * @public
 */
export const aiMeshEventSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('canary'),
    /** The same for the same event. */
    id: z.string(),
    at: z.iso.datetime(),
    /** The entity that the canary was asked for. */
    entityRef: z.string(),
    /** The path of the screen that shows it, below the portal's address. */
    page: z.string(),
    canaryId: z.string(),
    /** The same for all canaries of one request for several clusters; absent: it was asked for by itself. */
    groupId: z.string().optional(),
    service: serviceRefSchema,
    stable: canaryVersionSchema,
    canary: canaryVersionSchema,
    /** The state before; null for the request itself. */
    from: canaryStateSchema.nullable(),
    to: canaryStateSchema,
    /** What happened: an action's name, or what the engine did. */
    what: z.string(),
    /** `engine`, or the entity reference of a person. */
    by: z.string(),
    reason: z.string(),
  }),
  standing.extend({
    kind: z.literal('budget-exhausted'),
    /** Absent for an objective of the service as a whole. */
    model: z.string().optional(),
    objective: z.object({
      id: z.string(),
      name: z.string(),
      /** The share of good events that is promised, 0..1. */
      target: z.number(),
    }),
    periodSeconds: z.number(),
    /** 0 is spent, below 0 is overspent. */
    budgetLeft: z.number(),
  }),
  standing.extend({
    kind: z.literal('high-finding'),
    findingId: z.string(),
    code: findingCodeSchema,
    service: serviceRefSchema,
    object: objectRefSchema,
    path: z.string(),
    message: z.string(),
  }),
  standing.extend({
    kind: z.literal('certificate-ending'),
    /** Whose it is; absent: the root's, which is told once for its cluster. */
    workload: workloadNameSchema.optional(),
    expiresAt: z.iso.datetime(),
  }),
]);

/** @public */
export type AiMeshEvent = z.infer<typeof aiMeshEventSchema>;
