import { z } from 'zod/v3';
import { parseEntityRefText } from '../http';
import { reads, requireOneOf, type AssistantAction } from './AssistantAction';
import { canaryIdSchema, canarySchema, withPage } from './canarySchemas';
import { entityRefSchema } from './schemas';

const input = z.object({
  id: canaryIdSchema.optional(),
  entityRef: entityRefSchema
    .optional()
    .describe(
      'Instead of the id: all canaries of the entity, active ones first',
    ),
});

const answer = z.object({ canaries: z.array(canarySchema) });

export const canaryStatusAction: AssistantAction<typeof input, typeof answer> =
  {
    name: 'canary-status',
    title: 'How canaries stand',
    description:
      'State, weights, next step and what holds a canary, by its id or for a catalog entity.',
    attributes: reads,
    input,
    answer,
    run: async (asked, credentials, { desk }) => {
      requireOneOf(asked, 'id', 'entityRef');
      const canaries =
        asked.id !== undefined
          ? [await desk.details(asked.id, credentials)]
          : (
              await desk.ofEntity(
                parseEntityRefText(asked.entityRef!),
                { limit: 20 },
                credentials,
              )
            ).canaries;
      return { canaries: canaries.map(withPage) };
    },
  };
