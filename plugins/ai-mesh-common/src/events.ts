import { z } from 'zod';
import { serviceRefSchema } from './api/objects';
import { canaryVersionSchema } from './api/canaries/request';
import { canaryStateSchema } from './api/canaries/view';

/** The topic of AI Mesh on Backstage's events service. @public */
export const AI_MESH_EVENTS_TOPIC = 'ai-mesh';

/**
 * Something that happened, as other plugins hear it on the topic {@link AI_MESH_EVENTS_TOPIC}. Told at least once: after
 * a crash perhaps twice, with the same `id`. Names and reasons are what clusters and people wrote.
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
]);

/** @public */
export type AiMeshEvent = z.infer<typeof aiMeshEventSchema>;
