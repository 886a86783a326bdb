import { ChildProcess, spawn } from 'child_process';
import { once } from 'events';
import { dirname, resolve } from 'path';
import { createInterface } from 'readline';
import type { ClusterAddresses, GitHostAddresses } from '../server';

/** The line of JSON that `mesh-sandbox serve` prints once it listens; its addresses are those of the first cluster. */
export interface SandboxReady extends ClusterAddresses {
  ready: true;
  /** One where the world is of one cluster. */
  clusters: readonly ClusterAddresses[];
  /** Bearer tokens of the Kubernetes API. */
  tokens: { reader: string; writer: string; nobody: string };
  /** With `--git`. */
  git?: GitHostAddresses;
}

/** A sandbox in a process of its own. */
export interface RunningSandbox extends SandboxReady {
  pid: number;
  /** Everything it has written to stderr so far. */
  stderr(): string;
  stop(): Promise<void>;
}

// Found by the package's name, so that it is the same file from source and from a build.
const bin = resolve(
  dirname(require.resolve('@ai-mesh/mesh-sandbox/package.json')),
  'bin/mesh-sandbox',
);

/**
 * Starts `mesh-sandbox serve` on a free port.
 *
 * @param args - further arguments of `serve`
 * @throws Error with what the process wrote to stderr, where it ends or is silent for `timeoutMs`
 */
export async function startSandbox(
  args: readonly string[] = [],
  { timeoutMs = 30_000 }: { timeoutMs?: number } = {},
): Promise<RunningSandbox> {
  const child = spawn(
    process.execPath,
    [bin, 'serve', '--port', '0', ...args],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const stop = () => stopChild(child);
  try {
    const ready = await readyLine(child, timeoutMs);
    return { ...ready, pid: child.pid!, stderr: () => errors, stop };
  } catch (error) {
    await stop();
    throw new Error(`${(error as Error).message}\n${errors}`.trim());
  }
}

async function readyLine(
  child: ChildProcess,
  timeoutMs: number,
): Promise<SandboxReady> {
  const lines = createInterface({ input: child.stdout! });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<SandboxReady>((found, reject) => {
      timer = setTimeout(
        () =>
          reject(new Error(`the sandbox was not ready after ${timeoutMs} ms`)),
        timeoutMs,
      );
      child.once('error', reject);
      child.once('exit', code =>
        reject(new Error(`the sandbox ended with ${code} before it was ready`)),
      );
      lines.on('line', line => {
        const ready = parseReady(line);
        if (ready) {
          found(ready);
        }
      });
    });
  } finally {
    clearTimeout(timer);
  }
}

function parseReady(line: string): SandboxReady | undefined {
  if (!line.startsWith('{"ready":true')) {
    return undefined;
  }
  return JSON.parse(line);
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || !child.pid) {
    return;
  }
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(killer);
}
