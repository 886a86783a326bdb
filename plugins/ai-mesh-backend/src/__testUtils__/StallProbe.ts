import { get } from 'http';

const TICK_MS = 10;
const ASK_MS = 50;

/**
 * Watches how long the event loop stands still, while it asks the backend's liveness route every 50 ms.
 *
 * A clock alone would blame the code for a machine that is busy with something else, so a stall is what this thread itself
 * computed between two ticks, or the time between them where that is shorter. Node before 23.9 cannot tell the former.
 */
export class StallProbe {
  /** In milliseconds; of everything that runs on this thread, the test's own servers included. */
  longestMs = 0;
  /** How many times the liveness route was asked, and how often it did not answer 200. */
  asked = 0;
  unanswered = 0;
  #timers: NodeJS.Timeout[] = [];
  #last = this.#now();

  start(port?: number): this {
    this.#last = this.#now();
    this.#timers = [setInterval(() => this.#tick(), TICK_MS)];
    if (port !== undefined) {
      this.#timers.push(setInterval(() => this.#ask(port), ASK_MS));
    }
    return this;
  }

  /** The longest stall since it was started, or since the last call. */
  lap(): number {
    this.#tick();
    const longest = this.longestMs;
    this.longestMs = 0;
    return longest;
  }

  stop(): void {
    this.#timers.forEach(clearInterval);
  }

  #tick(): void {
    const now = this.#now();
    const stall = Math.min(
      now.wallMs - this.#last.wallMs,
      now.cpuMs - this.#last.cpuMs,
    );
    this.longestMs = Math.max(this.longestMs, stall);
    this.#last = now;
  }

  #ask(port: number): void {
    this.asked += 1;
    get({ port, path: '/.backstage/health/v1/liveness' }, response => {
      this.unanswered += response.statusCode === 200 ? 0 : 1;
      response.resume();
    }).on('error', () => {
      this.unanswered += 1;
    });
  }

  #now() {
    const { threadCpuUsage } = process as {
      threadCpuUsage?: () => { user: number; system: number };
    };
    const used = threadCpuUsage?.call(process);
    const wallMs = performance.now();
    return {
      wallMs,
      cpuMs: used ? (used.user + used.system) / 1000 : wallMs,
    };
  }
}
