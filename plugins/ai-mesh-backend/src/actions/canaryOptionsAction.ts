import { z } from 'zod/v3';
import { parseEntityRefText } from '../http';
import { reads, type AssistantAction } from './AssistantAction';
import {
  entityRefSchema,
  objectSchema,
  serviceSchema,
  sourcesSchema,
  versionSchema,
} from './schemas';

const input = z.object({ entityRef: entityRefSchema });

const answer = z.object({
  services: z.array(
    z.object({
      service: serviceSchema,
      routes: z.array(
        z.object({
          route: z.object({
            object: objectSchema,
            rule: z.string().optional(),
          }),
          weights: z
            .array(
              z.object({
                role: z.string(),
                host: z.string(),
                subset: z.string().optional(),
                percent: z.number(),
              }),
            )
            .describe('At present'),
          busyWith: z
            .string()
            .optional()
            .describe('The canary that holds the route'),
        }),
      ),
      versions: z.array(
        z.object({ version: versionSchema, label: z.string() }),
      ),
      message: z.string().optional(),
    }),
  ),
  sources: sourcesSchema,
});

export const canaryOptionsAction: AssistantAction<typeof input, typeof answer> =
  {
    name: 'canary-options',
    title: 'What a canary can be asked for',
    description:
      'Services, routes and versions of a catalog entity that request-canary can be asked for.',
    attributes: reads,
    input,
    answer,
    run: ({ entityRef }, credentials, { desk }) =>
      desk.options(parseEntityRefText(entityRef), credentials),
  };
