import { z } from 'zod';
import type { InstantSample, RangeSeries } from './PrometheusClient';

/** Prometheus writes numbers as text, since JSON has no NaN and no infinity. */
const number = z
  .string()
  .regex(/^(NaN|[+-]Inf|[+-]?[0-9.]+([eE][+-]?[0-9]+)?)$/)
  .transform(text =>
    text.endsWith('Inf')
      ? (text.startsWith('-') ? -1 : 1) * Infinity
      : Number(text),
  );
const point = z.tuple([z.number(), number]);
const labels = z.record(z.string(), z.string());

/** An answer of `/api/v1/query` or `/api/v1/query_range`. */
export const answerSchema = z.object({
  status: z.enum(['success', 'error']),
  errorType: z.string().optional(),
  error: z.string().optional(),
  warnings: z.array(z.string()).default([]),
  infos: z.array(z.string()).default([]),
  data: z.unknown().optional(),
});

/** `data` of an instant query. A native histogram has no `value`: it is left out. */
export const instantSchema = z
  .discriminatedUnion('resultType', [
    z.object({
      resultType: z.literal('vector'),
      result: z.array(z.object({ metric: labels, value: point.optional() })),
    }),
    z.object({ resultType: z.literal('scalar'), result: point }),
  ])
  .transform((data): InstantSample[] =>
    data.resultType === 'scalar'
      ? [sample({}, data.result)]
      : data.result.flatMap(({ metric, value }) =>
          value ? [sample(metric, value)] : [],
        ),
  );

/** `data` of a range query. */
export const rangeSchema = z
  .object({
    resultType: z.literal('matrix'),
    result: z.array(
      z.object({ metric: labels, values: z.array(point).default([]) }),
    ),
  })
  .transform(({ result }): RangeSeries[] =>
    result.map(({ metric, values }) => ({ labels: metric, values })),
  );

function sample(
  metric: Record<string, string>,
  [timestamp, value]: [number, number],
): InstantSample {
  return { labels: metric, value, timestamp };
}
