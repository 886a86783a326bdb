import { z } from 'zod/v3';
import { reads, type AssistantAction } from './AssistantAction';
import { canaryIdSchema, canarySchema, withPage } from './canarySchemas';
import { measured } from './schemas';

const input = z.object({ id: canaryIdSchema });

const measurement = z.object({
  value: measured(z.number()),
  requests: measured(z.number()).describe('That the value stands on'),
  earlierAt: z.string().optional(),
});

const estimate = z.object({
  requests: z.number(),
  bad: z.number(),
  low: z.number(),
  high: z.number(),
});

const check = z.object({
  at: z.string(),
  windowSeconds: z.number(),
  verdict: z.object({
    outcome: z.string(),
    reason: z.string().optional(),
    message: z.string(),
  }),
  gates: z.array(
    z.object({
      gate: z.string(),
      unit: z.string(),
      outcome: z.string(),
      message: z.string(),
      holdReason: z.string().optional(),
      canary: measurement,
      stable: measurement,
      bounds: z.object({ rollBackWhen: z.string(), advanceWhen: z.string() }),
      test: z
        .object({
          canary: estimate,
          stable: estimate,
          requestsToDecision: z.number().optional(),
        })
        .optional(),
      breaches: z.number().describe('Checks in a row beyond the bound'),
    }),
  ),
  leftOut: z.string().optional(),
});

const answer = z.object({
  canary: canarySchema,
  check: check.optional().describe('The latest look; absent before the first'),
  history: z
    .array(
      z.object({
        at: z.string(),
        by: z.string(),
        from: z.string().nullable(),
        to: z.string(),
        what: z.string(),
        reason: z.string(),
      }),
    )
    .describe('The latest events, the last one first'),
});

export const explainVerdictAction: AssistantAction<
  typeof input,
  typeof answer
> = {
  name: 'explain-verdict',
  title: 'Why a canary advances, holds or is rolled back',
  description:
    "A canary's latest check: each gate with the figures of both versions, its bounds and what they say together, and what happened so far.",
  attributes: reads,
  input,
  answer,
  run: async ({ id }, credentials, { desk }) => {
    const { transitions, ...canary } = await desk.details(id, credentials);
    return {
      canary: withPage(canary),
      check: canary.check,
      history: transitions.slice(-20).reverse(),
    };
  },
};
