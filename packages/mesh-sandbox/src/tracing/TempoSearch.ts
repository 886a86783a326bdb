import { Request } from 'express';
import { goDurationMs } from './goDuration';
import { attributes, attributesOf, nanos } from './otlpTrace';
import { resourceOf } from './resourceOf';
import { SpanRecord } from './SpanRecord';
import { Field, FieldOf, FieldValue, parseTraceQl, TraceQl } from './traceQl';
import { Trace } from './TraceStore';

/** A search that Tempo would refuse with 400. */
export class InvalidSearch extends Error {}

const NO_ROOT = '<root span not yet received>';

interface SearchParameters {
  query: TraceQl;
  limit: number;
  /** Spans that are shown of each set. */
  spansPerSet: number;
  startMs: number;
  endMs: number;
  minMs: number;
  maxMs: number;
}

/**
 * Reads `/api/search`: by TraceQL (`q`), or by `tags` in logfmt with `minDuration` and `maxDuration`.
 *
 * @throws InvalidSearch, InvalidTraceQl
 */
export function searchParameters({ query }: Request): SearchParameters {
  const text = (name: string) => {
    const value = query[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const count = (name: string, usual: number) => {
    const value = Number(text(name) ?? usual);
    if (!Number.isInteger(value) || value < 1) {
      throw new InvalidSearch(`invalid ${name}: must be a positive number`);
    }
    return value;
  };
  const seconds = (name: string) => {
    const value = text(name);
    if (value !== undefined && !/^\d+$/.test(value)) {
      throw new InvalidSearch(`invalid ${name}: ${value}`);
    }
    return value === undefined ? undefined : Number(value) * 1000;
  };
  const duration = (name: string) => {
    const value = text(name);
    const ms = value === undefined ? undefined : goDurationMs(value);
    if (value !== undefined && ms === undefined) {
      throw new InvalidSearch(`invalid ${name}: ${value}`);
    }
    return ms;
  };
  const startMs = seconds('start') ?? 0;
  const endMs = seconds('end') ?? Infinity;
  if (endMs <= startMs) {
    throw new InvalidSearch('http parameter start must be before end');
  }
  return {
    query: parseTraceQl(text('q') ?? fromTags(text('tags') ?? '')),
    limit: count('limit', 20),
    spansPerSet: count('spss', 3),
    startMs,
    endMs,
    minMs: duration('minDuration') ?? 0,
    maxMs: duration('maxDuration') ?? Infinity,
  };
}

/** Tags match parts of values, whatever their case. */
function fromTags(tags: string): string {
  const pairs = [...tags.matchAll(/([^\s=]+)=("(?:[^"\\]|\\.)*"|\S+)/g)];
  const conditions = pairs.map(([, key, value]) => {
    const plain = value.startsWith('"') ? JSON.parse(value) : value;
    const part = String(plain).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return `.${key} =~ ${JSON.stringify(`(?i).*${part}.*`)}`;
  });
  return `{ ${conditions.join(' && ')} }`;
}

/** Finds traces, the newest first. */
export class TempoSearch {
  constructor(private readonly parameters: SearchParameters) {}

  answer(traces: Iterable<Trace>) {
    const found = [];
    let inspected = 0;
    for (const trace of traces) {
      if (found.length === this.parameters.limit) {
        break;
      }
      inspected += 1;
      const matched = this.matched(trace);
      if (matched) {
        found.push(this.describe(trace, matched));
      }
    }
    return { traces: found, metrics: { inspectedTraces: inspected } };
  }

  /** The spans of a trace that fit; undefined where it does not. */
  private matched(trace: Trace): SpanRecord[] | undefined {
    const { query, startMs, endMs, minMs, maxMs } = this.parameters;
    const { fromMs, durationMs } = extent(trace);
    if (
      fromMs + durationMs < startMs ||
      fromMs > endMs ||
      durationMs < minMs ||
      durationMs > maxMs
    ) {
      return undefined;
    }
    const sets = query.filters.map(fits =>
      trace.spans.filter(span => fits(fieldsOf(trace, span))),
    );
    return query.joins(sets.map(({ length }) => length > 0))
      ? [...new Set(sets.flat())]
      : undefined;
  }

  private describe(trace: Trace, matched: readonly SpanRecord[]) {
    const { fromMs, durationMs } = extent(trace);
    const root = rootOf(trace);
    const spanSet = {
      spans: matched.slice(0, this.parameters.spansPerSet).map(span => ({
        spanID: span.spanId,
        startTimeUnixNano: nanos(trace.offsetMs + span.startedAtMs),
        durationNanos: nanos(span.durationMs),
        attributes: attributes(this.shown(trace, span)),
      })),
      matched: matched.length,
    };
    return {
      traceID: trace.traceId,
      rootServiceName: root?.service ?? NO_ROOT,
      ...(root && { rootTraceName: root.operation }),
      startTimeUnixNano: nanos(fromMs),
      durationMs: Math.round(durationMs),
      spanSet,
      spanSets: [spanSet],
    };
  }

  /** What the query looked at, of one span. */
  private shown(trace: Trace, span: SpanRecord): [string, string][] {
    const fieldOf = fieldsOf(trace, span);
    const pairs = this.parameters.query.fields.flatMap(
      (field): [string, string][] => {
        const value = fieldOf(field);
        return value === undefined || field.name === 'duration'
          ? []
          : [[field.name, String(value)]];
      },
    );
    return [...new Map(pairs)];
  }
}

/** What TraceQL can look at in a span. */
export function fieldsOf(trace: Trace, span: SpanRecord): FieldOf {
  const own = (field: Field) =>
    attributesOf(span).find(([key]) => key === field.name)?.[1];
  const resource = (field: Field) =>
    resourceOf(span).find(([key]) => key === field.name)?.[1];
  return field => {
    switch (field.scope) {
      case 'span':
        return own(field);
      case 'resource':
        return resource(field);
      case 'any':
        return own(field) ?? resource(field);
      default:
        return intrinsic(field.name, trace, span);
    }
  };
}

function intrinsic(name: string, trace: Trace, span: SpanRecord): FieldValue {
  switch (name) {
    case 'name':
      return span.operation;
    case 'status':
      return span.failed ? 'error' : 'unset';
    case 'kind':
      return span.kind;
    case 'duration':
      return span.durationMs * 1e6;
    case 'traceDuration':
      return extent(trace).durationMs * 1e6;
    case 'rootServiceName':
      return rootOf(trace)?.service;
    default:
      return rootOf(trace)?.operation;
  }
}

function rootOf({ spans }: Trace): SpanRecord | undefined {
  return spans.find(({ parentSpanId }) => parentSpanId === undefined);
}

function extent({ spans, offsetMs }: Trace): {
  fromMs: number;
  durationMs: number;
} {
  const from = Math.min(...spans.map(({ startedAtMs }) => startedAtMs));
  const to = Math.max(
    ...spans.map(({ startedAtMs, durationMs }) => startedAtMs + durationMs),
  );
  return { fromMs: offsetMs + from, durationMs: to - from };
}
