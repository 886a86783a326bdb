import { mkdir, rm } from 'fs/promises';
import { join } from 'path';
import {
  findingSeveritySchema,
  type Finding,
  type Review,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { AiMeshService } from '@ai-mesh/plugin-ai-mesh-node';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { describeFixes } from '../fixes/describeFixes';
import { planFixes } from '../fixes/planFixes';
import { readManifests } from '../fixes/readManifests';
import { repositoryFolder } from '../fixes/repositoryFolder';
import { writeManifests } from '../fixes/writeManifests';

const severities = findingSeveritySchema.options;

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
        entityRef: z => z.string(),
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
      const { entityRef, path = '.', repository } = ctx.input;
      const place =
        repository === undefined ? undefined : repositoryFolder(repository);
      const folder = resolveSafeChildPath(ctx.workspacePath, path);
      const sourcePath = `ai-mesh-fixes-${ctx.task.id.slice(0, 8)}`;
      const changed = join(ctx.workspacePath, sourcePath);
      // Of a try before, which would be taken for manifests.
      await rm(changed, { recursive: true, force: true });
      const review = await aiMesh
        .onBehalfOf(await ctx.getInitiatorCredentials())
        .review(entityRef, { signal: ctx.signal });
      const chosen = choose(review.findings, ctx.input);
      requireProof(chosen, review);
      const { files: manifests, tooLarge } = await readManifests(folder);
      const plan = planFixes(chosen, manifests, tooLarge);
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
      const { title, description } = describeFixes(review.entityRef, plan);
      ctx.output('files', [...plan.files.keys()]);
      ctx.output(
        'findings',
        plan.done.map(({ finding }) => finding.id),
      );
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

/** Worst first, so that of two which change one line the worse is mended. */
function choose(
  findings: readonly Finding[],
  { findings: ids, codes }: { findings?: string[]; codes?: string[] },
): Finding[] {
  if ((ids === undefined) === (codes === undefined)) {
    throw new InputError('Give one of findings and codes.');
  }
  const gone = ids?.filter(id => !findings.some(one => one.id === id)) ?? [];
  if (gone.length > 0) {
    throw new ConflictError(
      `The review does not have the finding ${gone.join(', ')} any more: look at it again.`,
    );
  }
  const chosen = findings.filter(
    ({ id, code, suppressedBy }) =>
      ids?.includes(id) || (codes?.includes(code) && !suppressedBy),
  );
  if (chosen.length === 0) {
    throw new ConflictError(
      `The review has no finding of ${codes?.join(', ')}: there is nothing to mend.`,
    );
  }
  return [...chosen].sort(
    (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity),
  );
}

/** What an entity says of itself is enough to look at a Service, not to change it. */
function requireProof(
  chosen: readonly Finding[],
  { entityRef, resolution: { ownership = [] } }: Review,
): void {
  const isProven = ({ service }: Finding) =>
    ownership.some(
      one =>
        one.proven &&
        one.service.cluster === service.cluster &&
        one.service.namespace === service.namespace &&
        one.service.name === service.name,
    );
  const services = chosen
    .filter(finding => !isProven(finding))
    .map(({ service: { cluster, namespace, name } }) =>
      [cluster, namespace, name].join('/'),
    );
  if (services.length > 0) {
    throw new NotAllowedError(
      `Nothing was changed: it is not proven that ${[...new Set(services)].join(', ')} belongs to ${entityRef}. docs/ownership.md names the ways to prove it.`,
    );
  }
}
