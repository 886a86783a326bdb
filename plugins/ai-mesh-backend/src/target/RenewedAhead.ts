interface Kept<T> {
  value: Promise<T>;
  /** When it was there; absent while it is read, which may take longer than it is kept. */
  readAt?: number;
}

/**
 * Something that may be told for a while: once half of that is over it is read anew behind the back of whoever asks, so that
 * nobody waits for it who asks often enough. What is older than the while is told to nobody, and no failure is kept.
 */
export class RenewedAhead<T> {
  readonly #freshMs: number;
  readonly #now: () => number;
  #kept?: Kept<T>;
  #next?: Kept<T>;

  constructor(freshMs: number, now: () => number = () => performance.now()) {
    this.#freshMs = freshMs;
    this.#now = now;
  }

  /**
   * @param read - whose rejection is told to whoever waits for it
   * @param mostMs - how old it may be for whom it need not be new, who does not have it renewed either
   */
  async get(read: () => Promise<T>, mostMs?: number): Promise<T> {
    const kept = this.#kept;
    if (!kept || this.#ageOf(kept) > (mostMs ?? this.#freshMs)) {
      // What is being read ahead is as good as what would be read now.
      this.#kept = this.#next ?? this.#start(read);
      this.#next = undefined;
      return this.#kept.value;
    }
    if (
      mostMs === undefined &&
      !this.#next &&
      this.#ageOf(kept) >= this.#freshMs / 2
    ) {
      this.#next = this.#start(read);
    }
    return kept.value;
  }

  #start(read: () => Promise<T>): Kept<T> {
    const one: Kept<T> = { value: read() };
    one.value.then(
      () => {
        one.readAt = this.#now();
        if (this.#next === one) {
          this.#kept = one;
          this.#next = undefined;
        }
      },
      // Whoever waits is told; for what was read ahead nobody does, and the next one reads it anew.
      () => {
        this.#kept = this.#kept === one ? undefined : this.#kept;
        this.#next = this.#next === one ? undefined : this.#next;
      },
    );
    return one;
  }

  /** A clock that was set back makes nothing younger. */
  #ageOf({ readAt }: Kept<T>): number {
    if (readAt === undefined) {
      return 0;
    }
    const age = this.#now() - readAt;
    return age < 0 ? Infinity : age;
  }
}
