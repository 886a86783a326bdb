import { family } from './exposition';
import { Buckets, Histogram } from './Histogram';

/** A histogram metric with its series; a series is there from its first observation. */
export class HistogramFamily {
  private readonly series = new Map<
    string,
    { owner: string; histogram: Histogram }
  >();

  constructor(
    private readonly name: string,
    private readonly help: string,
    private readonly buckets: Buckets,
  ) {}

  /** @param owner - the pod that the series goes with */
  observe(owner: string, labels: string, value: number): void {
    let entry = this.series.get(labels);
    if (!entry) {
      entry = { owner, histogram: new Histogram(this.buckets) };
      this.series.set(labels, entry);
    }
    entry.histogram.observe(value);
  }

  expose(live: ReadonlySet<string>): Iterable<string> {
    return family(this.name, 'histogram', this.help, this.lines(live));
  }

  private *lines(live: ReadonlySet<string>): Iterable<string> {
    for (const [labels, { owner, histogram }] of this.series) {
      if (live.has(owner)) {
        yield histogram.render(this.name, labels);
      }
    }
  }
}
