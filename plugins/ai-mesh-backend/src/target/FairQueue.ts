import type { QueueSettings } from '../config/settings';
import { PORTAL } from './asker';

/** Too many wait already: nobody is helped by one more. */
export class QueueFull extends Error {}

/**
 * Lets a few run at a time. Who waits is served in turns, one of each asker: a person with a hundred questions delays
 * another's first by one.
 */
export class FairQueue {
  #running = 0;
  #count = 0;
  /** In the order of their turns. */
  readonly #waiting = new Map<string, Set<() => void>>();

  constructor(private readonly options: QueueSettings) {}

  get waiting(): number {
    return this.#count;
  }

  /** @throws QueueFull where too many wait; the reason of `signal` where that is aborted before its turn */
  async run<T>(
    asker: string,
    signal: AbortSignal,
    work: () => Promise<T>,
  ): Promise<T> {
    await this.#turn(asker, signal);
    try {
      return await work();
    } finally {
      this.#next();
    }
  }

  async #turn(asker: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { open, waiting, waitingOfOne } = this.options;
    if (this.#running < open) {
      this.#running += 1;
      return;
    }
    const own = this.#waiting.get(asker) ?? new Set();
    if (
      asker !== PORTAL &&
      (this.#count >= waiting || own.size >= waitingOfOne)
    ) {
      throw new QueueFull();
    }
    this.#waiting.set(asker, own);
    this.#count += 1;
    await new Promise<void>((resolve, reject) => {
      own.add(resolve);
      // Of one question alone, whose signal goes with it; after its turn there is nothing to leave.
      signal.addEventListener(
        'abort',
        () => {
          if (own.delete(resolve)) {
            this.#count -= 1;
            this.#forgetIfNone(asker, own);
          }
          reject(signal.reason);
        },
        { once: true },
      );
    });
  }

  /** Hands the place of one that has ended to the next asker's first. */
  #next(): void {
    for (const [asker, own] of this.#waiting) {
      const [go] = own;
      this.#waiting.delete(asker);
      own.delete(go);
      this.#count -= 1;
      if (own.size > 0) {
        this.#waiting.set(asker, own);
      }
      go();
      return;
    }
    this.#running -= 1;
  }

  #forgetIfNone(asker: string, own: Set<() => void>): void {
    if (own.size === 0 && this.#waiting.get(asker) === own) {
      this.#waiting.delete(asker);
    }
  }
}
