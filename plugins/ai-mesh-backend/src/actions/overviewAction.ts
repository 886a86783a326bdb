import { entityPage } from '@ai-mesh/plugin-ai-mesh-common';
import { z } from 'zod/v3';
import { readView, reads, type AssistantAction } from './AssistantAction';
import {
  entityRefSchema,
  healthSchema,
  measured,
  pageSchema,
  serviceSchema,
  sourcesSchema,
  trafficSchema,
  windowSchema,
} from './schemas';

const input = z.object({ entityRef: entityRefSchema, window: windowSchema });

const answer = z.object({
  entityRef: z.string(),
  window: z.string(),
  observedAt: z.string(),
  page: pageSchema,
  services: z.array(serviceSchema),
  traffic: z.object({ total: trafficSchema, health: healthSchema }),
  mtls: z.object({
    observed: measured(
      z.object({
        share: z.number().describe('Of requests with mutual TLS, 0..1'),
        plaintextPerSecond: z.number(),
      }),
    ),
    plaintextCallers: z.array(
      z.object({
        cluster: z.string(),
        namespace: z.string().optional(),
        workload: z.string(),
        plaintextPerSecond: z.number(),
      }),
    ),
  }),
  worstSlo: measured(
    z.object({
      model: z.string(),
      objective: z.string(),
      target: z.number(),
      budgetLeft: measured(z.number()).describe('1 is all, 0 is spent'),
      alert: z.string(),
      lowTraffic: z.boolean(),
      youngWithinSeconds: z
        .number()
        .optional()
        .describe(
          'All events are from the last so many seconds: too early to call the budget spent',
        ),
    }),
  )
    .optional()
    .describe('Absent: the entity has no objective'),
  canary: measured(
    z.object({
      active: z.number(),
      latest: z
        .object({
          id: z.string(),
          state: z.string(),
          percent: z.number().optional(),
          targetPercent: z.number(),
          message: z.string().optional(),
          next: z.object({ message: z.string() }),
        })
        .optional(),
    }),
  ),
  findings: z
    .record(z.number())
    .optional()
    .describe('Findings of the review by severity; absent: nothing to review'),
  sources: sourcesSchema,
});

export const overviewAction: AssistantAction<typeof input, typeof answer> = {
  name: 'overview',
  title: "A service's mesh at a glance",
  description:
    'Traffic, errors, latency, encryption, the worst service level objective, canaries and findings of a catalog entity in the service mesh.',
  attributes: reads,
  input,
  answer,
  run: async ({ entityRef, window }, credentials, tools) => ({
    ...((await readView(
      'overview',
      entityRef,
      { window },
      credentials,
      tools,
    )) as object),
    page: entityPage(entityRef),
  }),
};
