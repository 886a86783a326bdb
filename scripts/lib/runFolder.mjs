import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { root } from './shell.mjs';

const PID = 'pid';

/**
 * An empty folder for what one run writes: logs, generated configuration, Prometheus' data. Throws where another run
 * still uses it.
 */
export function freshRunFolder(name = '.run') {
  const folder = resolve(root, process.env.AI_MESH_RUN_FOLDER ?? name);
  const owner = runningOwner(folder);
  if (owner !== undefined) {
    throw new Error(
      `process ${owner} runs in ${folder} already; stop it, or set AI_MESH_RUN_FOLDER to another folder`,
    );
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeRunFile(folder, PID, String(process.pid));
  return folder;
}

/** Writes a file of the run, readable by its owner alone: some hold the sandbox's tokens. Gives its path. */
export function writeRunFile(folder, name, text) {
  const file = join(folder, name);
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}

function runningOwner(folder) {
  const file = join(folder, PID);
  if (!existsSync(file)) {
    return undefined;
  }
  const pid = Number(readFileSync(file, 'utf8'));
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process is there all the same.
    return error.code === 'EPERM' ? pid : undefined;
  }
  return pid === process.pid ? undefined : pid;
}
