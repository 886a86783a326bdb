import { entityPage } from '@ai-mesh/plugin-ai-mesh-common';
import { z } from 'zod/v3';
import { readView, reads, type AssistantAction } from './AssistantAction';
import {
  entityRefSchema,
  measured,
  pageSchema,
  sourcesSchema,
} from './schemas';

const input = z.object({ entityRef: entityRefSchema });

const objective = z.object({
  cluster: z.string(),
  objective: z.object({
    id: z.string(),
    name: z.string(),
    target: z.number().describe('Promised share of good events, 0..1'),
    periodSeconds: z.number(),
    source: z.string(),
  }),
  sli: measured(z.number()).describe('Share of good events, 0..1'),
  events: measured(z.number()),
  budgetLeft: measured(z.number()).describe(
    '1 is all, 0 is spent, below 0 is overspent',
  ),
  alert: z.string().describe('The worst severity that fires'),
  secondsToExhaustion: measured(z.number().nullable()),
  lowTraffic: z.boolean().describe('Fewer than 100 events'),
  youngWithinSeconds: z
    .number()
    .optional()
    .describe(
      'All events are from the last so many seconds: too early to call the budget spent',
    ),
});

const latency = measured(z.object({ valueMs: z.number() }));

const answer = z.object({
  entityRef: z.string(),
  observedAt: z.string(),
  page: pageSchema,
  dialect: z.object({ name: z.string(), notes: z.array(z.string()) }),
  models: z.array(
    z.object({
      cluster: z.string(),
      model: z.string(),
      provider: z.string().optional(),
      reporting: z.boolean(),
      requestsPerSecond: measured(z.number()),
      errorRatio: measured(z.number()),
      p95: latency,
      timeToFirstTokenP95: latency,
      tokensPerSecond: measured(z.number()),
      cost: measured(
        z.object({ currency: z.string(), perHour: z.number() }),
      ).describe('An estimate: tokens times a price table'),
      objectives: z.array(objective),
    }),
  ),
  objectives: z.array(objective).describe('Of the service as a whole'),
  problems: z.array(z.object({ source: z.string(), message: z.string() })),
  sources: sourcesSchema,
});

export const sloStatusAction: AssistantAction<typeof input, typeof answer> = {
  name: 'slo-status',
  title: "How a service's objectives stand",
  description:
    'Models of a catalog entity with errors, latency, tokens and cost, and its service level objectives with error budgets left.',
  attributes: reads,
  input,
  answer,
  run: async ({ entityRef }, credentials, tools) => ({
    ...((await readView('slos', entityRef, {}, credentials, tools)) as object),
    page: entityPage(entityRef, 'slos'),
  }),
};
