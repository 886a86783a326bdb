import type { FixRequestBody } from '@ai-mesh/plugin-ai-mesh-common';
import type { AiMeshService } from '@ai-mesh/plugin-ai-mesh-node';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';

type Followed = { entityRef: string } & Omit<FixRequestBody, 'url'>;

interface Input extends Partial<Followed> {
  mended?: { entityRef: string; findings: string[] }[];
  url: string;
}

/** Tells AI Mesh of the pull request that a publish step has opened, so that it is shown what becomes of it. */
export function followFixesAction(aiMesh: AiMeshService) {
  return createTemplateAction({
    id: 'ai-mesh:fix:follow',
    description:
      'Sets a pull request beside what it is for: findings of the review, STRICT manifests, rules of objectives or the weights of a promoted canary. It is then said whether it is open, merged or closed, and whether the cluster has it. Needs the permission ai-mesh.fix.request on the entity.',
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
      {
        description: 'Follow a request that keeps a promoted canary in Git',
        example: `steps:
  - id: follow
    name: Follow the request
    action: ai-mesh:fix:follow
    input:
      entityRef: component:default/ai-chat-service
      canary: \${{ parameters.canary }}
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
        strict: z =>
          z
            .enum(['workload', 'namespace'])
            .optional()
            .describe('As ai-mesh:fix:pull-request was given it'),
        rules: z =>
          z
            .enum(['prometheus', 'operator'])
            .optional()
            .describe('As ai-mesh:fix:pull-request was given it'),
        canary: z =>
          z
            .string()
            .optional()
            .describe('As ai-mesh:fix:pull-request was given it'),
        cluster: z =>
          z
            .string()
            .optional()
            .describe('As ai-mesh:fix:pull-request was given it'),
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
      const followed = followedIn(ctx.input);
      if (ctx.isDryRun) {
        ctx.logger.info('A dry run opens no request, so none is followed');
        return;
      }
      const client = aiMesh.onBehalfOf(await ctx.getInitiatorCredentials());
      const ids: string[] = [];
      // Where one fails, a retry finds those before it followed already.
      for (const { entityRef, ...what } of followed) {
        const { id } = await client.followFixRequest(
          entityRef,
          { ...what, url },
          { signal: ctx.signal },
        );
        ids.push(id);
      }
      ctx.output('id', ids[0]);
    },
  });
}

/** What each entity's request is for; a form leaves out what is not. */
function followedIn({
  entityRef,
  mended,
  url: _,
  findings,
  cluster,
  ...others
}: Input): Followed[] {
  const wanted: Omit<Followed, 'entityRef'>[] = [
    ...(findings ? [{ findings }] : []),
    ...Object.entries(others).flatMap(([kind, value]) =>
      value === undefined ? [] : [{ [kind]: value, cluster }],
    ),
  ];
  if (mended && wanted.length === 0) {
    return mended;
  }
  if (mended || wanted.length !== 1 || entityRef === undefined) {
    throw new InputError(
      'Give either mended, or entityRef with one of findings, strict, rules and canary.',
    );
  }
  return [{ entityRef, ...wanted[0] }];
}
