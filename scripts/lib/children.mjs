import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, createWriteStream, openSync } from 'node:fs';
import { root, say } from './shell.mjs';

/** Milliseconds that a child has to end by itself before it is killed. */
const GRACE_MS = 8000;

/**
 * The processes that a command runs beside each other. When one of them ends, or we are told to stop, all end.
 */
export class Children {
  #running = new Map();
  #stopping = false;
  #dismissed = new WeakSet();
  #ended;
  #settle;

  constructor() {
    this.#ended = new Promise(resolve => {
      this.#settle = resolve;
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        this.stop(0).catch(error => say(error.message));
      });
    }
  }

  get stopping() {
    return this.#stopping;
  }

  /**
   * Starts a process, whose output goes to a log file. Gives the child. It writes there itself: through a pipe of ours it
   * would be left with a broken one, and with all that it has to say, should we be killed.
   *
   * @param options - `heard`: its standard output is for us to read, and comes to the log through us
   */
  start(
    name,
    command,
    args,
    { env = process.env, log, cwd = root, heard = false } = {},
  ) {
    const file = openSync(log, 'a');
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', heard ? 'pipe' : file, file],
    });
    closeSync(file);
    child.stdout?.pipe(createWriteStream(log, { flags: 'a' }));
    this.#running.set(name, child);
    child.on('error', error => say(`${name}: ${error.message}`));
    child.on('close', (code, signal) => {
      this.#running.delete(name);
      if (!this.#stopping && !this.#dismissed.has(child)) {
        say(`${name} ended (${signal ?? `exit code ${code}`}); see ${log}`);
        this.stop(1).catch(error => say(error.message));
      }
    });
    return child;
  }

  pidOf(name) {
    return this.#running.get(name)?.pid;
  }

  /** Ends one that is not needed any more, while the others go on. */
  async end(name) {
    const child = this.#running.get(name);
    if (!child) {
      throw new Error(`${name} does not run`);
    }
    this.#dismissed.add(child);
    const closed = once(child, 'close');
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    await closed;
    clearTimeout(timer);
  }

  /** Ends every child; those that do not listen are killed. */
  async stop(exitCode) {
    if (this.#stopping) {
      return;
    }
    this.#stopping = true;
    const children = [...this.#running.values()];
    const closed = children.map(child => once(child, 'close'));
    children.forEach(child => child.kill('SIGTERM'));
    const timer = setTimeout(
      () => [...this.#running.values()].forEach(child => child.kill('SIGKILL')),
      GRACE_MS,
    );
    await Promise.all(closed);
    clearTimeout(timer);
    this.#settle(exitCode);
  }

  /** Settles with the exit code when everything has ended. */
  get ended() {
    return this.#ended;
  }
}
