import { z } from 'zod';
import type { Named } from '../named';
import { requestTextsEn } from '../../words/texts/requestsEn';

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
  .number(requestTextsEn['rule.ratio'])
  .min(0, requestTextsEn['rule.ratio'])
  .max(1, requestTextsEn['rule.ratio']);

const timesStable = z
  .number(requestTextsEn['rule.multiple'])
  .min(1, requestTextsEn['rule.multipleLow'])
  .max(100, requestTextsEn['rule.multipleHigh']);

const margin = z
  .number(requestTextsEn['rule.margin'])
  .min(0.001, requestTextsEn['rule.marginLow'])
  .max(0.5, requestTextsEn['rule.marginHigh']);

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
  message: requestTextsEn['rule.notAboveRollBack'],
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
  message: requestTextsEn['rule.notAboveRollBackTimes'],
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
          .positive(requestTextsEn['rule.objectiveLow'])
          .max(3_600_000, requestTextsEn['rule.objectiveHigh'])
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
