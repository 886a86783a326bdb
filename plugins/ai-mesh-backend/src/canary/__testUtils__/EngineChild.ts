import { spawn, type ChildProcess } from 'child_process';
import { once } from 'events';
import { resolve } from 'path';
import type { EngineProcessOptions } from './engineProcess';

/** An engine in a process of its own. */
export class EngineChild {
  #errors = '';

  private constructor(private readonly child: ChildProcess) {
    child.stderr?.on('data', (chunk: Buffer) => {
      this.#errors += chunk.toString();
    });
  }

  /** Returns once it has begun to work. */
  static async start(options: EngineProcessOptions): Promise<EngineChild> {
    const child = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        resolve(__dirname, 'engineProcess.ts'),
        JSON.stringify(options),
      ],
      { stdio: ['ignore', 'pipe', 'pipe'], env: childEnvironment() },
    );
    const started = new EngineChild(child);
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(
        `The engine ended with ${code} before it was ready:\n${started.#errors}`,
      );
    });
    // Its end is only a failure while it is waited for.
    ended.catch(() => undefined);
    await Promise.race([once(child.stdout!, 'data'), ended]);
    return started;
  }

  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  get stderr(): string {
    return this.#errors;
  }

  /** Stops it in the middle of whatever it does, as a machine does that is short of memory. */
  freeze(): void {
    this.child.kill('SIGSTOP');
  }

  thaw(): void {
    this.child.kill('SIGCONT');
  }

  /** `kill -9`; returns when it is dead. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (this.isAlive) {
      const exit = once(this.child, 'exit');
      this.child.kill(signal);
      await exit;
    }
  }
}

/** Without what Jest sets for its own workers. */
function childEnvironment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS, JEST_WORKER_ID, ...env } = process.env;
  return { ...env, NODE_ENV: 'test' };
}
