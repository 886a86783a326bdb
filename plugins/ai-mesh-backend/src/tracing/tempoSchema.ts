import { z } from 'zod';
import { listInTurns } from '../target/schemaInTurns';
import { otlpTracesSchema } from './otlp';

/** A trace that a search found. */
export interface TempoHit {
  traceId: string;
  /** Unix milliseconds. */
  startedAtMs: number;
  /** The longest of the spans that met the search; of an older Tempo, that of the whole trace. */
  longestMs: number;
}

const nanoseconds = z
  .union([z.string().regex(/^\d{1,20}$/), z.number().nonnegative()])
  .transform(text => Number(text) / 1_000_000);
const spanSet = z.object({
  spans: listInTurns(z.object({ durationNanos: nanoseconds.default(0) }))
    .nullish()
    .transform(spans => spans ?? []),
});
const hit = z
  .object({
    traceID: z.string().regex(/^[0-9a-fA-F]{1,32}$/),
    startTimeUnixNano: nanoseconds.default(0),
    durationMs: z.number().nonnegative().default(0),
    spanSets: listInTurns(spanSet).nullish(),
    /** Before Tempo 2.2 there was only one. */
    spanSet: spanSet.nullish(),
  })
  .transform(
    ({ traceID, startTimeUnixNano, durationMs, ...sets }): TempoHit => {
      const spans = (sets.spanSets ?? [sets.spanSet]).flatMap(
        set => set?.spans ?? [],
      );
      return {
        traceId: traceID,
        startedAtMs: startTimeUnixNano,
        longestMs:
          spans.length > 0
            ? spans.reduce((most, one) => Math.max(most, one.durationNanos), 0)
            : durationMs,
      };
    },
  );

/** Protobuf's JSON leaves out a list that is empty, but never what the search has cost. */
export const tempoSearchSchema = z
  .object({
    traces: listInTurns(hit).nullish(),
    metrics: z.unknown().optional(),
  })
  .refine(
    ({ traces, metrics }) => traces !== undefined || metrics !== undefined,
    'holds neither traces nor metrics',
  )
  .transform(({ traces }) => traces ?? []);

/** Values of a tag: with their types, or of the first version as they are. */
export const tempoValuesSchema = z
  .object({
    tagValues: listInTurns(
      z.union([z.string(), z.object({ value: z.string() })]),
    ).nullish(),
  })
  .transform(({ tagValues }) =>
    (tagValues ?? []).map(one => (typeof one === 'string' ? one : one.value)),
  );

/** A whole trace: below `trace`, or of the first version as it is. */
export const tempoTraceSchema = z
  .object({ trace: z.unknown().optional() })
  .loose()
  .transform(answer => answer.trace ?? answer)
  .pipe(otlpTracesSchema);
