import { LRUCache } from 'lru-cache';
import { SharedCalls } from './SharedCalls';

/** Answers by question, each asked once at a time and kept for a moment. Failures are not kept. */
export class AnswerCache<T extends object> {
  readonly #calls = new SharedCalls<T>();
  readonly #answers: LRUCache<string, T> | undefined;

  constructor(ttlMs: number) {
    this.#answers =
      ttlMs > 0 ? new LRUCache({ max: 200, ttl: ttlMs }) : undefined;
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
