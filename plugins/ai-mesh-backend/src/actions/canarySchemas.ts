import { entityPage, type Canary } from '@ai-mesh/plugin-ai-mesh-common';
import { z } from 'zod/v3';
import { pageSchema, serviceSchema, versionSchema } from './schemas';

/** What is told of a canary. */
export const canarySchema = z.object({
  id: z.string(),
  version: z
    .number()
    .describe(
      'Counts what happened to it; every action names the one it was decided on',
    ),
  state: z.string(),
  entityRef: z.string(),
  page: pageSchema,
  service: serviceSchema,
  group: z
    .object({
      id: z.string(),
      order: z.string(),
      clusters: z.array(z.string()),
    })
    .optional()
    .describe('The canaries of the same request, one in each cluster'),
  stable: versionSchema,
  canary: versionSchema,
  reason: z.string(),
  requestedBy: z.string(),
  requestedAt: z.string(),
  decidedBy: z.string().optional(),
  endedAt: z.string().optional(),
  steps: z.array(z.number()).describe("The canary's weights, percent"),
  step: z.number().describe('The step that holds now; -1: before the first'),
  next: z.object({
    action: z.string(),
    at: z.string().optional(),
    message: z.string(),
  }),
  hold: z.object({ reason: z.string(), message: z.string() }).optional(),
  pause: z
    .object({ cause: z.string(), by: z.string(), message: z.string() })
    .optional(),
  drift: z.object({ message: z.string() }).optional(),
  actions: z
    .array(z.string())
    .describe(
      'What its state allows; whether you may is a matter of permissions',
    ),
});

/** A canary with the screen that shows it. */
export function withPage<T extends Canary>(canary: T) {
  return { ...canary, page: entityPage(canary.entityRef, 'canary', canary.id) };
}

export const canaryIdSchema = z
  .string()
  .min(1)
  .max(100)
  .describe("The canary's id, as canary-status gives it");
