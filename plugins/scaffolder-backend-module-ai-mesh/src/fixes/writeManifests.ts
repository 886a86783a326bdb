import { mkdir, writeFile } from 'fs/promises';
import { dirname } from 'path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';

/**
 * Writes files below a folder, none of them outside of it, and over none but those that were read: what a repository's
 * links lead to stays as it is.
 *
 * @param files - by their paths from the folder
 * @param present - those that were read there
 * @throws NotAllowedError before anything is written
 */
export async function writeManifests(
  folder: string,
  files: ReadonlyMap<string, string>,
  present: Pick<ReadonlyMap<string, string>, 'has'>,
): Promise<void> {
  const places = [...files].map(([file, text]) => ({
    at: resolveSafeChildPath(folder, file),
    flag: present.has(file) ? 'w' : 'wx',
    text,
  }));
  for (const { at, flag, text } of places) {
    await mkdir(dirname(at), { recursive: true });
    await writeFile(at, text, { flag });
  }
}
