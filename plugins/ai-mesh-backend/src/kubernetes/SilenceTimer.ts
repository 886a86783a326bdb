/** Aborts what has been silent for too long. */
export class SilenceTimer {
  readonly #controller = new AbortController();
  readonly #limitMs: number;
  readonly #outer: AbortSignal;
  readonly #onOuter = () => this.#controller.abort(this.#outer.reason);
  #timer: NodeJS.Timeout;
  #fell = false;

  /** @param outer - aborts it too */
  constructor(limitMs: number, outer: AbortSignal) {
    this.#limitMs = limitMs;
    this.#outer = outer;
    outer.addEventListener('abort', this.#onOuter, { once: true });
    this.#timer = this.#arm();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether it was silence that aborted. */
  get fell(): boolean {
    return this.#fell;
  }

  /** Something was heard. */
  broken(): void {
    clearTimeout(this.#timer);
    this.#timer = this.#arm();
  }

  /** Must be called at the end, or the timer stays. */
  end(): void {
    clearTimeout(this.#timer);
    this.#outer.removeEventListener('abort', this.#onOuter);
  }

  #arm(): NodeJS.Timeout {
    return setTimeout(() => {
      this.#fell = true;
      this.#controller.abort();
    }, this.#limitMs);
  }
}
