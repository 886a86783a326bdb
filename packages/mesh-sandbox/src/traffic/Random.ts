import { Distribution } from '../world';

/** The standard normal distribution's 99th percentile. */
const Z99 = 2.3263478740408408;

/** A seeded source of chance: the same seed gives the same mesh. */
export class Random {
  private state: number;

  constructor(seed: number) {
    // Mixes the seed, so that neighbouring seeds do not start alike.
    this.state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  }

  /** Uniform in [0, 1). Mulberry32, a well-known 32-bit generator. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  chance(probability: number): boolean {
    return probability > 0 && (probability >= 1 || this.next() < probability);
  }

  /** An integer in [0, below). */
  integer(below: number): number {
    return Math.floor(this.next() * below);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.integer(items.length)];
  }

  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    return radius * Math.cos(2 * Math.PI * this.next());
  }

  /** The number of events in a second that has `mean` of them on average. */
  poisson(mean: number): number {
    if (mean > 60) {
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    }
    const limit = Math.exp(-mean);
    let product = this.next();
    let count = 0;
    while (product > limit) {
      product *= this.next();
      count += 1;
    }
    return count;
  }

  lognormal({ median, p99 }: Distribution): number {
    const sigma = Math.log(p99 / median) / Z99;
    return median * Math.exp(sigma * this.normal());
  }

  /** One of the items, by their weights. */
  weighted<T extends { weight: number }>(
    items: readonly T[],
    total = items.reduce((sum, { weight }) => sum + weight, 0),
  ): T {
    let at = this.next() * total;
    for (const item of items) {
      at -= item.weight;
      if (at < 0) {
        return item;
      }
    }
    return items[items.length - 1];
  }
}
