/** How often, and over how long, an answer must be heard before it is believed. */
export interface StandingLimits {
  tries: number;
  afterMs: number;
}

/**
 * Tells an answer that stands from one in passing. An API server that starts refuses everything, and lacks kinds, for
 * a second or two, until its own caches are filled.
 */
export class Standing<Answer extends string> {
  readonly #limits: StandingLimits;
  #answer: Answer | undefined;
  #since = 0;
  #tries = 0;

  constructor(limits: StandingLimits) {
    this.#limits = limits;
  }

  /** @returns whether it has been the answer, and no other, for long enough */
  heard(answer: Answer): boolean {
    const now = Date.now();
    if (answer !== this.#answer) {
      this.#answer = answer;
      this.#since = now;
      this.#tries = 0;
    }
    this.#tries += 1;
    return (
      this.#tries >= this.#limits.tries &&
      now - this.#since >= this.#limits.afterMs
    );
  }

  /** Something else was heard. */
  over(): void {
    this.#answer = undefined;
  }
}
