import {
  entityPage,
  findingSeveritySchema,
  type Review,
} from '@ai-mesh/plugin-ai-mesh-common';
import { z } from 'zod/v3';
import { readView, reads, type AssistantAction } from './AssistantAction';
import {
  entityRefSchema,
  objectSchema,
  pageSchema,
  serviceSchema,
  sourcesSchema,
} from './schemas';

const severities = findingSeveritySchema.options;

const input = z.object({
  entityRef: entityRefSchema,
  atLeast: z
    .enum(severities as [string, ...string[]])
    .default('note')
    .describe('Leaves out what is less severe: high, medium, low, note'),
  code: z
    .string()
    .regex(/^AIM\d{3}$/)
    .optional()
    .describe('Only findings of this code, such as AIM103'),
});

const answer = z.object({
  entityRef: z.string(),
  observedAt: z.string(),
  page: pageSchema,
  counts: z.record(z.number()).describe('All findings, by severity'),
  findings: z.array(
    z.object({
      id: z.string(),
      code: z.string(),
      severity: z.string(),
      message: z.string(),
      why: z.string(),
      service: serviceSchema,
      object: objectSchema,
      path: z.string(),
      link: z.string(),
      hasFix: z.boolean().describe('The screen shows the fix'),
      suppressed: z.boolean().describe('An annotation silences it'),
    }),
  ),
  notJudged: z
    .array(z.object({ code: z.string(), message: z.string() }))
    .describe('What could not be judged, which does not mean that it is right'),
  sources: sourcesSchema,
});

export const findingsAction: AssistantAction<typeof input, typeof answer> = {
  name: 'findings',
  title: "What the review says of a service's mesh configuration",
  description:
    'Findings about the configuration and behaviour of the services of a catalog entity, worst first: timeouts, retries, circuit breakers, encryption, authorization, routes.',
  attributes: reads,
  input,
  answer,
  run: async ({ entityRef, atLeast, code }, credentials, tools) => {
    const review = (await readView(
      'review',
      entityRef,
      {},
      credentials,
      tools,
    )) as Review;
    const least = severities.findIndex(one => one === atLeast);
    return {
      ...review,
      page: entityPage(entityRef, 'review'),
      findings: review.findings
        .filter(
          finding =>
            severities.indexOf(finding.severity) <= least &&
            (code === undefined || finding.code === code),
        )
        .map(({ fix, suppressedBy, ...finding }) => ({
          ...finding,
          hasFix: fix !== undefined,
          suppressed: suppressedBy !== undefined,
        })),
    };
  },
};
