import { z } from 'zod';

/**
 * What a canary is judged by.
 *
 * @public
 */
export const canaryGateNameSchema = z.enum([
  'error-rate',
  'latency-p99',
  'throttled',
  'tokens-per-request',
  'time-to-first-token',
  'ready-endpoints',
]);

/** @public */
export type CanaryGateName = z.infer<typeof canaryGateNameSchema>;

const ratio = z
  .number('A bound is a ratio between 0 and 1: 0.05 is 5 %')
  .min(0, 'A bound is a ratio between 0 and 1: 0.05 is 5 %')
  .max(1, 'A bound is a ratio between 0 and 1: 0.05 is 5 %');

const timesStable = z
  .number("A bound is a multiple of the stable version's value: 1.5")
  .min(1, "A multiple of the stable version's value is at least 1")
  .max(100, "A multiple of the stable version's value is at most 100");

/** A gate that has absolute bounds, ratios 0..1. */
function absolute(rollBackAbove: number, advanceBelow: number) {
  return z
    .strictObject({
      enabled: z.boolean().default(true),
      /** Roll back above it. */
      rollBackAbove: ratio.default(rollBackAbove),
      /** Advance below it. */
      advanceBelow: ratio.default(advanceBelow),
    })
    .refine(gate => gate.advanceBelow <= gate.rollBackAbove, {
      path: ['advanceBelow'],
      message: 'Must not be above rollBackAbove',
    })
    .prefault({});
}

const relativeShape = (rollBack: number, advance: number) => ({
  enabled: z.boolean().default(true),
  /** Roll back above so many times the stable version's value. */
  rollBackAboveTimesStable: timesStable.default(rollBack),
  /** Advance up to so many times the stable version's value. */
  advanceUpToTimesStable: timesStable.default(advance),
});

const notInOrder = {
  path: ['advanceUpToTimesStable'],
  message: 'Must not be above rollBackAboveTimesStable',
};

function relative(rollBack: number, advance: number) {
  return z
    .strictObject(relativeShape(rollBack, advance))
    .refine(inOrder, notInOrder)
    .prefault({});
}

function inOrder(gate: {
  advanceUpToTimesStable: number;
  rollBackAboveTimesStable: number;
}): boolean {
  return gate.advanceUpToTimesStable <= gate.rollBackAboveTimesStable;
}

/**
 * The bounds of every gate. Between its two bounds a gate holds the canary where it is.
 *
 * @public
 */
export const canaryGateSettingsSchema = z
  .strictObject({
    /** 5xx, no response and gRPC server faults over all requests, 0..1. */
    errorRate: absolute(0.05, 0.01),
    latencyP99: z
      .strictObject({
        ...relativeShape(1.5, 1.2),
        /** Below it a latency never rolls back, milliseconds. */
        objectiveMs: z
          .number()
          .positive('A latency objective is longer than 0 ms')
          .max(3_600_000, 'A latency objective is at most an hour')
          .default(30_000),
      })
      .refine(inOrder, notInOrder)
      .prefault({}),
    /** 429 over all requests, 0..1. */
    throttled: absolute(0.2, 0.05),
    /** Only where the version exports token counts. */
    tokensPerRequest: relative(2, 1.3),
    /** Only where the version exports it. */
    timeToFirstToken: relative(2, 1.3),
  })
  .prefault({});

/** @public */
export type CanaryGateSettings = z.infer<typeof canaryGateSettingsSchema>;
