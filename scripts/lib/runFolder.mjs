import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { root } from './shell.mjs';

/** An empty folder for what one run writes: logs, generated configuration, Prometheus' data. */
export function freshRunFolder(
  name = process.env.AI_MESH_RUN_FOLDER ?? '.run',
) {
  const folder = resolve(root, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Writes a file of the run, readable by its owner alone: some hold the sandbox's tokens. Gives its path. */
export function writeRunFile(folder, name, text) {
  const file = join(folder, name);
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}
