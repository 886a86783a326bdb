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
