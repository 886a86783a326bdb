import { Request } from 'express';
import { SpanRecord } from './SpanRecord';
import { Trace } from './TraceStore';
import { goDurationMs } from './goDuration';
import { processTagsOf, tagsOf } from './jaegerTrace';

/** A request that Jaeger would refuse with 400. */
export class JaegerError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** What `/api/traces` is asked for. A trace is found where one span of the service fits everything. */
export class JaegerQuery {
  readonly limit: number;
  private readonly service: string;
  private readonly operation: string | undefined;
  private readonly tags: [string, string][];
  private readonly startMs: number;
  private readonly endMs: number;
  private readonly minMs: number;
  private readonly maxMs: number;

  /** @throws JaegerError that names the parameter */
  constructor({ query }: Request) {
    const text = (name: string) => {
      const value = query[name];
      return typeof value === 'string' && value !== '' ? value : undefined;
    };
    const service = text('service');
    if (!service) {
      throw new JaegerError(400, "parameter 'service' is required");
    }
    this.service = service;
    this.operation = text('operation');
    this.tags = parseTags(text('tags'));
    this.startMs = micros(text('start'), 'start') ?? 0;
    this.endMs = micros(text('end'), 'end') ?? Infinity;
    this.minMs = duration(text('minDuration'), 'minDuration') ?? 0;
    this.maxMs = duration(text('maxDuration'), 'maxDuration') ?? Infinity;
    this.limit = Number(text('limit') ?? 100);
    if (!Number.isInteger(this.limit) || this.limit < 1) {
      throw new JaegerError(400, "unable to parse param 'limit'");
    }
  }

  matches({ offsetMs, spans }: Trace): boolean {
    return spans.some(span => this.fits(span, offsetMs + span.startedAtMs));
  }

  private fits(span: SpanRecord, atMs: number): boolean {
    return (
      span.service === this.service &&
      atMs >= this.startMs &&
      atMs <= this.endMs &&
      span.durationMs >= this.minMs &&
      span.durationMs <= this.maxMs &&
      (this.operation === undefined || span.operation === this.operation) &&
      (this.tags.length === 0 || this.hasTags(span))
    );
  }

  /** Jaeger's stores look through a span's tags and its process'. */
  private hasTags(span: SpanRecord): boolean {
    const tags = [...tagsOf(span), ...processTagsOf(span)];
    return this.tags.every(([key, value]) =>
      tags.some(one => one.key === key && String(one.value) === value),
    );
  }
}

function parseTags(json: string | undefined): [string, string][] {
  if (json === undefined) {
    return [];
  }
  try {
    const tags: unknown = JSON.parse(json);
    if (typeof tags === 'object' && tags !== null) {
      return Object.entries(tags).map(([key, value]) => [key, String(value)]);
    }
  } catch {
    // Said below, as for JSON of another shape.
  }
  throw new JaegerError(
    400,
    `malformed 'tags' parameter, expecting a JSON object of strings, got ${json}`,
  );
}

function micros(value: string | undefined, name: string): number | undefined {
  if (value === undefined) {
    return undefined;
  }
  if (!/^\d+$/.test(value)) {
    throw new JaegerError(400, `unable to parse param '${name}'`);
  }
  return Number(value) / 1000;
}

function duration(value: string | undefined, name: string) {
  if (value === undefined) {
    return undefined;
  }
  const parsed = goDurationMs(value);
  if (parsed === undefined) {
    throw new JaegerError(400, `unable to parse param '${name}'`);
  }
  return parsed;
}
