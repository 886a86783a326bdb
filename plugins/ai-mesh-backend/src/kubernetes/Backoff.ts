/**
 * Delays that double from one failure to the next, each with jitter, so that many who lost the same server do not
 * come back to it at once.
 */
export class Backoff {
  readonly #baseMs: number;
  readonly #mostMs: number;
  #failures = 0;

  constructor(options: { baseMs: number; mostMs: number }) {
    this.#baseMs = options.baseMs;
    this.#mostMs = options.mostMs;
  }

  reset(): void {
    this.#failures = 0;
  }

  /** The next delay, in milliseconds. */
  next(): number {
    // Beyond 2^20 the longest delay is long reached.
    const factor = 2 ** Math.min(this.#failures, 20);
    this.#failures += 1;
    return jittered(Math.min(this.#baseMs * factor, this.#mostMs));
  }
}

/** Between one half of a delay and all of it. */
export function jittered(ms: number): number {
  return ms / 2 + (Math.random() * ms) / 2;
}
