import { MeshModel, Workload } from '../mesh';
import { RequestReport } from '../traffic';
import { SpanRecord, spanRecord } from './SpanRecord';

const MOST_SPANS = 20_000;
/** A request that runs in circles must not fill the store by itself. */
const MOST_SPANS_OF_A_TRACE = 500;

/** A trace as far as it has been reported. */
export interface Trace {
  traceId: string;
  /** Unix milliseconds minus simulated ones: the same for all its spans, so that they fit together. */
  offsetMs: number;
  spans: SpanRecord[];
}

export interface TraceStoreOptions {
  engine: { readonly nowMs: number; meshOf(workload: Workload): MeshModel };
  clock: () => Date;
  /** Spans that are kept; 20,000 unless said. The oldest traces go first. */
  mostSpans?: number;
}

/** The latest traces, made of the same reports as the metrics. */
export class TraceStore {
  /** By their identifiers, oldest first. */
  private readonly traces = new Map<string, Trace>();
  private spanCount = 0;

  constructor(private readonly options: TraceStoreOptions) {}

  request(report: RequestReport): void {
    const { engine, clock } = this.options;
    const span = spanRecord(report, engine.meshOf(report.proxy), engine.nowMs);
    if (!span) {
      return;
    }
    let trace = this.traces.get(span.traceId);
    if (!trace) {
      // A second is played in one go when it is over: what happens in it lies up to a second back.
      const secondEnds = Math.ceil(engine.nowMs / 1000) * 1000;
      trace = {
        traceId: span.traceId,
        offsetMs: clock().getTime() - secondEnds,
        spans: [],
      };
      this.traces.set(span.traceId, trace);
    }
    if (trace.spans.length < MOST_SPANS_OF_A_TRACE) {
      trace.spans.push(span);
      this.spanCount += 1;
      this.forgetOldest();
    }
  }

  get(traceId: string): Trace | undefined {
    return this.traces.get(traceId);
  }

  /** Newest first. */
  *newest(): Iterable<Trace> {
    const all = [...this.traces.values()];
    for (let i = all.length - 1; i >= 0; i -= 1) {
      yield all[i];
    }
  }

  services(): string[] {
    const names = new Set<string>();
    for (const { spans } of this.traces.values()) {
      spans.forEach(({ service }) => names.add(service));
    }
    return [...names].sort();
  }

  private forgetOldest() {
    const most = this.options.mostSpans ?? MOST_SPANS;
    for (const [traceId, { spans }] of this.traces) {
      if (this.spanCount <= most) {
        return;
      }
      this.traces.delete(traceId);
      this.spanCount -= spans.length;
    }
  }
}
