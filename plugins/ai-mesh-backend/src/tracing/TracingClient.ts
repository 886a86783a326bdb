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
  /** What reported it: OpenTelemetry's resource attributes, Jaeger's tags of a process. */
  resource: Readonly<Record<string, string>>;
}

export interface FoundTrace {
  traceId: string;
  spans: FoundSpan[];
}

/** Whose spans: a service by what reports for it may call itself, or by the workloads that run it. */
export interface TracedService {
  /** Values of `service.name`, the likeliest first. */
  names: readonly string[];
  /** As OpenTelemetry's `k8s.*` attributes name them. */
  workloads: readonly { kind: string; namespace: string; name: string }[];
}

export interface TraceSearch {
  of: TracedService;
  /** Only traces in which a span of the service names this model. */
  model?: string;
  failedOnly?: boolean;
  /** Of one span of the service. */
  minDurationMs?: number;
  start: Date;
  end: Date;
  /** How many are looked through; the newest where there are more. */
  limit: number;
  /** Which of them are wanted whole: at least so many, those with the longest spans of the service or the newest. */
  wanted: { most: number; by: 'duration' | 'start' };
}

export interface FoundTraces {
  traces: FoundTrace[];
  /** The names under which spans of the service are known. */
  names: string[];
  /** How many names nobody asked whether the service's workloads report as them; undefined: none. */
  unasked?: number;
  /** Whether there are no more than were looked through, and none that could not be read. */
  complete: boolean;
  observedAt: Date;
}

/**
 * One cluster's tracing system. Timeout, single-flight and a short cache are inside.
 * Every method throws `SourceError` when there is no usable answer.
 */
export interface TracingClient {
  /** The names of all services that reported spans; some systems only tell those of a window. */
  services(window: { start: Date; end: Date }): Promise<{
    names: string[];
    observedAt: Date;
  }>;
  find(search: TraceSearch): Promise<FoundTraces>;
  /** A page that shows a trace, where one is configured. */
  urlOf(traceId: string): string | undefined;
}
