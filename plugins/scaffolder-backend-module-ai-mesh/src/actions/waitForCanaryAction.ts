import { setTimeout as sleep } from 'timers/promises';
import {
  entityPage,
  type CanaryDetails,
  type CanaryState,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { AiMeshService } from '@ai-mesh/plugin-ai-mesh-node';
import { isError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';

/** States from which a canary does not come back to where it was meant to go. */
const FAILED: readonly CanaryState[] = [
  'rejected',
  'cancelled',
  'expired',
  'failed',
  'rollingBack',
  'rolledBack',
];

/** What a canary has come past once it is decided on. */
const APPROVED: readonly CanaryState[] = [
  'approved',
  'progressing',
  'paused',
  'promoted',
];

const examples = [
  {
    description: 'Wait until the canary has all the traffic',
    example: `steps:
  - id: promoted
    name: Wait for the promotion
    action: ai-mesh:canary:wait
    input:
      id: \${{ steps.canary.output.id }}
`,
  },
  {
    description: 'Only wait for the approval, for an hour at most',
    example: `steps:
  - id: approved
    name: Wait for the approval
    action: ai-mesh:canary:wait
    input:
      id: \${{ steps.canary.output.id }}
      until: approved
      timeoutSeconds: 3600
`,
  },
];

/** Waits for a canary. Cancelling the task ends the wait; the canary goes on. */
export function waitForCanaryAction(aiMesh: AiMeshService) {
  return createTemplateAction({
    id: 'ai-mesh:canary:wait',
    description:
      'Waits until a canary is approved or promoted, and fails where it is rejected, expires or is rolled back.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        id: z => z.string().describe('As ai-mesh:canary:request gives it'),
        until: z =>
          z
            .enum(['approved', 'promoted'])
            .optional()
            .describe('promoted unless given'),
        timeoutSeconds: z =>
          z
            .number()
            .int()
            .min(1)
            .max(604_800)
            .optional()
            .describe(
              'Then the step fails, and the canary goes on; a day unless given',
            ),
        pollSeconds: z =>
          z
            .number()
            .min(1)
            .max(300)
            .optional()
            .describe('Between two looks; 15 unless given'),
      },
      output: {
        state: z => z.string(),
        decidedBy: z => z.string().optional(),
      },
    },
    async handler(ctx) {
      const {
        id,
        until = 'promoted',
        timeoutSeconds = 86_400,
        pollSeconds = 15,
      } = ctx.input;
      if (ctx.isDryRun) {
        ctx.logger.info(`Would wait until the canary is ${until}.`);
        ctx.output('state', until);
        return;
      }
      const credentials = await ctx.getInitiatorCredentials();
      const canaries = aiMesh.canariesOnBehalfOf(credentials);
      const deadline = Date.now() + timeoutSeconds * 1000;
      const reached = until === 'promoted' ? ['promoted'] : APPROVED;
      let said = '';
      for (;;) {
        ctx.signal?.throwIfAborted();
        let canary: CanaryDetails | undefined;
        try {
          canary = await canaries.canary(id, { signal: ctx.signal });
        } catch (error) {
          if (!isPassing(error)) {
            throw error;
          }
          ctx.logger.warn(`AI Mesh could not be asked, trying again: ${error}`);
        }
        // A request for several clusters has come so far when all of them have.
        const all = canary ? [canary, ...(canary.others ?? [])] : [];
        if (canary && all.every(({ state }) => reached.includes(state))) {
          ctx.logger.info(`The canary is ${canary.state}.`);
          ctx.output('state', canary.state);
          if (canary.decidedBy) {
            ctx.output('decidedBy', canary.decidedBy);
          }
          return;
        }
        if (canary && FAILED.includes(canary.state)) {
          throw new Error(
            `The canary is ${canary.state}: ${canary.transitions.at(-1)?.reason} (${pageOf(canary)})`,
          );
        }
        const lost = all.find(({ state }) => FAILED.includes(state));
        if (canary && lost) {
          throw new Error(
            `The canary in cluster '${lost.service.cluster}' is ${lost.state}, and so the request has failed (${pageOf(lost)})`,
          );
        }
        const waitsFor = all.find(({ state }) => !reached.includes(state));
        const now = waitsFor
          ? `${waitsFor.state}: ${waitsFor.next.message}`
          : said;
        if (now !== said) {
          ctx.logger.info(now);
          said = now;
        }
        if (Date.now() + pollSeconds * 1000 > deadline) {
          throw new Error(
            `The canary was not ${until} within ${timeoutSeconds} s; it goes on without this task. ${canary ? `${now} (${pageOf(canary)})` : ''}`.trim(),
          );
        }
        await sleep(pollSeconds * 1000, undefined, { signal: ctx.signal });
      }
    },
  });
}

function pageOf({
  entityRef,
  id,
}: Pick<CanaryDetails, 'entityRef' | 'id'>): string {
  return entityPage(entityRef, 'canary', id);
}

/** Whether a later try may go better: the backend restarts, or is away for a moment. */
function isPassing(error: unknown): boolean {
  if (!isError(error) || error.name === 'AbortError') {
    return false;
  }
  const { statusCode } = error as { statusCode?: number };
  return statusCode === undefined
    ? error instanceof TypeError
    : statusCode === 429 || statusCode >= 500;
}
