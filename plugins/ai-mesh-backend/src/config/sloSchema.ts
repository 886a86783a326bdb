import type { MetricDialect } from '@ai-mesh/plugin-ai-mesh-node';
import { z } from 'zod';
import { duration, text } from './schemaParts';

/** Of Prometheus 3 too, which takes OpenTelemetry's dots. */
const labelName = z
  .string()
  .regex(
    /^[\p{L}_][\p{L}\p{N}_.:/-]*$/u,
    'must be the name of a Prometheus label',
  );

const HOUR_MS = 3_600_000;
const YEAR_MS = 366 * 24 * HOUR_MS;

/** 99.5, as people say it; 0..1 as it is calculated with. */
const targetPercent = z
  .number()
  .refine(
    value => value > 0 && value < 100,
    'must be above 0 and below 100: a promise of 100% leaves no budget',
  );

/** Objectives of the models that patterns name. */
export const objectives = z
  .strictObject({
    models: z.array(text).min(1).default(['*']),
    period: duration
      .refine(
        ms => ms >= HOUR_MS && ms <= YEAR_MS,
        'must be between an hour and a year',
      )
      .prefault('30d'),
    availability: z
      .strictObject({
        targetPercent,
        fallbacksAreBad: z.boolean().default(false),
      })
      .optional(),
    latency: z
      .strictObject({
        targetPercent,
        threshold: duration.refine(ms => ms > 0, 'must be longer than nothing'),
      })
      .optional(),
  })
  .transform(({ models, period, availability, latency }) => ({
    models,
    periodSeconds: period / 1000,
    ...(availability && {
      availability: {
        target: availability.targetPercent / 100,
        fallbacksAreBad: availability.fallbacksAreBad,
      },
    }),
    ...(latency && {
      latency: {
        target: latency.targetPercent / 100,
        thresholdMs: latency.threshold,
      },
    }),
  }));

export const price = z.strictObject({
  model: text,
  inputPerMillion: z.number().nonnegative(),
  outputPerMillion: z.number().nonnegative(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be a currency of three letters, such as EUR'),
  validFrom: z
    .union([z.iso.date(), z.iso.datetime({ offset: true })], {
      error: 'must be a day such as 2026-01-01',
    })
    .default('1970-01-01'),
});

export const podLabels = z.strictObject({
  namespace: labelName.default('namespace'),
  pod: labelName.default('pod'),
});

const most = z.number().int().positive();

/** How much of a file of objectives is read, and what one of its counters may ask Prometheus for. */
export const limits = z.strictObject({
  bytes: most.default(100_000),
  lines: most.default(5000),
  nesting: most.default(40),
  keys: most.default(10_000),
  objectives: most.default(200),
  series: most.default(10_000),
  seconds: z.number().positive().default(1),
});

const metricName = z
  .string()
  .regex(
    /^[\p{L}_:][\p{L}\p{N}_:./-]*$/u,
    'must be the name of a Prometheus metric',
  );
const counter = z.strictObject({
  metrics: z.array(metricName).min(1),
  where: z.record(labelName, z.array(z.string()).min(1)).optional(),
});
const gauge = z.strictObject({ metrics: z.array(metricName).min(1) });
const durationSpec = z.strictObject({
  metrics: z.array(metricName).min(1),
  unitMs: z.number().positive(),
  unnamedUnitMs: z.number().positive().optional(),
});

/** How a company's own services write their metrics. */
export const dialect: z.ZodType<MetricDialect> = z.strictObject({
  name: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9-]*$/,
      'must be of small letters, digits and dashes',
    ),
  anySpelling: z.boolean().optional(),
  modelLabels: z.array(labelName).min(1),
  answeredByLabel: labelName.optional(),
  providerLabels: z.array(labelName).default([]),
  requiredLabel: labelName.optional(),
  requests: counter,
  errors: z.discriminatedUnion(
    'kind',
    [
      z.strictObject({
        kind: z.literal('label'),
        counter,
        label: labelName,
        ok: z.array(z.string()),
        alsoIstio: z.boolean().optional(),
      }),
      z.strictObject({ kind: z.literal('counter'), counter }),
      z.strictObject({ kind: z.literal('istio') }),
    ],
    { error: 'must be label, counter or istio' },
  ),
  fallbacks: counter.optional(),
  duration: durationSpec.optional(),
  tokens: z
    .strictObject({
      input: counter.optional(),
      output: counter.optional(),
      total: counter.optional(),
    })
    .optional(),
  timeToFirstToken: durationSpec.optional(),
  load: z
    .strictObject({
      running: gauge.optional(),
      waiting: gauge.optional(),
      cacheUse: gauge.optional(),
    })
    .optional(),
});
