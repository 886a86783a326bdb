import { tagsOf } from './jaegerTrace';
import { resourceOf } from './resourceOf';
import { SpanRecord } from './SpanRecord';
import { Trace } from './TraceStore';

export interface Attribute {
  key: string;
  value: { stringValue: string };
}

export interface OtlpSpan {
  /** Hexadecimal, as in OTLP's JSON. */
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  /** 2: server, 3: client. */
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: Attribute[];
  /** Code 2: an error. */
  status: { code?: number };
}

export interface ResourceSpans {
  resource: { attributes: Attribute[] };
  scopeSpans: { scope: { name: string }; spans: OtlpSpan[] }[];
}

/** Tags of Jaeger's that are fields of their own in OTLP. */
const NO_ATTRIBUTES = new Set(['span.kind', 'error']);

/** A trace in OTLP's JSON, by the proxies that sent its spans. */
export function otlpTrace(trace: Trace): ResourceSpans[] {
  const byProxy = new Map<string, ResourceSpans>();
  for (const span of trace.spans) {
    const key = `${span.cluster}/${span.namespace}/${span.workload}`;
    let spans = byProxy.get(key);
    if (!spans) {
      spans = {
        resource: { attributes: attributes(resourceOf(span)) },
        scopeSpans: [{ scope: { name: 'envoy' }, spans: [] }],
      };
      byProxy.set(key, spans);
    }
    spans.scopeSpans[0].spans.push(otlpSpan(trace, span));
  }
  return [...byProxy.values()];
}

/** What a span says of itself. */
export function attributesOf(span: SpanRecord): [string, string][] {
  return tagsOf(span)
    .filter(({ key }) => !NO_ATTRIBUTES.has(key))
    .map(({ key, value }) => [key, String(value)]);
}

export function nanos(ms: number): string {
  return String(BigInt(Math.round(ms * 1000)) * 1000n);
}

export function attributes(
  pairs: readonly (readonly [string, string])[],
): Attribute[] {
  return pairs.map(([key, value]) => ({ key, value: { stringValue: value } }));
}

function otlpSpan({ traceId, offsetMs }: Trace, span: SpanRecord): OtlpSpan {
  const startMs = offsetMs + span.startedAtMs;
  return {
    traceId,
    spanId: span.spanId,
    ...(span.parentSpanId !== undefined && { parentSpanId: span.parentSpanId }),
    name: span.operation,
    kind: span.kind === 'client' ? 3 : 2,
    startTimeUnixNano: nanos(startMs),
    endTimeUnixNano: nanos(startMs + span.durationMs),
    attributes: attributes(attributesOf(span)),
    status: span.failed ? { code: 2 } : {},
  };
}
