import { z } from 'zod';
import type {
  InstantHistogram,
  InstantSample,
  RangeSeries,
} from './PrometheusClient';

/** Prometheus writes numbers as text, since JSON has no NaN and no infinity. */
const NUMBER = /^(NaN|[+-]Inf|[+-]?[0-9.]+([eE][+-]?[0-9]+)?)$/;

/** Of one series, far more than anybody's: what is made of a series costs as much as its labels are long. */
const MOST_LABELS = 1000;
const LONGEST_LABEL = 100_000;

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
 * answer may have tens of thousands, and a schema library takes twenty times as long for them.
 *
 * @throws NotInFormat
 */
export function readInstant(data: unknown): {
  samples: InstantSample[];
  histograms: InstantHistogram[];
} {
  const samples: InstantSample[] = [];
  const histograms: InstantHistogram[] = [];
  const { resultType, result } = objectAt(data, 'its whole');
  if (resultType === 'scalar') {
    const [timestamp, value] = pointAt(result, 'result');
    samples.push({ labels: {}, value, timestamp });
    return { samples, histograms };
  }
  if (resultType !== 'vector') {
    throw new NotInFormat('resultType');
  }
  listAt(result, 'result').forEach((row, index) => {
    const at = `result.${index}`;
    const { metric, value, histogram } = objectAt(row, at);
    const labels = labelsAt(metric, `${at}.metric`);
    if (value !== undefined) {
      const [timestamp, number] = pointAt(value, `${at}.value`);
      samples.push({ labels, value: number, timestamp });
    }
    // One that cannot be read is left out, and takes nothing from the numbers beside it.
    const read =
      histogram === undefined
        ? undefined
        : histogramSchema.safeParse(histogram);
    if (read?.success) {
      histograms.push({ labels, ...read.data });
    }
  });
  return { samples, histograms };
}

/**
 * `data` of a range query; as {@link readInstant}.
 *
 * @throws NotInFormat
 */
export function readRange(data: unknown): RangeSeries[] {
  const { resultType, result } = objectAt(data, 'its whole');
  if (resultType !== 'matrix') {
    throw new NotInFormat('resultType');
  }
  return listAt(result, 'result').map((row, index) => {
    const at = `result.${index}`;
    const { metric, values = [] } = objectAt(row, at);
    return {
      labels: labelsAt(metric, `${at}.metric`),
      values: listAt(values, `${at}.values`).map((point, nth) =>
        pointAt(point, `${at}.values.${nth}`),
      ),
    };
  });
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
    throw new NotInFormat(`${at}: more than ${MOST_LABELS} labels`);
  }
  for (const name of names) {
    const text = labels[name];
    if (typeof text !== 'string') {
      throw new NotInFormat(`${at}.${name}`);
    }
    if (text.length > LONGEST_LABEL) {
      throw new NotInFormat(
        `${at}.${name.slice(0, 100)}: longer than ${LONGEST_LABEL} characters`,
      );
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
