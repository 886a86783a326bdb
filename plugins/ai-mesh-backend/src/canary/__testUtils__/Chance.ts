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
    // From one success to the next.
    let count = 0;
    const ln = Math.log(1 - p);
    for (
      let at = Math.ceil(Math.log(this.#random()) / ln);
      at <= n;
      at += Math.ceil(Math.log(this.#random()) / ln)
    ) {
      count++;
    }
    return count;
  }

  normal(): number {
    return (
      Math.sqrt(-2 * Math.log(1 - this.#random())) *
      Math.cos(2 * Math.PI * this.#random())
    );
  }
}
