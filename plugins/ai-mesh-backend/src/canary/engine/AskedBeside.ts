/** How long a look waits for an answer that may come at once. */
const PATIENCE_MS = 500;
/** An answer that nobody took for so long is nobody's any more. */
const KEPT_MS = 15 * 60_000;

interface Question {
  about: string;
  askedMs: number;
  abort: AbortController;
  answer?: { value: unknown } | { error: unknown };
}

/**
 * What is asked beside the looks at canaries, so that none of them waits for a slow answer: it is there for a later look.
 * Of each subject, a canary or what webhooks say of it or hear of it, one question is open at a time. A restart forgets
 * them, and they are asked again.
 */
export class AskedBeside {
  readonly #questions = new Map<string, Question>();

  /**
   * The answer, once, if it has come.
   *
   * @param about - an answer about something else is none
   * @param longestMs - nor is one to a question that was asked longer ago
   * @throws what the asking has thrown
   */
  take<T>(
    subject: string,
    about: string,
    longestMs: number,
  ): { value: T } | undefined {
    const found = this.#questions.get(subject);
    if (!found?.answer || found.about !== about) {
      return undefined;
    }
    this.#questions.delete(subject);
    if (performance.now() - found.askedMs > longestMs) {
      return undefined;
    }
    if ('error' in found.answer) {
      throw found.answer.error;
    }
    return found.answer as { value: T };
  }

  /**
   * Asks, unless that is under way already. Resolves with the answer's coming, or without it after a moment.
   *
   * @param ask - is told when its answer is wanted no longer
   */
  async begin(
    subject: string,
    about: string,
    ask: (unwanted: AbortSignal) => Promise<unknown>,
  ): Promise<void> {
    const found = this.#questions.get(subject);
    if (found?.about === about) {
      return;
    }
    this.drop(subject);
    this.#forgetOld();
    const question: Question = {
      about,
      askedMs: performance.now(),
      abort: new AbortController(),
    };
    this.#questions.set(subject, question);
    const answered = ask(question.abort.signal).then(
      value => {
        question.answer = { value };
      },
      error => {
        question.answer = { error };
      },
    );
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>(resolve => {
      timer = setTimeout(resolve, PATIENCE_MS);
    });
    await Promise.race([answered, patience]);
    clearTimeout(timer);
  }

  /** Nobody wants its answer any more. Returns whether one was asked or had come. */
  drop(subject: string): boolean {
    this.#questions.get(subject)?.abort.abort();
    return this.#questions.delete(subject);
  }

  #forgetOld(): void {
    const now = performance.now();
    for (const [subject, { askedMs, answer }] of this.#questions) {
      if (answer && now - askedMs > KEPT_MS) {
        this.#questions.delete(subject);
      }
    }
  }
}
