import type { AiMeshService } from '@ai-mesh/plugin-ai-mesh-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';

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
        entityRef: z => z.string(),
        findings: z =>
          z
            .array(z.string())
            .min(1)
            .describe('As ai-mesh:fix:pull-request puts them out'),
        url: z => z.string().describe("The pull request's page"),
      },
      output: {
        id: z => z.string().optional().describe('None in a dry run'),
      },
    },
    async handler(ctx) {
      const { entityRef, findings, url } = ctx.input;
      if (ctx.isDryRun) {
        ctx.logger.info('A dry run opens no request, so none is followed');
        return;
      }
      const { id } = await aiMesh
        .onBehalfOf(await ctx.getInitiatorCredentials())
        .followFixRequest(entityRef, { findings, url }, { signal: ctx.signal });
      ctx.output('id', id);
    },
  });
}
