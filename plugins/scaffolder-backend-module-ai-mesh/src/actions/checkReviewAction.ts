import {
  findingSeveritySchema,
  type Finding,
  type Review,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { AiMeshService } from '@ai-mesh/plugin-ai-mesh-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';

const severities = findingSeveritySchema.options;

/** What a check says at most; the screen shows the rest. */
const MOST_SAID = 10;

const examples = [
  {
    description: 'Stop where the mesh configuration has a finding that is high',
    example: `steps:
  - id: review
    name: Review the mesh configuration
    action: ai-mesh:review:check
    input:
      entityRef: component:default/ai-chat-service
`,
  },
  {
    description: 'Stop at medium findings too, but for one code',
    example: `steps:
  - id: review
    name: Review the mesh configuration
    action: ai-mesh:review:check
    input:
      entityRef: component:default/ai-chat-service
      failOn: medium
      ignore: [AIM205]
`,
  },
];

/** Fails a template on findings. It only reads, so that a dry run does the same. */
export function checkReviewAction(aiMesh: AiMeshService) {
  return createTemplateAction({
    id: 'ai-mesh:review:check',
    description:
      "Fails on findings about a service's mesh configuration, and where it could not be judged.",
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        entityRef: z => z.string(),
        failOn: z =>
          z
            .enum(severities as [string, ...string[]])
            .optional()
            .describe(
              'The least severity that fails: high (unless given), medium, low, note',
            ),
        ignore: z =>
          z
            .array(z.string().regex(/^AIM\d{3}$/))
            .optional()
            .describe('Codes that do not fail'),
        allowUnknown: z =>
          z
            .boolean()
            .optional()
            .describe('Whether what could not be judged passes'),
      },
      output: {
        counts: z => z.record(z.number()).describe('Findings by severity'),
        findings: z =>
          z.array(
            z.object({
              code: z.string(),
              severity: z.string(),
              message: z.string(),
            }),
          ),
      },
    },
    async handler(ctx) {
      const {
        entityRef,
        failOn = 'high',
        ignore = [],
        allowUnknown = false,
      } = ctx.input;
      const review = await aiMesh
        .onBehalfOf(await ctx.getInitiatorCredentials())
        .review(entityRef, { signal: ctx.signal });
      ctx.output('counts', review.counts);
      ctx.output(
        'findings',
        review.findings
          .filter(({ suppressedBy }) => !suppressedBy)
          .map(({ code, severity, message }) => ({ code, severity, message })),
      );
      const least = severities.findIndex(one => one === failOn);
      const failing = review.findings.filter(
        finding =>
          !finding.suppressedBy &&
          !ignore.includes(finding.code) &&
          severities.indexOf(finding.severity) <= least,
      );
      const unknown = allowUnknown ? [] : notSeen(review, ignore);
      if (failing.length + unknown.length > 0) {
        throw new Error(
          [...failing.map(textOf), ...unknown]
            .slice(0, MOST_SAID)
            .concat(
              failing.length + unknown.length > MOST_SAID
                ? [`and ${failing.length + unknown.length - MOST_SAID} more`]
                : [],
            )
            .join('\n'),
        );
      }
      ctx.logger.info(
        `No finding of ${entityRef} is ${failOn} or worse (${review.findings.length} in all).`,
      );
    },
  });
}

function textOf({ code, severity, message, object, path }: Finding): string {
  return `${code} (${severity}) ${message} [${object.kind} ${object.namespace ?? ''}/${object.name} ${path}]`;
}

/** What went unseen because a source is away: that nothing was found there means nothing. */
function notSeen(review: Review, ignore: readonly string[]): string[] {
  const services = review.resolution.searched.flatMap(one => one.services);
  if (services.length === 0) {
    return ['No Service of the entity was found, so nothing was reviewed.'];
  }
  return review.notJudged
    .filter(
      ({ code, reason }) =>
        !ignore.includes(code) &&
        (reason === 'source-unreachable' || reason === 'forbidden'),
    )
    .map(({ code, message }) => `${code} could not be judged: ${message}`);
}
