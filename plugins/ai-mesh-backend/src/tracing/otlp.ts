import { z } from 'zod';
import { listInTurns } from '../target/schemaInTurns';
import { MOST_ATTRIBUTES, SERVICE_NAME } from './attributes';
import type { FoundSpan, FoundTrace } from './TracingClient';

/** Protobuf's JSON writes 64-bit numbers as text and leaves out what is zero; no calendar reaches further than 20 digits. */
const nanoseconds = z
  .union([
    z.string().regex(/^\d{1,20}$/),
    z.number().min(0).lt(1e20).refine(Number.isInteger, 'must be whole'),
  ])
  .default('0');
const value: z.ZodType<string> = z
  .union([
    z.object({ stringValue: z.string() }).transform(one => one.stringValue),
    z.object({ boolValue: z.boolean() }).transform(one => one.boolValue),
    z
      .object({ intValue: z.union([z.string(), z.number()]) })
      .transform(one => one.intValue),
    z
      .object({ doubleValue: z.union([z.number(), z.string()]) })
      .transform(one => one.doubleValue),
    z.unknown().transform(one => JSON.stringify(one ?? '')),
  ])
  .transform(String);
const attributes = listInTurns(
  z.object({ key: z.string(), value }),
  MOST_ATTRIBUTES,
)
  .nullish()
  .transform(list =>
    Object.fromEntries((list ?? []).map(one => [one.key, one.value])),
  );
const enumeration = z.union([z.string(), z.number()]).optional();

const span = z.object({
  traceId: z.string().default(''),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string().default(''),
  kind: enumeration,
  startTimeUnixNano: nanoseconds,
  endTimeUnixNano: nanoseconds,
  attributes,
  status: z.object({ code: enumeration }).nullish(),
});
const scope = z.object({
  spans: listInTurns(span.transform(foundSpan))
    .nullish()
    .transform(spans => spans ?? []),
});
const resourceSpans = z.object({
  resource: z
    .object({ attributes })
    .nullish()
    .transform(resource => resource?.attributes ?? {}),
  scopeSpans: listInTurns(scope).nullish(),
  /** What `scopeSpans` was called before OTLP 0.15. */
  instrumentationLibrarySpans: listInTurns(scope).nullish(),
});

/** OTLP's traces as JSON; Tempo's first API calls them `batches`. */
export const otlpTracesSchema = z
  .object({
    resourceSpans: listInTurns(resourceSpans).nullish(),
    batches: listInTurns(resourceSpans).nullish(),
  })
  .transform(({ resourceSpans: current, batches }) =>
    tracesOf(current ?? batches ?? []),
  );

function tracesOf(
  reported: readonly z.output<typeof resourceSpans>[],
): FoundTrace[] {
  const traces = new Map<string, FoundSpan[]>();
  for (const one of reported) {
    const { resource, scopeSpans, instrumentationLibrarySpans } = one;
    for (const { spans } of scopeSpans ?? instrumentationLibrarySpans ?? []) {
      for (const { traceId, ...each } of spans) {
        const present = traces.get(traceId);
        const found = {
          ...each,
          service: resource[SERVICE_NAME] ?? 'unknown',
          resource,
        };
        if (present) {
          present.push(found);
        } else {
          traces.set(traceId, [found]);
        }
      }
    }
  }
  return [...traces].map(([traceId, spans]) => ({ traceId, spans }));
}

const KINDS: Record<string, string | undefined> = {
  2: 'server',
  3: 'client',
  SPAN_KIND_SERVER: 'server',
  SPAN_KIND_CLIENT: 'client',
};
const FAILED = new Set(['2', 'STATUS_CODE_ERROR']);

function foundSpan(
  one: z.output<typeof span>,
): Omit<FoundSpan, 'service' | 'resource'> & { traceId: string } {
  const start = BigInt(one.startTimeUnixNano);
  const end = BigInt(one.endTimeUnixNano);
  const parent = one.parentSpanId ? hex(one.parentSpanId, 8) : '';
  const kind = KINDS[String(one.kind)];
  return {
    traceId: hex(one.traceId, 16),
    spanId: hex(one.spanId, 8),
    // A first span's parent may be written as zeros.
    ...(/[^0]/.test(parent) && { parentSpanId: parent }),
    operation: one.name,
    startedAtMs: milliseconds(start),
    durationMs: end > start ? milliseconds(end - start) : 0,
    tags: {
      ...one.attributes,
      ...(kind && { 'span.kind': kind }),
      ...(FAILED.has(String(one.status?.code)) && { error: 'true' }),
    },
  };
}

function milliseconds(nanos: bigint): number {
  return Number(nanos / 1000n) / 1000;
}

/**
 * OTLP writes identifiers in hexadecimal. Protobuf's own JSON, which Tempo answers, writes bytes in base64, in which so
 * many bytes are never as long.
 */
function hex(id: string, bytes: number): string {
  const isHex = /^[0-9a-f]*$/i.test(id) && id.length === bytes * 2;
  const decoded = isHex ? undefined : Buffer.from(id, 'base64');
  return decoded?.length === bytes ? decoded.toString('hex') : id.toLowerCase();
}
