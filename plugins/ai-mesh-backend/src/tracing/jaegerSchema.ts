import { z } from 'zod';
import type { FoundTrace } from './TracingClient';

/** Of JavaScript's calendar, as Unix microseconds: a trace of later would have no date to show. */
const LAST_MOMENT = 8.64e18;

const tag = z.object({ key: z.string(), value: z.unknown() });

const span = z.object({
  spanID: z.string(),
  operationName: z.string(),
  references: z
    .array(z.object({ refType: z.string(), spanID: z.string() }))
    .nullish(),
  /** Unix microseconds. */
  startTime: z.number().min(0).max(LAST_MOMENT),
  /** Microseconds. */
  duration: z.number().min(0).max(LAST_MOMENT),
  tags: z.array(tag).nullish(),
  processID: z.string(),
});

const trace = z.object({
  traceID: z.string(),
  spans: z.array(span),
  processes: z.record(
    z.string(),
    z.object({ serviceName: z.string(), tags: z.array(tag).nullish() }),
  ),
});

/** What Jaeger answers to any question: data or errors. */
export const jaegerAnswerSchema = z.object({
  data: z.unknown(),
  errors: z
    .array(z.object({ code: z.number().optional(), msg: z.string() }))
    .nullish(),
});

/** The newest Jaeger says null where it has no services yet. */
export const jaegerServicesSchema = z
  .array(z.string())
  .nullish()
  .transform(names => names ?? []);

export const jaegerTracesSchema = z
  .array(trace)
  .nullish()
  .transform(traces => (traces ?? []).map(found));

function found({
  traceID,
  spans,
  processes,
}: z.output<typeof trace>): FoundTrace {
  const resources = Object.fromEntries(
    Object.entries(processes).map(([id, { tags }]) => [id, textsOf(tags)]),
  );
  return {
    traceId: traceID,
    spans: spans.map(one => ({
      spanId: one.spanID,
      parentSpanId: one.references?.find(
        ({ refType }) => refType === 'CHILD_OF',
      )?.spanID,
      service: processes[one.processID]?.serviceName ?? 'unknown',
      operation: one.operationName,
      startedAtMs: one.startTime / 1000,
      durationMs: one.duration / 1000,
      tags: textsOf(one.tags),
      resource: resources[one.processID] ?? {},
    })),
  };
}

function textsOf(
  tags: readonly z.output<typeof tag>[] | null | undefined,
): Record<string, string> {
  return Object.fromEntries(
    (tags ?? []).map(({ key, value }) => [
      key,
      typeof value === 'object' ? JSON.stringify(value) : String(value),
    ]),
  );
}
