import { z } from 'zod';
import type {
  InstantHistogram,
  InstantSample,
  RangeSeries,
} from './PrometheusClient';

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
/** How its bounds are meant, both bounds, and how many are between them. */
const bucket = z
  .tuple([z.number(), number, number, number])
  .transform(([, lower, upper, count]) => ({ lower, upper, count }));
const histogram = z
  .tuple([
    z.number(),
    z.object({ count: number, buckets: z.array(bucket).default([]) }),
  ])
  .transform(([, all]) => all);

/** An answer of `/api/v1/query` or `/api/v1/query_range`. */
export const answerSchema = z.object({
  status: z.enum(['success', 'error']),
  errorType: z.string().optional(),
  error: z.string().optional(),
  warnings: z.array(z.string()).default([]),
  infos: z.array(z.string()).default([]),
  data: z.unknown().optional(),
});

/** `data` of an instant query: numbers, and native histograms, which have no `value`. */
export const instantSchema = z
  .discriminatedUnion('resultType', [
    z.object({
      resultType: z.literal('vector'),
      result: z.array(
        z.object({
          metric: labels,
          value: point.optional(),
          // One that cannot be read is left out, and takes nothing from the numbers beside it.
          histogram: histogram.optional().catch(undefined),
        }),
      ),
    }),
    z.object({ resultType: z.literal('scalar'), result: point }),
  ])
  .transform(
    (data): { samples: InstantSample[]; histograms: InstantHistogram[] } =>
      data.resultType === 'scalar'
        ? { samples: [sample({}, data.result)], histograms: [] }
        : {
            samples: data.result.flatMap(({ metric, value }) =>
              value ? [sample(metric, value)] : [],
            ),
            histograms: data.result.flatMap(one =>
              one.histogram ? [{ labels: one.metric, ...one.histogram }] : [],
            ),
          },
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
