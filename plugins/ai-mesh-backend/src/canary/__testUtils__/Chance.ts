/** Random counts from a stream of numbers between 0 and 1. */
export class Chance {
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  uniform(): number {
    return this.#random();
  }

  poisson(mean: number): number {
    if (mean > 50) {
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    }
    const end = Math.exp(-mean);
    let count = 0;
    for (let p = this.#random(); p > end; p *= this.#random()) {
      count++;
    }
    return count;
  }

  binomial(n: number, p: number): number {
    if (n === 0 || p <= 0) {
      return 0;
    }
    if (p >= 1) {
      return n;
    }
    if (p > 0.5) {
      return n - this.binomial(n, 1 - p);
    }
    // A normal distribution has lighter tails, and tests are about tails.
    if (n * p > 1000) {
      const drawn = n * p + Math.sqrt(n * p * (1 - p)) * this.normal();
      return Math.min(n, Math.max(0, Math.round(drawn)));
    }
    let count = 0;
    const ln = Math.log(1 - p);
    for (let at = this.#next(ln); at <= n; at += this.#next(ln)) {
      count++;
    }
    return count;
  }

  /** The how many-th of n tries succeed, from 1 on. */
  *successes(n: number, p: number): Generator<number> {
    if (n === 0 || p <= 0) {
      return;
    }
    const ln = Math.log(1 - p);
    for (let at = this.#next(ln); at <= n; at += this.#next(ln)) {
      yield at;
    }
  }

  /** Tries from one success to the next. */
  #next(lnOfFailure: number): number {
    return Math.ceil(Math.log(this.#random()) / lnOfFailure);
  }

  normal(): number {
    return (
      Math.sqrt(-2 * Math.log(1 - this.#random())) *
      Math.cos(2 * Math.PI * this.#random())
    );
  }
}
