import { setTimeout as wait } from 'timers/promises';

/** Whoever asks at the same time does so within this. */
const QUIET_MS = 20;
/** So long a question stays open for more. */
const OPEN_MS = 1_000;

/**
 * Lets the desks of one server ask one after the other, each when all who work have come to where they need an answer.
 * So whoever has one answer finds the next desk still open, and those who work beside each other stay together.
 */
export class AskingTurns {
  #last: Promise<void> = Promise.resolve();
  #questions = 0;

  /** A question was left at one of the desks. */
  came(): void {
    this.#questions++;
  }

  /**
   * @param ask - asks what has come until then; it never rejects, since failures go to whoever asked
   * @param isEnough - whether no more than has come can be asked at once, so that nothing is to be waited for
   */
  next(
    ask: () => Promise<void>,
    isEnough: () => boolean = () => false,
  ): Promise<void> {
    this.#last = this.#last.then(() => this.#untilQuiet(isEnough)).then(ask);
    return this.#last;
  }

  async #untilQuiet(isEnough: () => boolean): Promise<void> {
    const ends = performance.now() + OPEN_MS;
    let isQuiet = false;
    while (!isQuiet && !isEnough() && performance.now() < ends) {
      const [before, from] = [this.#questions, performance.now()];
      await wait(QUIET_MS);
      // A timer that is late was kept waiting by work, which may end in a question.
      isQuiet =
        before === this.#questions && performance.now() - from < 2 * QUIET_MS;
    }
  }
}
