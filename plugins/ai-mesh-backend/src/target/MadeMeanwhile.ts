import { setTimeout as wait } from 'timers/promises';

/** So long whoever asks waits for the next one, where the one before is not for much longer. */
const PATIENCE_MS = 100;

interface Made<T> {
  from: readonly unknown[];
  value: T;
  /** When that was last what it is to be made of. */
  currentAt: number;
}

/**
 * Something that takes long to make, of parts that change: while it is made of other parts nobody waits, but is told what was
 * made of the parts before, for a while. It is made once at a time, however often the parts change.
 */
export class MadeMeanwhile<T> {
  readonly #mostMs: number;
  readonly #now: () => number;
  #made?: Made<T>;
  #making?: Promise<T>;
  #forgetting?: NodeJS.Timeout;

  /**
   * @param mostMs - so long after its parts were last the same it is told at once, and twice as long to whoever has waited a
   * moment for the next one
   */
  constructor(mostMs: number, now: () => number = () => performance.now()) {
    this.#mostMs = mostMs;
    this.#now = now;
  }

  /**
   * @param make - whose rejection is told to whoever waits for it; it may take its time where something is shown meanwhile
   */
  async of(
    from: readonly unknown[],
    make: (shown: T | undefined) => Promise<T>,
  ): Promise<T> {
    const made = this.#made;
    if (made && isSame(made.from, from)) {
      made.currentAt = this.#now();
      return made.value;
    }
    const age = made ? this.#now() - made.currentAt : Infinity;
    const isShown = age <= 2 * this.#mostMs;
    this.#making ??= make(isShown ? made?.value : undefined)
      .then(value => {
        this.#made = { from, value, currentAt: this.#now() };
        this.#forgetting ??= this.#forgetLater();
        return value;
      })
      .finally(() => {
        this.#making = undefined;
      });
    const making = this.#making;
    if (!made || !isShown) {
      return making;
    }
    // Whoever asks once that is over is told, and has it made anew.
    making.catch(() => undefined);
    return age <= this.#mostMs
      ? made.value
      : Promise.race([making, wait(PATIENCE_MS, made.value)]);
  }

  /** What is shown to nobody any more is not kept either. */
  #forgetLater(): NodeJS.Timeout {
    return setTimeout(() => {
      const age = this.#made ? this.#now() - this.#made.currentAt : Infinity;
      this.#made = age > 2 * this.#mostMs ? undefined : this.#made;
      this.#forgetting = this.#made && this.#forgetLater();
    }, 2 * this.#mostMs).unref();
  }
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return (
    one.length === other.length &&
    one.every((part, index) => part === other[index])
  );
}
