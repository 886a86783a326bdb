import {
  canaryMayStart,
  entityPage,
  type CanaryRequestInput,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { AiMeshService } from '@ai-mesh/plugin-ai-mesh-node';
import { ConflictError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { chooseCanary } from './chooseCanary';

const examples = [
  {
    description: 'Ask for a canary of the version that was just deployed',
    example: `steps:
  - id: canary
    name: Ask for the canary
    action: ai-mesh:canary:request
    input:
      entityRef: component:default/ai-chat-service
      canary: v2
      reason: A better model for everybody
`,
  },
  {
    description: 'With steps of its own, confirmed by a person before half',
    example: `steps:
  - id: canary
    name: Ask for the canary
    action: ai-mesh:canary:request
    input:
      entityRef: component:default/ai-chat-service
      service: demo/ai-services/ai-chat-service
      stable: v1
      canary: v2
      reason: A better model for everybody
      plan:
        steps: [1, 10, 50, 100]
        confirmBefore: [50]
        intervalSeconds: 600
`,
  },
  {
    description: 'For two clusters, the second when the first is promoted',
    example: `steps:
  - id: canary
    name: Ask for the canary
    action: ai-mesh:canary:request
    input:
      entityRef: component:default/ai-chat-service
      clusters: [east, west]
      canary: v2
      reason: A better model for everybody
`,
  },
];

/** Asks for a canary, once however often the step is run again. A dry run says what it would do. */
export function requestCanaryAction(aiMesh: AiMeshService) {
  return createTemplateAction({
    id: 'ai-mesh:canary:request',
    description:
      'Asks to move traffic of a service step by step to another version. A person approves it in the portal.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        entityRef: z =>
          z.string().describe('The catalog entity that owns the service'),
        service: z =>
          z
            .string()
            .regex(/^[^/]+(\/[^/]+){1,2}$/, 'Write [cluster/]namespace/name')
            .optional()
            .describe(
              "[cluster/]namespace/name; the entity's only Service with a route unless given",
            ),
        clusters: z =>
          z
            .array(z.string())
            .min(1)
            .max(20)
            .optional()
            .describe(
              'For a service of several clusters: those that the request is for, in their order. When one is rolled back, all are',
            ),
        order: z =>
          z
            .enum(['one-after-another', 'together'])
            .optional()
            .describe('one-after-another unless given'),
        stable: z =>
          z
            .string()
            .optional()
            .describe(
              'The version that has the traffic; the one that has most unless given',
            ),
        canary: z => z.string().describe('The version that is to get it'),
        reason: z => z.string().min(1).max(2000),
        plan: z =>
          z
            .record(z.unknown())
            .optional()
            .describe("Steps, interval and gates; the portal's unless given"),
        idempotencyKey: z =>
          z
            .string()
            .min(1)
            .max(200)
            .optional()
            .describe("The task's and step's own unless given"),
      },
      output: {
        id: z => z.string().describe('For ai-mesh:canary:wait'),
        state: z => z.string(),
        page: z => z.string().describe('Where it is shown, below the portal'),
        steps: z => z.array(z.number()).describe('Its weights, percent'),
      },
    },
    async handler(ctx) {
      const { entityRef, reason, idempotencyKey, plan, ...wanted } = ctx.input;
      const canaries = aiMesh.canariesOnBehalfOf(
        await ctx.getInitiatorCredentials(),
      );
      const { signal } = ctx;
      const chosen = chooseCanary(
        await canaries.canaryOptions(entityRef, { signal }),
        wanted,
      );
      const asked = {
        entityRef,
        ...chosen,
        plan: (plan ?? {}) as CanaryRequestInput['plan'],
      };
      if (ctx.isDryRun) {
        const preflight = await canaries.previewCanary(asked, { signal });
        const checks = [
          preflight,
          ...(preflight.others ?? []).map(other => other.preflight),
        ].flatMap(one => one.checks);
        for (const { outcome, message } of checks) {
          if (outcome !== 'ok') {
            ctx.logger.warn(message);
          }
        }
        if (!canaryMayStart(preflight)) {
          throw new ConflictError(
            checks
              .filter(({ outcome }) => outcome === 'blocks')
              .map(({ message }) => message)
              .join(' '),
          );
        }
        ctx.logger.info(
          `Would ask for a canary with the weights ${preflight.steps.join(', ')}%.`,
        );
        ctx.output('id', 'dry-run');
        ctx.output('state', 'requested');
        ctx.output('page', entityPage(entityRef, 'canary'));
        ctx.output('steps', preflight.steps);
        return;
      }
      const canary = await canaries.requestCanary(
        {
          ...asked,
          reason,
          idempotencyKey:
            idempotencyKey ?? `scaffolder ${ctx.task.id} ${ctx.step?.id ?? ''}`,
        },
        { signal },
      );
      const page = entityPage(canary.entityRef, 'canary', canary.id);
      ctx.logger.info(`Canary ${canary.id} is ${canary.state}: ${page}`);
      ctx.output('id', canary.id);
      ctx.output('state', canary.state);
      ctx.output('page', page);
      ctx.output('steps', canary.steps);
    },
  });
}
