import { entityPage, type Topology } from '@ai-mesh/plugin-ai-mesh-common';
import { z } from 'zod/v3';
import { readView, reads, type AssistantAction } from './AssistantAction';
import {
  entityRefSchema,
  healthSchema,
  pageSchema,
  sourcesSchema,
  trafficSchema,
  windowSchema,
} from './schemas';

const input = z.object({
  entityRef: entityRefSchema,
  window: windowSchema,
  depth: z
    .number()
    .int()
    .min(1)
    .max(3)
    .default(2)
    .describe('How many calls away from the entity to look'),
});

const node = z.object({
  kind: z.string(),
  cluster: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
  entityRef: z.string().optional(),
  relation: z.string().describe('Where it stands towards the entity'),
  health: healthSchema,
  traffic: trafficSchema,
});

const answer = z.object({
  entityRef: z.string(),
  window: z.string(),
  observedAt: z.string(),
  page: pageSchema,
  status: z
    .enum(['none', 'unknown', 'found'])
    .describe(
      'unknown: it cannot be told, which does not mean that all is well',
    ),
  message: z.string(),
  origins: z
    .array(
      z.object({
        node,
        reason: z.string(),
        confidence: z
          .enum(['likely', 'possible'])
          .describe('How sure it is that it starts there'),
      }),
    )
    .describe('What fails by itself, deepest first'),
  suffering: z
    .array(z.object({ node, because: z.string() }))
    .describe('What fails because of an origin, nearest first'),
  sources: sourcesSchema,
});

export const whereDoesItHurtAction: AssistantAction<
  typeof input,
  typeof answer
> = {
  name: 'where-does-it-hurt',
  title: 'Where an outage starts',
  description:
    'Finds the deepest failing service or model provider around a catalog entity, and which services only suffer from it.',
  attributes: reads,
  input,
  answer,
  run: async ({ entityRef, ...query }, credentials, tools) => {
    const topology = (await readView(
      'topology',
      entityRef,
      query,
      credentials,
      tools,
    )) as Topology;
    return {
      ...topology,
      ...hurt(topology),
      page: entityPage(entityRef, 'topology'),
    };
  },
};

function hurt({ outage, nodes }: Topology) {
  const nodeOf = (id: string) => nodes.find(one => one.id === id);
  switch (outage.status) {
    case 'found':
      return {
        status: outage.status,
        message: outage.message,
        origins: outage.origins.map(one => ({
          ...one,
          node: nodeOf(one.node),
        })),
        suffering: outage.suffering.map(one => ({
          ...one,
          node: nodeOf(one.node),
        })),
      };
    case 'unknown':
      return { ...outage, origins: [], suffering: [] };
    default:
      return {
        status: outage.status,
        message: 'Nothing around the entity fails.',
        origins: [],
        suffering: [],
      };
  }
}
