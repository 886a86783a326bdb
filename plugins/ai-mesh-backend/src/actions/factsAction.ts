import {
  entityPage,
  factDefinitions,
  factTextsEn,
  type FactName,
} from '@ai-mesh/plugin-ai-mesh-common';
import { z } from 'zod/v3';
import { parseEntityRefText, readFacts } from '../http';
import { reads, type AssistantAction } from './AssistantAction';
import { entityRefSchema, pageSchema } from './schemas';

const EXAMPLE: FactName = 'sloBudgetLeftMin';

const input = z.object({
  entityRef: entityRefSchema,
  names: z
    .array(z.string().min(1).max(100))
    .min(1)
    .max(200)
    .optional()
    .describe(`Only these facts, such as ${EXAMPLE}; all unless given`),
});

const value = z.union([z.boolean(), z.number()]);

const answer = z.object({
  entityRef: z.string(),
  observedAt: z
    .string()
    .optional()
    .describe('When they were computed last; absent: not yet'),
  page: pageSchema,
  facts: z.array(
    z.object({
      name: z.string(),
      title: z.string().optional(),
      unit: z.string().optional(),
      status: z.enum(['known', 'unknown']),
      value: value.optional(),
      currency: z.string().optional(),
      reason: z.string().optional().describe('Why it is unknown'),
      message: z.string().optional(),
      since: z.string().optional(),
      last: z
        .object({ value, currency: z.string().optional(), at: z.string() })
        .optional()
        .describe('What it was when it was known last'),
    }),
  ),
});

export const factsAction: AssistantAction<typeof input, typeof answer> = {
  name: 'facts',
  title: 'What is known of a service, in figures',
  description:
    'The facts of a catalog entity as they were computed last: encryption, timeouts, retries, findings, objectives, canaries, models, cost. Checks and scorecards are made of them.',
  attributes: reads,
  input,
  answer,
  run: async ({ entityRef, names }, credentials, { reading, facts }) => {
    const found = await readFacts(
      parseEntityRefText(entityRef),
      { names, history: 'none' },
      credentials,
      { ...reading, facts },
    );
    return {
      ...found,
      page: entityPage(found.entityRef, 'scorecard'),
      facts: Object.entries(found.facts).map(([name, fact]) => ({
        name,
        ...describe(name),
        ...fact,
      })),
    };
  },
};

/** A newer definition than these words has none. */
function describe(name: string): { title?: string; unit?: string } {
  return Object.hasOwn(factDefinitions, name)
    ? {
        title: factTextsEn[name as FactName].title,
        unit: factDefinitions[name as FactName].unit,
      }
    : {};
}
