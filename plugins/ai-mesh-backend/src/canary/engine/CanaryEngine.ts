import { StaleCanary } from '../store';
import { AskedBeside } from './AskedBeside';
import { attend, type NextVisit } from './attend';
import { backOffMs, type EngineTools } from './EngineTools';
import { patientClusters } from './patientClusters';

/** How the engine shares its time. */
export interface EngineTimings {
  /** Between two looks for canaries that nobody works on. */
  claimMs: number;
  /** At most so many are taken at one look, so that replicas that start together share them. */
  claimLimit: number;
  /** How many canaries are attended to at a time. */
  concurrency: number;
}

export const usualTimings: EngineTimings = {
  claimMs: 1000,
  claimLimit: 100,
  // A check mostly waits: a thousand of them, every 15 s, may so take 0.7 s each.
  concurrency: 48,
};

interface Turn {
  /** By the process's own clock, which never jumps. */
  dueMs: number;
  failures: number;
}

/**
 * Attends to canaries for as long as the portal runs: those that this replica holds a lease of, each when it is due, the
 * one that has waited longest first.
 */
export class CanaryEngine {
  readonly #tools: EngineTools;
  readonly #timings: EngineTimings;
  readonly #turns = new Map<string, Turn>();
  readonly #attending = new Map<string, Promise<void>>();
  readonly #shutdown: AbortController;
  #timer: NodeJS.Timeout | undefined;
  #nextClaimMs = 0;
  #nextRenewMs = 0;
  #housekeeping: Promise<void> | undefined;
  #databaseFailures = 0;

  constructor(
    tools: Omit<EngineTools, 'signal' | 'asked'>,
    timings: Partial<EngineTimings> = {},
  ) {
    this.#shutdown = new AbortController();
    this.#tools = {
      ...tools,
      clusters: patientClusters(tools.clusters),
      asked: new AskedBeside(),
      signal: this.#shutdown.signal,
    };
    this.#timings = { ...usualTimings, ...timings };
  }

  start(): void {
    this.#schedule(0);
  }

  /** Something has happened to a canary: looks for it at once. */
  wake(): void {
    this.#nextClaimMs = 0;
    this.#schedule(0);
  }

  /** Begins nothing new, waits for what has begun, and leaves every canary to whoever comes next. */
  async stop(): Promise<void> {
    this.#shutdown.abort();
    clearTimeout(this.#timer);
    await this.#housekeeping;
    await Promise.all(this.#attending.values());
    await this.#tools.store.release(this.#tools.lease.owner).catch(error => {
      this.#tools.logger.warn(
        `The leases of canaries could not be given back, and end by themselves: ${error}`,
      );
    });
  }

  /** How many canaries it holds, how many it attends to now, and how late the latest is. */
  get load(): { held: number; attending: number; latestByMs: number } {
    const now = performance.now();
    const late = Array.from(this.#turns.values(), ({ dueMs }) => now - dueMs);
    return {
      held: this.#turns.size + this.#attending.size,
      attending: this.#attending.size,
      latestByMs: Math.max(0, ...late),
    };
  }

  get #stopped(): boolean {
    return this.#shutdown.signal.aborted;
  }

  #schedule(inMs: number): void {
    if (!this.#stopped) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#turn(), inMs);
    }
  }

  #turn(): void {
    const now = performance.now();
    if (now >= this.#nextClaimMs && !this.#housekeeping) {
      this.#nextClaimMs = now + this.#timings.claimMs;
      this.#housekeeping = this.#keepHouse(now).finally(() => {
        this.#housekeeping = undefined;
        this.#schedule(0);
      });
    }
    const due = [...this.#turns]
      // One that a person took and we have claimed again may still be in hand: its write must end first.
      .filter(([id, { dueMs }]) => dueMs <= now && !this.#attending.has(id))
      .sort(([, a], [, b]) => a.dueMs - b.dueMs)
      .slice(0, this.#timings.concurrency - this.#attending.size);
    for (const [id, { failures }] of due) {
      this.#turns.delete(id);
      this.#attending.set(id, this.#attend(id, failures));
    }
    this.#schedule(this.#untilNext(performance.now()));
  }

  #untilNext(now: number): number {
    const busy = this.#attending.size >= this.#timings.concurrency;
    const times = busy
      ? []
      : Array.from(this.#turns.values(), ({ dueMs }) => dueMs);
    const next = Math.min(this.#nextClaimMs, ...times);
    // While house is kept or all hands are busy, their end schedules the next turn.
    return Math.min(Math.max(next - now, 5), this.#timings.claimMs);
  }

  async #keepHouse(now: number): Promise<void> {
    const { store, lease, random, logger } = this.#tools;
    try {
      if (now >= this.#nextRenewMs) {
        // Set first: a visit that ends meanwhile may ask for another renewal.
        this.#nextRenewMs = now + lease.durationMs / 3;
        this.#agreeOn(await store.renew(lease));
      }
      const claimed = await store.claim(lease, this.#timings.claimLimit);
      for (const id of claimed) {
        this.#turns.set(id, { dueMs: performance.now(), failures: 0 });
      }
      if (this.#databaseFailures > 0) {
        this.#databaseFailures = 0;
        this.#retryNow();
      }
    } catch (error) {
      // Without the database no weight moves; the last ones stay.
      this.#nextRenewMs = 0;
      this.#databaseFailures += 1;
      this.#nextClaimMs = now + backOffMs(this.#databaseFailures, random);
      logger.warn(`Canaries wait for the database: ${error}`);
    }
  }

  /** Those that failed meanwhile wait for a database that is back. */
  #retryNow(): void {
    const now = performance.now();
    for (const turn of this.#turns.values()) {
      if (turn.failures > 0) {
        turn.dueMs = now;
      }
    }
  }

  /** The database's word counts on who works on what. */
  #agreeOn(held: string[]): void {
    const ids = new Set(held);
    for (const id of this.#turns.keys()) {
      if (!ids.has(id)) {
        this.#turns.delete(id);
      }
    }
    for (const id of ids) {
      if (!this.#turns.has(id) && !this.#attending.has(id)) {
        this.#turns.set(id, { dueMs: performance.now(), failures: 0 });
      }
    }
  }

  async #attend(id: string, failures: number): Promise<void> {
    const began = performance.now();
    const next = await this.#tryToAttend(id, failures);
    this.#attending.delete(id);
    if (next !== 'never' && !this.#stopped && !this.#turns.has(id)) {
      this.#turns.set(id, {
        dueMs: began + next.inMs,
        failures: next.failures,
      });
    }
    this.#schedule(0);
  }

  async #tryToAttend(
    id: string,
    failures: number,
  ): Promise<'never' | { inMs: number; failures: number }> {
    const { store, lease, logger, random } = this.#tools;
    try {
      const next: NextVisit = await attend(this.#tools, id);
      if (next === 'never') {
        await store.release(lease.owner, [id]);
        return next;
      }
      return { ...next, failures: 0 };
    } catch (error) {
      if (this.#stopped) {
        return 'never';
      }
      if (error instanceof StaleCanary) {
        // A person or another replica was faster. If it is still ours, renewing says so.
        this.#nextClaimMs = 0;
        this.#nextRenewMs = 0;
        return 'never';
      }
      logger.error(`Canary ${id} could not be attended to: ${error}`);
      return { inMs: backOffMs(failures, random), failures: failures + 1 };
    }
  }
}
