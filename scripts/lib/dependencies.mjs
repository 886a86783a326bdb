import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { root, run, say } from './shell.mjs';

export const yarn = join(root, '.yarn', 'releases', 'yarn-4.18.1.cjs');
const stamp = join(root, '.tools', 'installed');

/** Installs what the lockfile names, once for each state of the lockfile and the manifests. */
export async function ensureDependencies(node, env) {
  const wanted = fingerprint();
  if (
    existsSync(stamp) &&
    existsSync(join(root, 'node_modules')) &&
    readFileSync(stamp, 'utf8') === wanted
  ) {
    return;
  }
  say('installing dependencies; the first time takes a few minutes');
  await run(node, [yarn, 'install', '--immutable'], { env });
  mkdirSync(join(root, '.tools'), { recursive: true });
  writeFileSync(stamp, wanted);
}

function fingerprint() {
  const manifests = ['plugins', 'packages'].flatMap(folder =>
    readdirSync(join(root, folder)).map(name =>
      join(root, folder, name, 'package.json'),
    ),
  );
  const hash = createHash('sha256');
  for (const file of [
    join(root, 'yarn.lock'),
    join(root, 'package.json'),
    ...manifests.filter(existsSync),
  ]) {
    hash.update(readFileSync(file));
  }
  return hash.digest('hex');
}
