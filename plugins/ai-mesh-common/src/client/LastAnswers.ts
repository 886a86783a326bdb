/** Views of one screen and of the one before. */
const MOST_KEPT = 20;

interface LastAnswer {
  etag: string;
  answer: unknown;
}

/**
 * The last answers by what was asked, to be shown again where the backend says that nothing has changed. It says so only
 * of what it would have told the same reader now, so whose answer it was does not matter. Whoever is given one must not
 * change it.
 */
export class LastAnswers {
  readonly #kept = new Map<string, LastAnswer>();

  get(asked: string): LastAnswer | undefined {
    return this.#kept.get(asked);
  }

  /** @param etag - null where there is none, or a browser does not tell it of another origin's answer */
  keep(asked: string, etag: string | null, answer: unknown): void {
    // The one that came last goes last.
    this.#kept.delete(asked);
    if (etag === null) {
      return;
    }
    this.#kept.set(asked, { etag, answer });
    for (const [oldest] of this.#kept) {
      if (this.#kept.size <= MOST_KEPT) {
        return;
      }
      this.#kept.delete(oldest);
    }
  }
}
