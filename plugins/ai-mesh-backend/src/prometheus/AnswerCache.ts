import { LRUCache } from 'lru-cache';
import { SharedCalls } from './SharedCalls';

/** What is kept of answers, by one cache. */
export interface KeptAnswers {
  answers: number;
  /** All answers together: rows of a vector, points of a matrix, spans of traces; 200 characters of a question are one. */
  size: number;
}

/** What a thousand canaries' versions export is asked once a minute. */
const MOST_ANSWERS = 2000;
const CHARACTERS_OF_A_ROW = 200;
/** Of all answers together; one that is larger by itself is not kept. */
const MOST_SIZE = 500_000;

/** Answers by question, each asked once at a time and kept for a moment. Failures are not kept. */
export class AnswerCache<T extends object> {
  readonly #calls = new SharedCalls<T>();
  readonly #answers: LRUCache<string, T> | undefined;

  /** @param sizeOf - how many rows, points or spans an answer has */
  constructor(ttlMs: number, sizeOf: (answer: T) => number) {
    this.#answers =
      ttlMs > 0
        ? new LRUCache({
            max: MOST_ANSWERS,
            maxSize: MOST_SIZE,
            sizeCalculation: (answer, key) =>
              sizeOf(answer) + Math.ceil(key.length / CHARACTERS_OF_A_ROW),
            ttl: ttlMs,
            // Half a million rows are some hundred megabytes, of use for a moment.
            ttlAutopurge: true,
          })
        : undefined;
  }

  get kept(): KeptAnswers {
    this.#answers?.purgeStale();
    return {
      answers: this.#answers?.size ?? 0,
      size: this.#answers?.calculatedSize ?? 0,
    };
  }

  async get(
    key: string,
    ask: (signal: AbortSignal) => Promise<T>,
    {
      signal,
      fresh = false,
      keepForMs,
    }: { signal?: AbortSignal; fresh?: boolean; keepForMs?: number } = {},
  ): Promise<T> {
    const present = fresh ? undefined : this.#answers?.get(key);
    if (present) {
      return present;
    }
    return this.#calls.run(
      key,
      async shared => {
        const answer = await ask(shared);
        if (keepForMs !== 0) {
          this.#answers?.set(
            key,
            answer,
            keepForMs === undefined ? {} : { ttl: keepForMs },
          );
        }
        return answer;
      },
      signal,
    );
  }
}
