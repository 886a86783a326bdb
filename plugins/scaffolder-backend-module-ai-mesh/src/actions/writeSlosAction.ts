import { access } from 'fs/promises';
import { dirname, join } from 'path';
import type { AiMeshService } from '@ai-mesh/plugin-ai-mesh-node';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { clearChange, layChange, placeOf } from '../changes/layChange';
import { readManifests } from '../fixes/readManifests';
import { describeObjectives } from '../objectives/describeObjectives';
import { nameObjectives } from '../objectives/nameObjectives';
import { openSloText } from '../objectives/openSloText';
import { proposeObjectives } from '../objectives/proposeObjectives';

const examples = [
  {
    description:
      'Write objectives, name them in the catalog file, and open a pull request for both',
    example: `steps:
  - id: catalog
    name: Fetch the catalog file
    action: fetch:plain
    input:
      url: \${{ parameters.repository }}
      targetPath: catalog
  - id: slos
    name: Write the objectives
    action: ai-mesh:slo:write
    input:
      entityRef: component:default/llm-gateway-service
      path: llm-gateway-service.slos.yaml
      catalog: catalog
      repository: \${{ parameters.repository }}
  - id: request
    name: Open a pull request
    action: publish:github:pull-request
    input:
      repoUrl: \${{ steps.slos.output.repoUrl }}
      targetBranchName: \${{ steps.slos.output.targetBranch }}
      targetPath: \${{ steps.slos.output.targetPath }}
      sourcePath: \${{ steps.slos.output.sourcePath }}
      branchName: \${{ steps.slos.output.branch }}
      title: \${{ steps.slos.output.title }}
      description: \${{ steps.slos.output.description }}
`,
  },
  {
    description: 'Write objectives alone',
    example: `steps:
  - id: slos
    name: Write the objectives
    action: ai-mesh:slo:write
    input:
      entityRef: component:default/llm-gateway-service
      path: slos.yaml
`,
  },
];

/**
 * Writes objectives that the last 30 days would have kept, as an OpenSLO file in the workspace; and, where the catalog file
 * is there too, the annotation by which AI Mesh finds them.
 */
export function writeSlosAction(aiMesh: AiMeshService) {
  return createTemplateAction({
    id: 'ai-mesh:slo:write',
    description:
      "Writes an OpenSLO file with objectives for a service's models, by what was measured over the last 30 days, and names it in the entity's catalog file. A publish step proposes both.",
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        entityRef: z => z.string(),
        path: z =>
          z
            .string()
            .optional()
            .describe(
              'In the folder of the catalog file, else in the workspace; slos.yaml unless given. A file that is there is not overwritten',
            ),
        catalog: z =>
          z
            .string()
            .optional()
            .describe(
              "A folder in the workspace with the entity's catalog file, which is to name the objectives",
            ),
        repository: z =>
          z
            .string()
            .optional()
            .describe(
              'The URL of the folder that the catalog file was fetched from, for repoUrl, targetPath and targetBranch',
            ),
      },
      output: {
        path: z => z.string().describe('The file, in the workspace'),
        annotation: z =>
          z.string().describe('The value of ai-mesh.io/slos on the entity'),
        objectives: z =>
          z.array(
            z.object({
              name: z.string(),
              model: z.string().optional(),
              targetPercent: z.number(),
              thresholdSeconds: z.number().optional(),
              basis: z.string().describe('What it stands on, in words'),
            }),
          ),
        files: z => z.array(z.string()).describe('What was changed or added'),
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
        description: z => z.string().describe('Markdown'),
      },
    },
    async handler(ctx) {
      const { entityRef, path = 'slos.yaml', catalog, repository } = ctx.input;
      const place = placeOf(repository);
      const folder = resolveSafeChildPath(ctx.workspacePath, catalog ?? '.');
      await clearChange(ctx, 'slos');
      const { files: present } = await (catalog === undefined
        ? { files: new Map<string, string>() }
        : readManifests(folder));
      const annotation = `./${path}`;
      const named =
        catalog === undefined
          ? undefined
          : nameObjectives(present, entityRef, annotation);
      const file = join(named ? dirname(named.file) : '.', path);
      if (await isThere(resolveSafeChildPath(folder, file))) {
        throw new ConflictError(
          `There is a file ${file} already: name another, or merge by hand.`,
        );
      }
      const slos = await aiMesh
        .onBehalfOf(await ctx.getInitiatorCredentials())
        .slos(entityRef, { window: '30d' }, { signal: ctx.signal });
      const objectives = proposeObjectives(slos);
      const files = new Map([[file, openSloText(entityRef, objectives)]]);
      if (named) {
        files.set(named.file, named.text);
      }
      const request = await layChange(ctx, {
        what: 'slos',
        folder,
        files,
        present,
        place,
      });
      for (const { name, basis } of objectives) {
        ctx.logger.info(`${name}: ${basis}`);
      }
      const { title, description } = describeObjectives(entityRef, objectives);
      ctx.output('path', join(catalog ?? '.', file));
      ctx.output('annotation', annotation);
      ctx.output('objectives', objectives);
      ctx.output('files', [...files.keys()]);
      ctx.output('sourcePath', request.sourcePath);
      ctx.output('repoUrl', request.repoUrl);
      ctx.output('targetPath', request.targetPath);
      ctx.output('targetBranch', request.targetBranch);
      ctx.output('branch', request.branch);
      ctx.output('title', title);
      ctx.output('description', description);
    },
  });
}

async function isThere(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    // Nothing is there, or nothing that may be seen: then writing fails with its own words.
    return false;
  }
}
