import { readdir, readFile } from 'fs/promises';
import { dirname, join } from 'path';
import { parseAllDocuments, parse } from 'yaml';
import { KubeObject } from '../store';
import { InvalidWorld, parseBehaviour } from './parseBehaviour';
import { World } from './World';

/** Of a world's folder, the one file that is no manifest. */
export const BEHAVIOUR_FILE = 'behaviour.yaml';
const MANIFEST = /\.ya?ml$/;

/** The folder of a world that comes with this package. */
export function builtInWorld(name: string): string {
  const own = require.resolve('@ai-mesh/mesh-sandbox/package.json');
  return join(dirname(own), 'worlds', name);
}

/**
 * Reads the clusters of a mesh: a folder of folders is one cluster each, by their names; a folder of manifests is one.
 *
 * @throws InvalidWorld naming the file and what is wrong in it
 */
export async function readMesh(folder: string): Promise<World[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(
    (error: Error) => {
      throw new InvalidWorld(
        `cannot read the world ${folder}: ${error.message}`,
      );
    },
  );
  if (entries.some(entry => entry.isFile() && MANIFEST.test(entry.name))) {
    return [await readWorld(folder)];
  }
  const clusters = entries
    .filter(entry => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  if (clusters.length === 0) {
    throw new InvalidWorld(`${folder} holds no .yaml files`);
  }
  const worlds = await Promise.all(
    clusters.map(name => readWorld(join(folder, name))),
  );
  const names = worlds.map(({ behaviour }) => behaviour.cluster);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) {
    throw new InvalidWorld(
      `${folder}: two clusters are named ${twice}; give each behaviour.yaml a \`cluster\` of its own`,
    );
  }
  return worlds;
}

/**
 * Reads a world of one cluster from a folder: Kubernetes manifests in YAML files, and `behaviour.yaml`.
 *
 * @throws InvalidWorld naming the file and what is wrong in it
 */
export async function readWorld(folder: string): Promise<World> {
  const files = await readdir(folder).catch((error: Error) => {
    throw new InvalidWorld(`cannot read the world ${folder}: ${error.message}`);
  });
  const manifests = files
    .filter(file => MANIFEST.test(file) && file !== BEHAVIOUR_FILE)
    .sort();
  if (manifests.length === 0) {
    throw new InvalidWorld(`${folder} holds no .yaml files`);
  }
  const objects = await Promise.all(
    manifests.map(file => readManifests(join(folder, file))),
  );
  const behaviourPath = join(folder, BEHAVIOUR_FILE);
  const behaviour = files.includes(BEHAVIOUR_FILE)
    ? parse(await readFile(behaviourPath, 'utf8'))
    : {};
  return {
    objects: objects.flat(),
    behaviour: parseBehaviour(behaviour, behaviourPath),
  };
}

async function readManifests(file: string): Promise<KubeObject[]> {
  const documents = parseAllDocuments(await readFile(file, 'utf8'));
  if (!Array.isArray(documents)) {
    return [];
  }
  return documents
    .map(document => {
      const [error] = document.errors;
      if (error) {
        throw new InvalidWorld(`${file}: ${error.message}`);
      }
      return document.toJS() as unknown;
    })
    .filter(manifest => manifest !== null)
    .map(manifest => asObject(manifest, file));
}

function asObject(manifest: unknown, file: string): KubeObject {
  const object = manifest as Partial<KubeObject>;
  if (
    typeof object.apiVersion !== 'string' ||
    typeof object.kind !== 'string' ||
    typeof object.metadata?.name !== 'string'
  ) {
    throw new InvalidWorld(
      `${file}: every document needs apiVersion, kind and metadata.name; found ${JSON.stringify(manifest).slice(0, 120)}`,
    );
  }
  return object as KubeObject;
}
