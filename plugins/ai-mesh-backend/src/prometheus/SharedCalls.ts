interface Call<T> {
  promise: Promise<T>;
  controller: AbortController;
  waiting: number;
}

/**
 * Runs one call for all who ask for the same thing at the same time. Who gives up leaves the others waiting; when all
 * have given up, the call itself is aborted.
 */
export class SharedCalls<T> {
  readonly #calls = new Map<string, Call<T>>();

  async run(
    key: string,
    start: (signal: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    signal?.throwIfAborted();
    const call = this.#calls.get(key) ?? this.#start(key, start);
    call.waiting += 1;
    let onAbort: (() => void) | undefined;
    try {
      return await Promise.race([
        call.promise,
        new Promise<never>((_, reject) => {
          onAbort = () => reject(signal?.reason);
          signal?.addEventListener('abort', onAbort, { once: true });
        }),
      ]);
    } finally {
      if (onAbort) {
        signal?.removeEventListener('abort', onAbort);
      }
      call.waiting -= 1;
      if (call.waiting === 0 && this.#forget(key, call)) {
        call.controller.abort();
      }
    }
  }

  #start(key: string, start: (signal: AbortSignal) => Promise<T>): Call<T> {
    const controller = new AbortController();
    const call = { promise: start(controller.signal), controller, waiting: 0 };
    this.#calls.set(key, call);
    const forget = () => this.#forget(key, call);
    call.promise.then(forget, forget);
    return call;
  }

  /** Whether it was still running. */
  #forget(key: string, call: Call<T>): boolean {
    return this.#calls.get(key) === call && this.#calls.delete(key);
  }
}
