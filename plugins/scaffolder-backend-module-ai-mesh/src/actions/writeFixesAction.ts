import { mkdir, rm } from 'fs/promises';
import { join } from 'path';
import type { Review } from '@ai-mesh/plugin-ai-mesh-common';
import type { AiMeshService } from '@ai-mesh/plugin-ai-mesh-node';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { describeFixes } from '../fixes/describeFixes';
import { ofRepository } from '../fixes/ofRepository';
import { planFixes, type FixPlan } from '../fixes/planFixes';
import { readManifests } from '../fixes/readManifests';
import { repositoryFolder } from '../fixes/repositoryFolder';
import { writeManifests } from '../fixes/writeManifests';
import {
  chooseFindings,
  entitiesOf,
  type EntityFindings,
} from './chooseFindings';

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
];

/** The action's names: it is written by the first; templates of before have the second. */
export const FIX_ACTIONS = [
  'ai-mesh:fix:pull-request',
  'ai-mesh:fix:write',
] as const;

/**
 * Edits manifests in the workspace so that findings of the review are gone: all that were chosen, or none. The pull request
 * itself is the next step's, the scaffolder's own for the Git host.
 */
export function writeFixesAction(
  aiMesh: AiMeshService,
  id: (typeof FIX_ACTIONS)[number],
) {
  return createTemplateAction({
    id,
    description:
      "Makes a pull request's change, branch, title and description from the review's findings: edits manifests in the workspace so that they are gone. A publish step opens it.",
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
              'Several entities, with codes; instead of entityRef. What is known to be kept in another repository is left out',
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
      const place =
        repository === undefined ? undefined : repositoryFolder(repository);
      const folder = resolveSafeChildPath(ctx.workspacePath, path);
      const sourcePath = `ai-mesh-fixes-${ctx.task.id.slice(0, 8)}`;
      const changed = join(ctx.workspacePath, sourcePath);
      // Of a try before, which would be taken for manifests.
      await rm(changed, { recursive: true, force: true });
      const client = aiMesh.onBehalfOf(await ctx.getInitiatorCredentials());
      const reviews: Review[] = [];
      for (const entityRef of entitiesOf(ctx.input)) {
        reviews.push(await client.review(entityRef, { signal: ctx.signal }));
      }
      const chosen = chooseFindings(reviews, ctx.input);
      const { here, elsewhere } = ofRepository(
        chosen,
        // One entity's findings were chosen for the repository by whoever did.
        ctx.input.entityRefs && place,
      );
      for (const { finding, repository: other } of elsewhere) {
        ctx.logger.info(`${finding.code} ${finding.id} is kept in ${other}`);
      }
      const { files: manifests, tooLarge } = await readManifests(folder);
      const plan = planFixes(here, manifests, tooLarge);
      if (plan.refused.length > 0) {
        throw new ConflictError(
          `Nothing was changed, since not all could be:\n${plan.refused
            .map(({ finding, why }) => `${finding.code} ${finding.id}: ${why}`)
            .join('\n')}`,
        );
      }
      await writeManifests(folder, plan.files, manifests);
      await mkdir(changed);
      await writeManifests(changed, plan.files, new Map());
      for (const { finding, file } of plan.done) {
        ctx.logger.info(`${finding.code}: ${file}`);
      }
      const mended = mendedBy(plan, chosen);
      const { title, description } = describeFixes(
        mended.map(({ entityRef }) => entityRef),
        plan,
      );
      ctx.output('files', [...plan.files.keys()]);
      ctx.output(
        'findings',
        plan.done.map(({ finding }) => finding.id),
      );
      ctx.output('mended', mended);
      ctx.output('elsewhere', [
        ...new Set(elsewhere.map(other => other.repository)),
      ]);
      ctx.output('sourcePath', sourcePath);
      ctx.output('repoUrl', place?.repoUrl);
      ctx.output('targetPath', place?.path);
      ctx.output('targetBranch', place?.branch);
      ctx.output('branch', sourcePath);
      ctx.output('title', title);
      ctx.output('description', description);
    },
  });
}

/** Which findings each entity has no more. */
function mendedBy({ done }: FixPlan, chosen: readonly EntityFindings[]) {
  const ids = new Set(done.map(({ finding }) => finding.id));
  return chosen
    .map(({ entityRef, findings }) => ({
      entityRef,
      findings: findings.map(({ id }) => id).filter(id => ids.has(id)),
    }))
    .filter(({ findings }) => findings.length > 0);
}
