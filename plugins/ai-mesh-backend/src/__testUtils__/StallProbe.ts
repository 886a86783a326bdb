import { get } from 'http';
import {
  constants,
  PerformanceObserver,
  type PerformanceEntry,
} from 'perf_hooks';
import { setImmediate as turn } from 'timers/promises';

const TICK_MS = 10;
const ASK_MS = 50;
/** Of a shorter stall it need not be known what it was spent with. */
const WORTH_ASKING_MS = 100;

interface Stall {
  fromMs: number;
  toMs: number;
  ms: number;
}

/**
 * Watches how long the event loop stands still, while it asks the backend's liveness route every 50 ms.
 *
 * A clock alone would blame the code for a machine that is busy with something else, so a stall is what this thread itself
 * computed between two ticks, or the time between them where that is shorter. Node before 23.9 cannot tell the former.
 *
 * Collecting the whole heap is told apart from it: a test's heap holds what Jest has loaded and compiled, many times over what
 * a portal holds, and going through it takes 200 ms on a slow machine, at whatever case it happens to.
 */
export class StallProbe {
  /** In milliseconds; of everything that runs on this thread, the test's own servers included. */
  longestMs = 0;
  /** How many times the liveness route was asked, and how often it did not answer 200. */
  asked = 0;
  unanswered = 0;
  /** In milliseconds. */
  longestCollectionMs = 0;
  #stalls: Stall[] = [];
  #collections: PerformanceEntry[] = [];
  readonly #observer = new PerformanceObserver(list =>
    this.#collections.push(...list.getEntries().filter(isOfWholeHeap)),
  );
  #timers: NodeJS.Timeout[] = [];
  #last = this.#now();

  constructor() {
    this.#observer.observe({ type: 'gc' });
  }

  start(port?: number): this {
    this.#last = this.#now();
    this.#timers = [setInterval(() => this.#tick(), TICK_MS)];
    if (port !== undefined) {
      this.#timers.push(setInterval(() => this.#ask(port), ASK_MS));
    }
    return this;
  }

  /** Begins to look for the longest stall. */
  lap(): void {
    this.#tick();
    this.longestMs = 0;
    this.#stalls = [];
    this.#collections = [];
  }

  /** The longest stall since then, or since the last call, without what collecting the whole heap took of it; milliseconds. */
  async stall(): Promise<number> {
    this.#tick();
    let { longestMs } = this;
    if (longestMs >= WORTH_ASKING_MS) {
      const stalls = [...this.#stalls];
      // Node tells of collections in the turns after them.
      await turn();
      await turn();
      longestMs = Math.max(
        ...stalls.map(stall => stall.ms - this.#collected(stall)),
      );
    }
    this.lap();
    return longestMs;
  }

  stop(): void {
    this.#timers.forEach(clearInterval);
    this.#observer.disconnect();
  }

  #collected({ fromMs, toMs }: Stall): number {
    const ms = this.#collections
      .filter(({ startTime }) => startTime >= fromMs && startTime <= toMs)
      .reduce((sum, { duration }) => sum + duration, 0);
    this.longestCollectionMs = Math.max(this.longestCollectionMs, ms);
    return ms;
  }

  #tick(): void {
    const now = this.#now();
    const stall = Math.min(
      now.wallMs - this.#last.wallMs,
      now.cpuMs - this.#last.cpuMs,
    );
    this.longestMs = Math.max(this.longestMs, stall);
    if (stall >= WORTH_ASKING_MS) {
      this.#stalls.push({
        fromMs: this.#last.wallMs,
        toMs: now.wallMs,
        ms: stall,
      });
    }
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
    return { wallMs: performance.now(), cpuMs: threadMs() };
  }
}

/** What this thread has computed so far, milliseconds; the clock where Node cannot tell. */
export function threadMs(): number {
  const { threadCpuUsage } = process as {
    threadCpuUsage?: () => { user: number; system: number };
  };
  const used = threadCpuUsage?.call(process);
  return used ? (used.user + used.system) / 1000 : performance.now();
}

function isOfWholeHeap(entry: PerformanceEntry): boolean {
  const { detail } = entry as PerformanceEntry & { detail: { kind: number } };
  return detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR;
}
