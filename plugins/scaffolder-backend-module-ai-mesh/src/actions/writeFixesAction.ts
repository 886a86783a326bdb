import type { AiMeshService } from '@ai-mesh/plugin-ai-mesh-node';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { clearChange, layChange, placeOf } from '../changes/layChange';
import { readManifests } from '../fixes/readManifests';
import { proposalOf } from './proposalOf';

const examplesOf = (id: string) => [
  {
    description: 'Mend one kind of finding, and propose it as a pull request',
    example: `steps:
  - id: manifests
    name: Fetch the manifests
    action: fetch:plain
    input:
      url: \${{ parameters.repository }}
      targetPath: manifests
  - id: fixes
    name: Mend what the review found
    action: ${id}
    input:
      entityRef: component:default/ai-chat-service
      codes: [AIM103]
      path: manifests
      repository: \${{ parameters.repository }}
  - id: request
    name: Open a pull request
    action: publish:github:pull-request
    input:
      repoUrl: \${{ steps.fixes.output.repoUrl }}
      targetBranchName: \${{ steps.fixes.output.targetBranch }}
      targetPath: \${{ steps.fixes.output.targetPath }}
      sourcePath: \${{ steps.fixes.output.sourcePath }}
      branchName: \${{ steps.fixes.output.branch }}
      title: \${{ steps.fixes.output.title }}
      description: \${{ steps.fixes.output.description }}
`,
  },
  ...[
    [
      'Make the services STRICT in Git, where nobody is in the way',
      'strict: workload',
    ],
    ['Keep the rules of the objectives in Git', 'rules: operator'],
    [
      'Keep the weights of a promoted canary in Git',
      'canary: ${{ parameters.canary }}',
    ],
  ].map(([description, input]) => ({
    description,
    example: `steps:
  - id: change
    name: Write it
    action: ${id}
    input:
      entityRef: component:default/ai-chat-service
      ${input}
      path: manifests
      repository: \${{ parameters.repository }}
`,
  })),
];

/** The action's names: it is written by the first; templates of before have the second. */
export const FIX_ACTIONS = [
  'ai-mesh:fix:pull-request',
  'ai-mesh:fix:write',
] as const;

/**
 * Edits manifests in the workspace so that findings of the review are gone, or so that they say what the portal has made or done:
 * all that was wanted, or none of it. The pull request itself is the next step's, the scaffolder's own for the Git host.
 */
export function writeFixesAction(
  aiMesh: AiMeshService,
  id: (typeof FIX_ACTIONS)[number],
) {
  return createTemplateAction({
    id,
    description:
      "Makes a pull request's change, branch, title and description from the review's findings, the STRICT manifest, the rules of objectives or a promoted canary: edits manifests in the workspace. A publish step opens it.",
    examples: examplesOf(id),
    supportsDryRun: true,
    schema: {
      input: {
        entityRef: z => z.string().optional(),
        entityRefs: z =>
          z
            .array(z.string())
            .min(1)
            .max(50)
            .optional()
            .describe(
              'Several entities, instead of entityRef. What is known to be kept in another repository is left out',
            ),
        findings: z =>
          z
            .array(z.string())
            .optional()
            .describe('Ids of findings; instead of codes'),
        codes: z =>
          z
            .array(z.string().regex(/^AIM\d{3}$/))
            .optional()
            .describe('Every finding of these codes'),
        strict: z =>
          z
            .enum(['workload', 'namespace'])
            .optional()
            .describe(
              'The manifests that make the services of entityRef STRICT, where nobody calls them in plaintext; instead of findings',
            ),
        rules: z =>
          z
            .enum(['prometheus', 'operator'])
            .optional()
            .describe(
              'The recording and alerting rules of its objectives, as a file of their own; instead of findings',
            ),
        canary: z =>
          z
            .string()
            .optional()
            .describe(
              'The id of a promoted canary, whose weights the route is to keep; instead of findings',
            ),
        cluster: z =>
          z
            .string()
            .optional()
            .describe(
              'With strict and rules: the cluster that is meant, where the entity is on several',
            ),
        path: z =>
          z
            .string()
            .optional()
            .describe(
              'The folder of the manifests in the workspace; all of it unless given',
            ),
        repository: z =>
          z
            .string()
            .optional()
            .describe(
              'The URL of the folder that the manifests were fetched from, for repoUrl, targetPath and targetBranch',
            ),
      },
      output: {
        files: z => z.array(z.string()).describe('What was changed or added'),
        findings: z =>
          z.array(z.string()).describe('The ids of what is mended'),
        mended: z =>
          z
            .array(
              z.object({
                entityRef: z.string(),
                findings: z.array(z.string()),
              }),
            )
            .describe('The same by entity, for ai-mesh:fix:follow'),
        elsewhere: z =>
          z
            .array(z.string())
            .describe(
              'Other repositories that keep what was left out: each needs a request of its own',
            ),
        sourcePath: z =>
          z
            .string()
            .describe(
              'A folder in the workspace with those files alone, so that a request holds nothing else',
            ),
        repoUrl: z =>
          z
            .string()
            .optional()
            .describe('As publish steps take it, where repository was given'),
        targetPath: z => z.string().optional(),
        targetBranch: z => z.string().optional(),
        branch: z => z.string(),
        title: z => z.string(),
        description: z => z.string().describe('Markdown, with the evidence'),
      },
    },
    async handler(ctx) {
      const { path = '.', repository } = ctx.input;
      const place = placeOf(repository);
      const folder = resolveSafeChildPath(ctx.workspacePath, path);
      await clearChange(ctx, 'fixes');
      const credentials = await ctx.getInitiatorCredentials();
      const present = await readManifests(folder);
      const proposal = await proposalOf(ctx.input, {
        client: aiMesh.onBehalfOf(credentials),
        canaries: aiMesh.canariesOnBehalfOf(credentials),
        signal: ctx.signal,
        present,
        place,
      });
      const { files, mended, elsewhere } = proposal;
      const request = await layChange(ctx, {
        what: 'fixes',
        folder,
        files,
        present: present.files,
        place,
      });
      for (const { what, file } of proposal.done) {
        ctx.logger.info(`${what}: ${file}`);
      }
      for (const { what, repository: other } of elsewhere) {
        ctx.logger.info(`${what} is kept in ${other}`);
      }
      ctx.output('files', [...files.keys()]);
      ctx.output(
        'findings',
        mended.flatMap(({ findings }) => findings),
      );
      ctx.output('mended', mended);
      ctx.output('elsewhere', [
        ...new Set(elsewhere.map(other => other.repository)),
      ]);
      ctx.output('sourcePath', request.sourcePath);
      ctx.output('repoUrl', request.repoUrl);
      ctx.output('targetPath', request.targetPath);
      ctx.output('targetBranch', request.targetBranch);
      ctx.output('branch', request.branch);
      ctx.output('title', proposal.title);
      ctx.output('description', proposal.description);
    },
  });
}
