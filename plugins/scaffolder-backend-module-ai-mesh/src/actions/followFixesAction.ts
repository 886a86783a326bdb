import type { AiMeshService } from '@ai-mesh/plugin-ai-mesh-node';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';

interface EntityIds {
  entityRef: string;
  findings: string[];
}

/** Tells AI Mesh of the pull request that a publish step has opened, so that the review shows what becomes of it. */
export function followFixesAction(aiMesh: AiMeshService) {
  return createTemplateAction({
    id: 'ai-mesh:fix:follow',
    description:
      'Sets a pull request beside the findings of the review that it mends: open, merged, applied in the cluster, gone, or closed. Needs the permission ai-mesh.fix.request on the entity.',
    examples: [
      {
        description: 'Follow the request that the step before has opened',
        example: `steps:
  - id: follow
    name: Follow the request
    action: ai-mesh:fix:follow
    input:
      entityRef: component:default/ai-chat-service
      findings: \${{ steps.fixes.output.findings }}
      url: \${{ steps.request.output.remoteUrl }}
`,
      },
    ],
    supportsDryRun: true,
    schema: {
      input: {
        entityRef: z => z.string().optional(),
        findings: z =>
          z
            .array(z.string())
            .min(1)
            .optional()
            .describe('As ai-mesh:fix:pull-request puts them out'),
        mended: z =>
          z
            .array(
              z.object({
                entityRef: z.string(),
                findings: z.array(z.string()),
              }),
            )
            .min(1)
            .optional()
            .describe(
              'The same of several entities; instead of entityRef and findings',
            ),
        url: z => z.string().describe("The pull request's page"),
      },
      output: {
        id: z =>
          z
            .string()
            .optional()
            .describe('None in a dry run; of several, the first'),
      },
    },
    async handler(ctx) {
      const { url } = ctx.input;
      const mended = mendedIn(ctx.input);
      if (ctx.isDryRun) {
        ctx.logger.info('A dry run opens no request, so none is followed');
        return;
      }
      const client = aiMesh.onBehalfOf(await ctx.getInitiatorCredentials());
      const ids: string[] = [];
      // Where one fails, a retry finds those before it followed already.
      for (const { entityRef, findings } of mended) {
        const { id } = await client.followFixRequest(
          entityRef,
          { findings, url },
          { signal: ctx.signal },
        );
        ids.push(id);
      }
      ctx.output('id', ids[0]);
    },
  });
}

function mendedIn({
  entityRef,
  findings,
  mended,
}: Partial<EntityIds> & { mended?: EntityIds[] }): EntityIds[] {
  const one = entityRef !== undefined && findings && { entityRef, findings };
  if (Boolean(one) === (mended !== undefined)) {
    throw new InputError('Give either entityRef and findings, or mended.');
  }
  return mended ?? [one as EntityIds];
}
