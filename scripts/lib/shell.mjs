import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { constants as osConstants } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export function say(line) {
  process.stderr.write(`[ai-mesh] ${line}\n`);
}

/** The full path of a program on PATH, or undefined. */
export function which(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const candidate = join(folder, name);
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      // Not in this folder: that is the answer, not a failure.
    }
  }
  return undefined;
}

/** Runs to the end and fails loudly; the program's output goes to ours. */
export async function run(command, args, options = {}) {
  const code = await spawnForeground(command, args, options);
  if (code !== 0) {
    throw new Error(
      `${command} ${args.join(' ')} failed with exit code ${code}`,
    );
  }
}

/** Runs and gives what it printed, or undefined when it failed. */
export function output(command, args, options = {}) {
  const result = spawnSync(command, args, { encoding: 'utf8', ...options });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

let stoppedBy;

/** Whether we were told to stop while something ran with our terminal. */
export const toldToStop = () => stoppedBy !== undefined;

/**
 * Runs with our terminal. A signal to us is passed on, we stay until the child has tidied up, and nothing begins after it.
 * Gives the exit code; 128 + n when a signal ended it.
 */
export function spawnForeground(command, args, options = {}) {
  const endedBy = signal => 128 + (osConstants.signals[signal] ?? 0);
  return new Promise((resolve, reject) => {
    if (toldToStop()) {
      resolve(endedBy(stoppedBy));
      return;
    }
    const child = spawn(command, args, {
      stdio: 'inherit',
      cwd: root,
      ...options,
    });
    const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'].map(signal => {
      const handler = () => {
        stoppedBy = signal;
        child.kill(signal);
      };
      process.on(signal, handler);
      return () => process.off(signal, handler);
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      forwarded.forEach(undo => undo());
      resolve(code ?? endedBy(signal));
    });
  });
}
