/** Upper bounds, and the endings of a bucket's line up to its value. */
export class Buckets {
  readonly le: readonly string[];

  constructor(readonly bounds: readonly number[]) {
    this.le = [...bounds.map(String), '+Inf'].map(bound => `,le="${bound}"} `);
  }

  /** The bucket that a value falls into. */
  indexOf(value: number): number {
    let low = 0;
    let high = this.bounds.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (value <= this.bounds[middle]) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}

/** The counts of one histogram series. */
export class Histogram {
  private readonly counts: Uint32Array;
  private sum = 0;
  private count = 0;

  constructor(private readonly buckets: Buckets) {
    this.counts = new Uint32Array(buckets.bounds.length + 1);
  }

  get total(): number {
    return this.sum;
  }

  /** A copy of the counts, one a bucket, the last without an upper bound. */
  snapshot(): Uint32Array {
    return this.counts.slice();
  }

  observe(value: number): void {
    this.counts[this.buckets.indexOf(value)] += 1;
    this.sum += value;
    this.count += 1;
  }

  /** All lines of the series. @param labels - rendered, not empty */
  render(name: string, labels: string): string {
    const head = `${name}_bucket{${labels}`;
    let text = '';
    let total = 0;
    for (let i = 0; i < this.counts.length; i += 1) {
      total += this.counts[i];
      text += head + this.buckets.le[i] + total;
      text += '\n';
    }
    return `${text}${name}_sum{${labels}} ${this.sum}\n${name}_count{${labels}} ${this.count}\n`;
  }
}

/** The quantile of counted values, interpolated inside its bucket as Prometheus does. */
export function quantile(
  { bounds }: Buckets,
  counts: ArrayLike<number>,
  q: number,
): number {
  const total = Array.from(counts).reduce((sum, count) => sum + count, 0);
  let below = 0;
  for (let i = 0; i < bounds.length; i += 1) {
    if (below + counts[i] >= q * total && counts[i] > 0) {
      const lower = i === 0 ? 0 : bounds[i - 1];
      return lower + ((bounds[i] - lower) * (q * total - below)) / counts[i];
    }
    below += counts[i];
  }
  return bounds[bounds.length - 1];
}
