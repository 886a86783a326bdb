import { readdir, readFile, stat } from 'fs/promises';
import { join, relative } from 'path';
import { InputError } from '@backstage/errors';

/** Of one folder; more would be no folder of manifests. */
const MOST_FILES = 5000;
/** A manifest that is larger is data. */
const MOST_BYTES = 1_000_000;

/**
 * The YAML files below a folder, by their paths from it. Links are not followed, so that nothing outside of it is read or
 * written.
 *
 * @throws InputError where there are too many
 */
export async function readManifests(
  folder: string,
): Promise<Map<string, string>> {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  const files = entries
    .filter(entry => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .filter(file => !relative(folder, file).split('/').includes('.git'))
    .sort();
  if (files.length > MOST_FILES) {
    throw new InputError(
      `There are ${files.length} YAML files, more than the ${MOST_FILES} that are looked through: name the folder of the manifests.`,
    );
  }
  const found = new Map<string, string>();
  for (const file of files) {
    if ((await stat(file)).size <= MOST_BYTES) {
      found.set(relative(folder, file), await readFile(file, 'utf8'));
    }
  }
  return found;
}
