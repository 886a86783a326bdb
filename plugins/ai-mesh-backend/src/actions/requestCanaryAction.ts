import { z } from 'zod/v3';
import type { AssistantAction } from './AssistantAction';
import { byAction } from './byAction';
import { canarySchema, withPage } from './canarySchemas';
import { entityRefSchema, serviceSchema, versionSchema } from './schemas';

const input = z.object({
  entityRef: entityRefSchema,
  service: serviceSchema.describe('As canary-options names it'),
  stable: versionSchema.describe('The version that has the traffic'),
  canary: versionSchema.describe('The version that is to get it'),
  route: z
    .object({
      kind: z.enum(['VirtualService', 'HTTPRoute', 'GRPCRoute']),
      namespace: z.string(),
      name: z.string(),
      rule: z.string().optional(),
    })
    .optional()
    .describe('Only where more than one route qualifies'),
  across: z
    .object({
      clusters: z
        .array(z.string())
        .min(2)
        .max(20)
        .describe("In their order; the first is the service's"),
      order: z.enum(['together', 'one-after-another']),
    })
    .optional()
    .describe(
      'Where the service runs on several clusters and the request is for several: when one is rolled back, all are',
    ),
  plan: z
    .record(z.unknown())
    .optional()
    .describe(
      "The portal's plan unless given: steps or initialWeight, stepWeight and targetWeight in percent, intervalSeconds, minRequests, gates",
    ),
  reason: z.string().min(1).max(2000).describe('For whoever approves it'),
  idempotencyKey: z
    .string()
    .min(1)
    .max(200)
    .describe('The same key with the same request gives the same canary'),
});

const answer = z.object({
  created: z.boolean().describe('false: the same had been asked before'),
  canary: canarySchema,
});

export const requestCanaryAction: AssistantAction<typeof input, typeof answer> =
  {
    name: 'request-canary',
    title: 'Ask for a canary',
    description:
      'Asks to move traffic of a service step by step to another version. Nothing moves before a person with the permission has approved it in the portal.',
    attributes: { readOnly: false, destructive: false, idempotent: true },
    input,
    answer,
    run: async (asked, credentials, { desk }) => {
      const { canary, created } = await desk.request(
        async () => asked,
        credentials,
        byAction('request-canary', credentials),
      );
      return { created, canary: withPage(canary) };
    },
  };
