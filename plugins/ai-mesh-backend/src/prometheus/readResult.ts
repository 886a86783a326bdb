import { z } from 'zod';
import { inTurns } from '../target/inTurns';
import type {
  InstantHistogram,
  InstantSample,
  RangeSeries,
} from './PrometheusClient';

/** Prometheus writes numbers as text, since JSON has no NaN and no infinity. */
const NUMBER = /^(NaN|[+-]Inf|[+-]?[0-9.]+([eE][+-]?[0-9]+)?)$/;

/** Of one series, far more than anybody's. */
const MOST_LABELS = 1000;
/** Of a native histogram: far more than the 160 that most exporters keep to. */
const MOST_BUCKETS = 5000;
/** So many points are read without a look at what else waits. */
const POINTS_AT_ONCE = 1000;

const numberSchema = z.string().regex(NUMBER).transform(numberOf);
/** How its bounds are meant, both bounds, and how many are between them. */
const bucketSchema = z
  .tuple([z.number(), numberSchema, numberSchema, numberSchema])
  .transform(([, lower, upper, count]) => ({ lower, upper, count }));
const histogramSchema = z
  .tuple([
    z.number(),
    z.object({
      count: numberSchema,
      buckets: z.array(bucketSchema).default([]),
    }),
  ])
  .transform(([, all]) => all);

/** An answer's data are not in Prometheus' format; the message is the place: `result.0.value.1`. */
export class NotInFormat extends Error {
  override name = 'NotInFormat';
}

/**
 * `data` of an instant query: numbers, and native histograms, which have no `value`. Each row is looked at by hand: an
 * answer may have tens of thousands, and a schema library takes twenty times as long for them. In turns with other work.
 *
 * @throws NotInFormat
 */
export async function readInstant(data: unknown): Promise<{
  samples: InstantSample[];
  histograms: InstantHistogram[];
}> {
  const samples: InstantSample[] = [];
  const histograms: InstantHistogram[] = [];
  const { resultType, result } = objectAt(data, 'data');
  if (resultType === 'scalar') {
    const [timestamp, value] = pointAt(result, 'result');
    samples.push({ labels: {}, value, timestamp });
    return { samples, histograms };
  }
  if (resultType !== 'vector') {
    throw new NotInFormat('resultType');
  }
  for (const [index, row] of listAt(result, 'result').entries()) {
    await inTurns();
    const at = `result.${index}`;
    const { metric, value, histogram } = objectAt(row, at);
    const labels = labelsAt(metric, `${at}.metric`);
    if (value !== undefined) {
      const [timestamp, number] = pointAt(value, `${at}.value`);
      samples.push({ labels, value: number, timestamp });
    }
    const [, counted] = Array.isArray(histogram) ? histogram : [];
    const buckets = (counted as { buckets?: unknown } | null)?.buckets;
    if (Array.isArray(buckets) && buckets.length > MOST_BUCKETS) {
      throw new NotInFormat(
        `${at}.histogram.buckets: more than ${MOST_BUCKETS} buckets`,
      );
    }
    // One that cannot be read is left out, and takes nothing from the numbers beside it.
    const read =
      histogram === undefined
        ? undefined
        : histogramSchema.safeParse(histogram);
    if (read?.success) {
      histograms.push({ labels, ...read.data });
    }
  }
  return { samples, histograms };
}

/**
 * `data` of a range query; as {@link readInstant}.
 *
 * @throws NotInFormat
 */
export async function readRange(data: unknown): Promise<RangeSeries[]> {
  const { resultType, result } = objectAt(data, 'data');
  if (resultType !== 'matrix') {
    throw new NotInFormat('resultType');
  }
  const series: RangeSeries[] = [];
  for (const [index, row] of listAt(result, 'result').entries()) {
    await inTurns();
    const at = `result.${index}`;
    const { metric, values = [] } = objectAt(row, at);
    series.push({
      labels: labelsAt(metric, `${at}.metric`),
      values: await pointsAt(values, `${at}.values`),
    });
  }
  return series;
}

async function pointsAt(
  value: unknown,
  at: string,
): Promise<[number, number][]> {
  const points: [number, number][] = [];
  for (const [nth, point] of listAt(value, at).entries()) {
    if (nth % POINTS_AT_ONCE === 0) {
      await inTurns();
    }
    points.push(pointAt(point, `${at}.${nth}`));
  }
  return points;
}

function objectAt(value: unknown, at: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new NotInFormat(at);
  }
  return value as Record<string, unknown>;
}

function listAt(value: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(value)) {
    throw new NotInFormat(at);
  }
  return value;
}

function labelsAt(value: unknown, at: string): Record<string, string> {
  const labels = objectAt(value, at);
  const names = Object.keys(labels);
  if (names.length > MOST_LABELS) {
    throw new NotInFormat(`${at}: labels > ${MOST_LABELS}`);
  }
  for (const name of names) {
    if (typeof labels[name] !== 'string') {
      throw new NotInFormat(`${at}.${name}`);
    }
  }
  return labels as Record<string, string>;
}

/** Unix seconds and value. */
function pointAt(value: unknown, at: string): [number, number] {
  const [timestamp, number, ...more] = listAt(value, at);
  if (typeof timestamp !== 'number' || more.length > 0) {
    throw new NotInFormat(`${at}.0`);
  }
  if (typeof number !== 'string' || !NUMBER.test(number)) {
    throw new NotInFormat(`${at}.1`);
  }
  return [timestamp, numberOf(number)];
}

function numberOf(text: string): number {
  if (text.endsWith('Inf')) {
    return text.startsWith('-') ? -Infinity : Infinity;
  }
  return Number(text);
}
