/** Numbers that look random, the same for the same seed (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** 0 to below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) % 0x1_0000_0000;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  /** From `low` to `high`, both among them. */
  whole(low: number, high: number): number {
    return Math.floor(this.between(low, high + 1));
  }

  pick<T>(from: readonly T[]): T {
    return from[this.whole(0, from.length - 1)];
  }

  /** How many of so many events are of a kind that has this share (binomial; normal around the truth where there are many). */
  count(ratio: number, of: number): number {
    if (ratio > 0.5) {
      return of - this.count(1 - ratio, of);
    }
    const mean = ratio * of;
    if (mean > 50) {
      const normal =
        Math.sqrt(-2 * Math.log(1 - this.next())) *
        Math.cos(2 * Math.PI * this.next());
      const spread = Math.sqrt(mean * (1 - ratio));
      return Math.min(of, Math.max(0, Math.round(mean + normal * spread)));
    }
    let left = this.next();
    let chance = (1 - ratio) ** of;
    let found = 0;
    while (left > chance && found < of) {
      left -= chance;
      chance *= ((of - found) / (found + 1)) * (ratio / (1 - ratio));
      found++;
    }
    return found;
  }
}
