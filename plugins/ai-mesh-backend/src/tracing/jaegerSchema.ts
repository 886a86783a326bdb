import { z } from 'zod';
import { listInTurns, mapInTurns } from '../target/schemaInTurns';
import { MOST_ATTRIBUTES } from './attributes';
import type { FoundTrace } from './TracingClient';

/** Of JavaScript's calendar, as Unix microseconds: a trace of later would have no date to show. */
const LAST_MOMENT = 8.64e18;

/** Texts by their keys. */
const tags = listInTurns(
  z.object({ key: z.string(), value: z.unknown() }),
  MOST_ATTRIBUTES,
)
  .transform(list =>
    Object.fromEntries(
      list.map(({ key, value }) => [
        key,
        typeof value === 'object' ? JSON.stringify(value) : String(value),
      ]),
    ),
  )
  .nullish();

const span = z.object({
  spanID: z.string(),
  operationName: z.string(),
  references: listInTurns(
    z.object({ refType: z.string(), spanID: z.string() }),
  ).nullish(),
  /** Unix microseconds. */
  startTime: z.number().min(0).max(LAST_MOMENT),
  /** Microseconds. */
  duration: z.number().min(0).max(LAST_MOMENT),
  tags,
  processID: z.string(),
});

const trace = z.object({
  traceID: z.string(),
  spans: listInTurns(span),
  processes: mapInTurns(z.object({ serviceName: z.string(), tags })),
});

/** What Jaeger answers to any question: data or errors. */
export const jaegerAnswerSchema = z.object({
  data: z.unknown(),
  errors: z
    .array(z.object({ code: z.number().optional(), msg: z.string() }))
    .nullish(),
});

/** The newest Jaeger says null where it has no services yet. */
export const jaegerServicesSchema = listInTurns(z.string())
  .nullish()
  .transform(names => names ?? []);

export const jaegerTracesSchema = listInTurns(trace.transform(found))
  .nullish()
  .transform(traces => traces ?? []);

function found({
  traceID,
  spans,
  processes,
}: z.output<typeof trace>): FoundTrace {
  return {
    traceId: traceID,
    spans: spans.map(one => ({
      spanId: one.spanID,
      parentSpanId: one.references?.find(
        ({ refType }) => refType === 'CHILD_OF',
      )?.spanID,
      service: processes.get(one.processID)?.serviceName ?? 'unknown',
      operation: one.operationName,
      startedAtMs: one.startTime / 1000,
      durationMs: one.duration / 1000,
      tags: one.tags ?? {},
      resource: processes.get(one.processID)?.tags ?? {},
    })),
  };
}
