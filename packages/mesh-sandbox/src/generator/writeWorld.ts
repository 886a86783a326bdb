import { mkdir, writeFile } from 'fs/promises';
import { join } from 'path';
import { stringify } from 'yaml';
import { KubeObject } from '../store';
import { World } from '../world';

/** Writes a mesh: the folder of its world, or a folder with one for each of its clusters. */
export async function writeMesh(
  worlds: readonly World[],
  folder: string,
): Promise<void> {
  const [only, ...others] = worlds;
  if (others.length === 0) {
    await writeWorld(only, folder);
    return;
  }
  for (const world of worlds) {
    await writeWorld(world, join(folder, world.behaviour.cluster));
  }
}

/** Writes a world as a folder that can be read again: a file of manifests for each namespace, and `behaviour.yaml`. */
export async function writeWorld(
  { objects, behaviour }: World,
  folder: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const files = new Map<string, KubeObject[]>();
  for (const object of objects) {
    const { namespace, name } = object.metadata;
    const file = namespace ?? name;
    files.set(file, [...(files.get(file) ?? []), object]);
  }
  for (const [file, manifests] of files) {
    // Each object stands for itself: anchors would save space and cost readers.
    const text = manifests
      .map(manifest => stringify(manifest, { aliasDuplicateObjects: false }))
      .join('---\n');
    await writeFile(join(folder, `${file}.yaml`), text);
  }
  await writeFile(
    join(folder, 'behaviour.yaml'),
    stringify(behaviour, { aliasDuplicateObjects: false }),
  );
}
