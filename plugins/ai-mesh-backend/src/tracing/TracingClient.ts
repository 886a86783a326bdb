/** A span as a tracing system tells it. */
export interface FoundSpan {
  spanId: string;
  parentSpanId?: string;
  service: string;
  operation: string;
  /** Unix milliseconds, with fractions. */
  startedAtMs: number;
  durationMs: number;
  tags: Readonly<Record<string, string>>;
}

export interface FoundTrace {
  traceId: string;
  spans: FoundSpan[];
}

export interface TraceSearch {
  service: string;
  /** All on one span of the service. */
  tags?: Record<string, string>;
  minDurationMs?: number;
  start: Date;
  end: Date;
  /** The newest are found where there are more. */
  limit: number;
}

export interface FoundTraces {
  traces: FoundTrace[];
  observedAt: Date;
}

/**
 * One cluster's tracing system. Timeout, single-flight and a short cache are inside.
 * Every method throws `SourceError` when there is no usable answer.
 */
export interface TracingClient {
  /** The names of all services that reported spans. */
  services(): Promise<{ names: string[]; observedAt: Date }>;
  find(search: TraceSearch): Promise<FoundTraces>;
  /** A page that shows a trace, where one is configured. */
  urlOf(traceId: string): string | undefined;
}
