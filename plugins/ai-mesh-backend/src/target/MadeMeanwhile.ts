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

  /** @param mostMs - so long after its parts have changed it is told */
  constructor(mostMs: number, now: () => number = () => performance.now()) {
    this.#mostMs = mostMs;
    this.#now = now;
  }

  /**
   * @param make - whose rejection is told to whoever waits for it
   */
  async of(from: readonly unknown[], make: () => Promise<T>): Promise<T> {
    const made = this.#made;
    if (made && isSame(made.from, from)) {
      made.currentAt = this.#now();
      return made.value;
    }
    this.#making ??= make()
      .then(value => {
        this.#made = { from, value, currentAt: this.#now() };
        return value;
      })
      .finally(() => {
        this.#making = undefined;
      });
    const making = this.#making;
    if (made && this.#now() - made.currentAt <= this.#mostMs) {
      // Whoever asks once that is over is told, and has it made anew.
      making.catch(() => undefined);
      return made.value;
    }
    return making;
  }
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return (
    one.length === other.length &&
    one.every((part, index) => part === other[index])
  );
}
