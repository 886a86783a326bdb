import { z } from 'zod';
import type { Named } from '../named';

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

const margin = z
  .number('A margin is a difference of ratios: 0.01 is one percentage point')
  .min(0.001, 'A margin is at least 0.001 (a tenth of a percentage point)')
  .max(0.5, 'A margin is at most 0.5');

const absoluteShape = (
  rollBackAbove: number,
  advanceBelow: number,
  nonInferiorityMargin: number,
) => ({
  /** Roll back above it. */
  rollBackAbove: ratio.default(rollBackAbove),
  /** Advance below it, or where the canary is no worse than the stable version. */
  advanceBelow: ratio.default(advanceBelow),
  /** By how much more than the stable version it may be known not to be worse before it gets more than half. */
  nonInferiorityMargin: margin.default(nonInferiorityMargin),
});

const sharesNotInOrder = {
  path: ['advanceBelow'],
  message: 'Must not be above rollBackAbove',
};

function sharesInOrder(gate: {
  advanceBelow: number;
  rollBackAbove: number;
}): boolean {
  return gate.advanceBelow <= gate.rollBackAbove;
}

/** A gate that has absolute bounds, ratios 0..1. */
function absolute(...bounds: Parameters<typeof absoluteShape>) {
  return z
    .strictObject({
      enabled: z.boolean().default(true),
      ...absoluteShape(...bounds),
    })
    .refine(sharesInOrder, sharesNotInOrder)
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

const canaryGateSettingsObject = z
  .strictObject({
    /** 5xx, no response and gRPC server faults over all requests, 0..1. */
    errorRate: absolute(0.05, 0.01, 0.01),
    latencyP99: z
      .strictObject({
        ...relativeShape(1.5, 1.2),
        /** Below it a latency never rolls back, milliseconds. */
        objectiveMs: z
          .number()
          .positive('A latency objective is longer than 0 ms')
          .max(3_600_000, 'A latency objective is at most an hour')
          .default(30_000),
        /**
         * Requests slower than the stable version's own p99, over all: where there is a histogram, these bounds decide,
         * and the multiples above are shown beside them.
         */
        slowShare: z
          .strictObject(absoluteShape(0.05, 0.02, 0.02))
          .refine(sharesInOrder, sharesNotInOrder)
          .prefault({}),
      })
      .refine(inOrder, notInOrder)
      .prefault({}),
    /** 429 over all requests, 0..1. */
    throttled: absolute(0.2, 0.05, 0.04),
    /** Only where the version exports token counts. */
    tokensPerRequest: relative(2, 1.3),
    /** Only where the version exports it. */
    timeToFirstToken: relative(2, 1.3),
  })
  .prefault({});

/** @public */
export interface CanaryGateSettingsSchema extends Named<
  typeof canaryGateSettingsObject
> {}

/**
 * The bounds of every gate. Between its two bounds a gate holds the canary where it is.
 *
 * @public
 */
export const canaryGateSettingsSchema: CanaryGateSettingsSchema =
  canaryGateSettingsObject;

/** @public */
export type CanaryGateSettings = z.infer<typeof canaryGateSettingsSchema>;
