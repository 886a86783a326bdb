/** The header of the W3C's Trace Context, by which proxies tell one another which trace a request belongs to. */
export const TRACE_HEADER = 'traceparent';

/** Where a span stands in its trace. Identifiers are in hexadecimal. */
export interface SpanContext {
  traceId: string;
  spanId: string;
  /** Absent where the trace begins. */
  parentSpanId?: string;
}

/** Says that somebody before has decided not to trace. */
export const NOT_SAMPLED = `00-${'0'.repeat(31)}1-${'0'.repeat(15)}1-00`;

export function traceHeader({ traceId, spanId }: SpanContext): string {
  return `00-${traceId}-${spanId}-01`;
}

/** @returns undefined where the request is not traced */
export function parseTraceHeader(
  header: string,
): { traceId: string; parentSpanId: string } | undefined {
  const [, traceId, parentSpanId, flags] = header.split('-');
  return flags === '01' ? { traceId, parentSpanId } : undefined;
}
