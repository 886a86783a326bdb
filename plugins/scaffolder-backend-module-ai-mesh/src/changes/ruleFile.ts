import type { AiMeshDownload } from '@ai-mesh/plugin-ai-mesh-common';
import { ConflictError } from '@backstage/errors';

/**
 * Where the generated rules of an entity go: a file of their own, which takes the place of the one generated before.
 *
 * @param files - those that are there, by their paths
 * @throws ConflictError where it holds something else, or the same
 */
export function ruleFile(
  files: ReadonlyMap<string, string>,
  entityRef: string,
  { fileName, content }: AiMeshDownload,
): Map<string, string> {
  const present = files.get(fileName);
  if (present === content) {
    throw new ConflictError(`${fileName} has these rules already.`);
  }
  if (present !== undefined && !isGenerated(present, entityRef)) {
    throw new ConflictError(
      `${fileName} has rules that AI Mesh has not made: it is not overwritten.`,
    );
  }
  return new Map([[fileName, content]]);
}

/** Whether every group in a file is one of AI Mesh's for the entity; rules themselves have no such names. */
function isGenerated(text: string, entityRef: string): boolean {
  const groups = text.match(/^ *- name: .*$/gm) ?? [];
  return (
    groups.length > 0 &&
    groups.every(group => group.includes(`ai-mesh ${entityRef} `))
  );
}
