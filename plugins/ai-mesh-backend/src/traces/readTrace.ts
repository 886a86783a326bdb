import type { Trace, TraceSpan } from '@ai-mesh/plugin-ai-mesh-common';
import { MODEL_ATTRIBUTES, type FoundSpan, type FoundTrace } from '../tracing';
import { addTo } from '../kubernetes/addTo';

/** Enough for a waterfall that can be read. */
const MOST_SPANS = 60;
/** What the tag's default is where a request names no model. */
const NO_MODEL = 'unknown';

export interface TraceContext {
  cluster: string;
  /** Whether a span is of the entity's own services. */
  isOwn(span: FoundSpan): boolean;
  urlOf(traceId: string): string | undefined;
}

/** A trace as the screens show it. */
export function readTrace(
  { traceId, spans }: FoundTrace,
  { cluster, isOwn, urlOf }: TraceContext,
): Trace {
  const begin = spans.reduce(
    (least, { startedAtMs }) => Math.min(least, startedAtMs),
    Infinity,
  );
  const end = spans.reduce(
    (most, { startedAtMs, durationMs }) =>
      Math.max(most, startedAtMs + durationMs),
    -Infinity,
  );
  const ofService = spans.filter(isOwn);
  const url = urlOf(traceId);
  return {
    cluster,
    traceId,
    startedAt: new Date(begin).toISOString(),
    durationMs: end - begin,
    serviceDurationMs: ofService.reduce(
      (most, { durationMs }) => Math.max(most, durationMs),
      0,
    ),
    failed: ofService.some(hasFailed),
    models: valuesOf(spans, ...MODEL_ATTRIBUTES).filter(
      model => model !== NO_MODEL,
    ),
    requestTypes: valuesOf(spans, 'ai.request.type'),
    spans: waterfall(longest(spans), begin),
    spansTotal: spans.length,
    ...(url && { url }),
  };
}

/** A parent is at least about as long as its children, so that what is kept hangs together. */
function longest(spans: readonly FoundSpan[]): FoundSpan[] {
  return [...spans]
    .sort((a, b) => b.durationMs - a.durationMs)
    .slice(0, MOST_SPANS);
}

/** Each span below its parent, in the order of their beginning. */
function waterfall(spans: readonly FoundSpan[], begin: number): TraceSpan[] {
  const known = new Set(spans.map(({ spanId }) => spanId));
  const children = new Map<string | undefined, FoundSpan[]>();
  for (const span of [...spans].sort((a, b) => a.startedAtMs - b.startedAtMs)) {
    const { parentSpanId } = span;
    const parent =
      parentSpanId !== undefined && known.has(parentSpanId)
        ? parentSpanId
        : undefined;
    addTo(children, parent, span);
  }
  const rows: TraceSpan[] = [];
  // A span that is its own ancestor would hang below no root: it is left out rather than followed for ever.
  const visit = (span: FoundSpan, depth: number) => {
    rows.push(spanRow(span, depth, begin));
    children.get(span.spanId)?.forEach(child => visit(child, depth + 1));
  };
  children.get(undefined)?.forEach(root => visit(root, 0));
  return rows;
}

function spanRow(span: FoundSpan, depth: number, begin: number): TraceSpan {
  const { tags } = span;
  const grpc = tags['grpc.status_code'] ?? tags['rpc.grpc.status_code'];
  const http = tags['http.status_code'] ?? tags['http.response.status_code'];
  const flags = tags.response_flags;
  const model = MODEL_ATTRIBUTES.map(name => tags[name]).find(Boolean);
  return {
    spanId: span.spanId,
    ...(span.parentSpanId && { parentSpanId: span.parentSpanId }),
    depth,
    service: span.service,
    operation: span.operation,
    side: sideOf(tags['span.kind']),
    startMs: Math.max(0, span.startedAtMs - begin),
    durationMs: span.durationMs,
    failed: hasFailed(span),
    ...(grpc !== undefined && http === undefined && { status: `grpc ${grpc}` }),
    ...(http !== undefined && {
      status: grpc === undefined ? http : `grpc ${grpc}`,
    }),
    ...(flags && flags !== '-' && { flags }),
    retries: Number.parseInt(tags['retry.count'] ?? '0', 10) || 0,
    ...(model && model !== NO_MODEL && { model }),
  };
}

function sideOf(kind: string | undefined): TraceSpan['side'] {
  return kind === 'client' || kind === 'server' ? kind : 'other';
}

function hasFailed({ tags }: FoundSpan): boolean {
  return tags.error === 'true' || tags['otel.status_code'] === 'ERROR';
}

function valuesOf(spans: readonly FoundSpan[], ...names: string[]): string[] {
  return [
    ...new Set(
      spans.flatMap(({ tags }) => names.flatMap(name => tags[name] ?? [])),
    ),
  ].sort();
}
