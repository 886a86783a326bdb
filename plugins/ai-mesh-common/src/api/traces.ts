import { z } from 'zod';
import type { Named } from './named';
import { measured } from './measured';
import { resolutionSchema } from './objects';
import { sourceSchema, windowSchema } from './sources';
import { momentSchema } from './moment';

/** What a request for traces may ask. @public */
export const tracesRequestSchema = z.object({
  window: windowSchema.default('1h'),
  /** Only traces with a call of this model, as `ai.model` or, in Tempo, `gen_ai.request.model` names it. */
  model: z.string().min(1).max(500).optional(),
  /** Of the slow ones only those in which the service took longer, milliseconds. */
  slowerThanMs: z.coerce.number().positive().max(86_400_000).optional(),
  at: momentSchema.optional(),
});

/** @public */
export type TracesRequest = z.infer<typeof tracesRequestSchema>;

const traceSpanObject = z.object({
  spanId: z.string(),
  /** Absent where it is the first, or where its parent was not reported. */
  parentSpanId: z.string().optional(),
  /** How many steps lead to it. */
  depth: z.number().int().nonnegative(),
  /** As the tracing system names it: `chat.ai`. */
  service: z.string(),
  operation: z.string(),
  side: z.enum(['client', 'server', 'other']),
  /** Milliseconds after the trace began. */
  startMs: z.number().nonnegative(),
  durationMs: z.number().nonnegative(),
  failed: z.boolean(),
  /** HTTP's status, or gRPC's behind `grpc `. */
  status: z.string().optional(),
  /** Envoy's response flags: `UT`, `UO`. */
  flags: z.string().optional(),
  /** How often the proxy tried again. */
  retries: z.number().int().nonnegative(),
  /** `ai.model`, else `gen_ai.request.model`. */
  model: z.string().optional(),
});

/** @public */
export interface TraceSpanSchema extends Named<typeof traceSpanObject> {}

/** One step of a trace: what one side of one call saw. @public */
export const traceSpanSchema: TraceSpanSchema = traceSpanObject;

/** @public */
export type TraceSpan = z.infer<typeof traceSpanSchema>;

const traceObject = z.object({
  cluster: z.string(),
  traceId: z.string(),
  startedAt: z.iso.datetime(),
  /** From its first span's begin to its last one's end, milliseconds. */
  durationMs: z.number().nonnegative(),
  /** The longest span of the entity's own service in it, milliseconds: what it is sorted and judged by. */
  serviceDurationMs: z.number().nonnegative(),
  failed: z.boolean(),
  /** Of the tags `ai.model` and `gen_ai.request.model`, without `unknown`. */
  models: z.array(z.string()),
  /** Of the tags `ai.request.type`. */
  requestTypes: z.array(z.string()),
  /** In the order of a waterfall; the longest where there are too many. */
  spans: z.array(traceSpanSchema),
  spansTotal: z.number().int().nonnegative(),
  /** The trace in the tracing system's own pages. */
  url: z.string().optional(),
});

/** @public */
export interface TraceSchema extends Named<typeof traceObject> {}

/** @public */
export const traceSchema: TraceSchema = traceObject;

/** @public */
export type Trace = z.infer<typeof traceSchema>;

const tracesObject = z.object({
  entityRef: z.string(),
  window: windowSchema,
  model: z.string().optional(),
  slowerThanMs: z.number().optional(),
  observedAt: z.iso.datetime(),
  resolution: resolutionSchema,
  /** The names under which the services' traces were looked for. */
  services: z.array(
    z.object({ cluster: z.string(), names: z.array(z.string()) }),
  ),
  /** Slowest first. */
  slowest: measured(z.array(traceSchema)),
  /** Newest first. */
  failed: measured(z.array(traceSchema)),
  /** Whether all of the window was looked through, or the newest traces of it. */
  complete: z.boolean(),
  /** Whether `failed` has all of the window; false: there may be older ones. */
  failedComplete: z.boolean(),
  sources: z.array(sourceSchema),
});

/** @public */
export interface TracesSchema extends Named<typeof tracesObject> {}

/** @public */
export const tracesSchema: TracesSchema = tracesObject;

/** @public */
export type Traces = z.infer<typeof tracesSchema>;
