import { access, mkdir, writeFile } from 'fs/promises';
import { dirname } from 'path';
import type { AiMeshService } from '@ai-mesh/plugin-ai-mesh-node';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { openSloText } from '../objectives/openSloText';
import { proposeObjectives } from '../objectives/proposeObjectives';

const examples = [
  {
    description:
      'Write objectives beside the catalog file, to be opened as a pull request',
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

/** Writes objectives that the last 30 days would have kept, as an OpenSLO file in the workspace. */
export function writeSlosAction(aiMesh: AiMeshService) {
  return createTemplateAction({
    id: 'ai-mesh:slo:write',
    description:
      "Writes an OpenSLO file with objectives for a service's models, by what was measured over the last 30 days.",
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
              'In the workspace, slos.yaml unless given; a file that is there is not overwritten',
            ),
      },
      output: {
        path: z => z.string(),
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
      },
    },
    async handler(ctx) {
      const { entityRef, path = 'slos.yaml' } = ctx.input;
      const file = resolveSafeChildPath(ctx.workspacePath, path);
      if (await isThere(file)) {
        throw new ConflictError(
          `There is a file ${path} already: name another, or merge by hand.`,
        );
      }
      const slos = await aiMesh
        .onBehalfOf(await ctx.getInitiatorCredentials())
        .slos(entityRef, { window: '30d' }, { signal: ctx.signal });
      const objectives = proposeObjectives(slos);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, openSloText(entityRef, objectives), { flag: 'wx' });
      for (const { name, basis } of objectives) {
        ctx.logger.info(`${name}: ${basis}`);
      }
      ctx.output('path', path);
      ctx.output('annotation', `./${path}`);
      ctx.output('objectives', objectives);
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
