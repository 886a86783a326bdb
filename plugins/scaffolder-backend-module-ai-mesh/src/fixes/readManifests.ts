import type { Dirent } from 'fs';
import { readdir, readFile, stat } from 'fs/promises';
import { basename, join, relative } from 'path';
import { InputError } from '@backstage/errors';

/** Of one folder; more would be no folder of manifests. */
const MOST_FILES = 5000;
/** A manifest that is larger is data. */
const MOST_BYTES = 1_000_000;
/** Of all files together: they are held in the memory that everybody shares. */
const MOST_BYTES_IN_ALL = 20_000_000;

/** The YAML files of a folder. */
export interface ReadManifests {
  /** By their paths from the folder. */
  files: Map<string, string>;
  /** Paths of those that were too large to be read. */
  tooLarge: string[];
}

/**
 * Reads the YAML files below a folder. Links are not followed, so that nothing outside of it is read or written.
 *
 * @throws InputError where there are too many, or there is no such folder
 */
export async function readManifests(folder: string): Promise<ReadManifests> {
  const entries = await entriesOf(folder);
  const paths = entries
    .filter(entry => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .filter(file => !relative(folder, file).split('/').includes('.git'))
    .sort();
  if (paths.length > MOST_FILES) {
    throw new InputError(
      `There are ${paths.length} YAML files, more than the ${MOST_FILES} that are looked through: name the folder of the manifests.`,
    );
  }
  const files = new Map<string, string>();
  const tooLarge: string[] = [];
  let bytes = 0;
  for (const path of paths) {
    const { size } = await stat(path);
    if (size > MOST_BYTES) {
      tooLarge.push(relative(folder, path));
      continue;
    }
    bytes += size;
    if (bytes > MOST_BYTES_IN_ALL) {
      throw new InputError(
        `The YAML files have more than ${MOST_BYTES_IN_ALL / 1_000_000} MB together, which are more than are looked through: name the folder of the manifests.`,
      );
    }
    files.set(relative(folder, path), await readFile(path, 'utf8'));
  }
  return { files, tooLarge };
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    if (
      !['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code!)
    ) {
      throw error;
    }
    // Its own words would be about folders of the portal.
    throw new InputError(
      `There is no folder ${basename(folder)} in the workspace: fetch it in a step before, or name another.`,
    );
  }
}
