/** A process that dies at one of its steps, before or after that is done, and does nothing any more. */
export class Life {
  steps = 0;
  #dead = false;

  constructor(
    readonly diesAt = Infinity,
    readonly after = false,
  ) {}

  get died(): boolean {
    return this.#dead;
  }

  async step<T>(work: () => Promise<T>): Promise<T> {
    if (!this.#dead && this.steps++ === this.diesAt) {
      this.#dead = true;
      if (this.after) {
        await work();
      }
    }
    if (this.#dead) {
      throw new Error('killed');
    }
    return work();
  }
}

/** A store whose every method is a step of a life. */
export function mortal<Store extends object>(store: Store, life: Life): Store {
  return new Proxy(store, {
    get: (_, name) => {
      const method = store[name as keyof Store];
      return typeof method === 'function'
        ? (...of: unknown[]) => life.step(async () => method.apply(store, of))
        : method;
    },
  });
}
