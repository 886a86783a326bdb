import { resourceOf } from './resourceOf';
import { SpanRecord } from './SpanRecord';
import { Trace } from './TraceStore';

interface Tag {
  key: string;
  type: 'string' | 'int64' | 'bool';
  value: string | number | boolean;
}

/** The tags that Envoy gives a span, and those of Telemetry's `customTags`. */
export function tagsOf(span: SpanRecord): Tag[] {
  const [app, namespace] = splitService(span.service);
  return [
    text('component', 'proxy'),
    text('span.kind', span.kind),
    text('http.method', span.method),
    text('http.url', span.url),
    text('http.status_code', String(span.status)),
    ...(span.grpcStatus === undefined
      ? []
      : [text('grpc.status_code', String(span.grpcStatus))]),
    text('response_flags', span.flags),
    text('request_size', String(span.requestBytes)),
    text('response_size', String(span.responseBytes)),
    ...(span.retries > 0 ? [text('retry.count', String(span.retries))] : []),
    ...(span.failed
      ? [{ key: 'error', type: 'bool', value: true } as Tag]
      : []),
    text('istio.canonical_service', app),
    text('istio.canonical_revision', span.canonicalRevision),
    text('istio.namespace', namespace),
    text('istio.cluster_id', span.cluster),
    text('istio.mesh_id', 'cluster.local'),
    ...span.custom.map(([key, value]) => text(key, value)),
  ];
}

/** Who sent a span: what of OpenTelemetry's resource is not the service's name. */
export function processTagsOf(span: SpanRecord): Tag[] {
  return resourceOf(span)
    .filter(([key]) => key !== 'service.name')
    .map(([key, value]) => text(key, value));
}

/** A trace as Jaeger's query API answers it; times in microseconds. */
export function jaegerTrace({ traceId, offsetMs, spans }: Trace) {
  const processes = new Map<string, { id: string; span: SpanRecord }>();
  const processOf = (span: SpanRecord) => {
    const key = `${span.cluster}/${span.namespace}/${span.workload}`;
    const known = processes.get(key);
    const process = known ?? { id: `p${processes.size + 1}`, span };
    processes.set(key, process);
    return process.id;
  };
  return {
    traceID: traceId,
    spans: spans.map(span => ({
      traceID: traceId,
      spanID: span.spanId,
      operationName: span.operation,
      references:
        span.parentSpanId === undefined
          ? []
          : [
              {
                refType: 'CHILD_OF',
                traceID: traceId,
                spanID: span.parentSpanId,
              },
            ],
      startTime: Math.round((offsetMs + span.startedAtMs) * 1000),
      duration: Math.round(span.durationMs * 1000),
      tags: tagsOf(span),
      logs: [],
      processID: processOf(span),
      warnings: null,
    })),
    processes: Object.fromEntries(
      [...processes.values()].map(({ id, span }) => [
        id,
        { serviceName: span.service, tags: processTagsOf(span) },
      ]),
    ),
    warnings: null,
  };
}

function text(key: string, value: string): Tag {
  return { key, type: 'string', value };
}

function splitService(service: string): [string, string] {
  const dot = service.lastIndexOf('.');
  return [service.slice(0, dot), service.slice(dot + 1)];
}
