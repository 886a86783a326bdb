import { z } from 'zod/v3';
import { readView, reads, type AssistantAction } from './AssistantAction';
import { entityRefSchema } from './schemas';

const name = z.string().max(253);

const input = z.object({
  entityRef: entityRefSchema,
  cluster: name.describe('Of the called Service, as the overview names it'),
  namespace: name,
  service: name.describe("The called Service, one of the entity's"),
  callerNamespace: name
    .optional()
    .describe('With callerWorkload; without both, a caller in plaintext'),
  callerWorkload: name.optional(),
  principal: z
    .string()
    .max(512)
    .optional()
    .describe('In place of namespace and workload: cluster.local/ns/x/sa/y'),
  method: z.string().max(32).default('GET'),
  path: z.string().max(2048).default('/'),
  host: name.optional(),
  port: z.number().int().min(1).max(65_535).optional(),
});

const decision = z.object({
  verdict: z.string(),
  because: z.string(),
  message: z.string(),
});

const answer = z.object({
  decision,
  mtls: z
    .array(z.object({ outcome: z.string(), message: z.string() }))
    .describe('What the mesh says before authorization is asked'),
});

export const mayCallAction: AssistantAction<typeof input, typeof answer> = {
  name: 'may-call',
  title: 'Whether a caller may call a service',
  description:
    'Decides by the mesh configuration whether a caller may call a service of a catalog entity with a method and path, and says which policy decides.',
  attributes: reads,
  input,
  answer,
  run: ({ entityRef, ...question }, credentials, tools) =>
    readView('security/may-call', entityRef, question, credentials, tools),
};
