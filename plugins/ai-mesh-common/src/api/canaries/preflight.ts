import { z } from 'zod';
import type { Named } from '../named';
import { objectRefSchema } from '../objects';
import { jsonPatchOperationSchema } from '../review';
import { manyWordsSchema } from '../../words/words';
import { measuredCanaryOutlookSchema } from './power';
import { canaryWeightsSchema } from './weights';

const canaryPreflightCheckObject = z.object({
  code: z.enum([
    'route',
    'versions',
    'present-weight',
    'interval',
    'weights-too-coarse',
    'canary-endpoints',
    'endpoint-picker',
    'busy-route',
    'owned-by-operator',
    'may-patch',
    'dry-run',
    'header-phase',
    'affinity',
    'gitops',
    'fault-or-mirror',
    'unsafe-retries',
    'metrics',
    'quality-gates',
    'session-affinity',
    'rules-above',
    'capacity',
    'decision-power',
    'cluster',
  ]),
  outcome: z.enum(['ok', 'warns', 'blocks']),
  /** What was found, and what to do, for a service owner. */
  message: z.string(),
  /** The message for other languages; absent where somebody else wrote it. */
  words: manyWordsSchema.optional(),
  /** Something to copy: an ignore rule, the cluster's refusal word for word. */
  detail: z.string().optional(),
});

/** @public */
export interface CanaryPreflightCheckSchema extends Named<
  typeof canaryPreflightCheckObject
> {}

/**
 * One check before anything is written.
 *
 * @public
 */
export const canaryPreflightCheckSchema: CanaryPreflightCheckSchema =
  canaryPreflightCheckObject;

/** @public */
export type CanaryPreflightCheck = z.infer<typeof canaryPreflightCheckSchema>;

/**
 * One place of the object that the patch changes.
 *
 * @public
 */
export const canaryDiffLineSchema = z.object({
  /** `spec.http[2].route[0].weight` */
  path: z.string(),
  /** Absent: is not there now. */
  before: z.unknown().optional(),
  /** Absent: will be gone. */
  after: z.unknown().optional(),
});

/** @public */
export type CanaryDiffLine = z.infer<typeof canaryDiffLineSchema>;

const canaryRouteObject = z.object({
  object: objectRefSchema,
  /** The rule's name; absent: the only rule without a match that holds the stable version. */
  rule: z.string().optional(),
});

/** @public */
export interface CanaryRouteSchema extends Named<typeof canaryRouteObject> {}

/**
 * The route that a canary moves weights of.
 *
 * @public
 */
export const canaryRouteSchema: CanaryRouteSchema = canaryRouteObject;

/** @public */
export type CanaryRoute = z.infer<typeof canaryRouteSchema>;

const canaryPreflightObject = z.object({
  at: z.iso.datetime(),
  checks: z.array(canaryPreflightCheckSchema),
  /** Absent where the route could not be found. */
  route: canaryRouteSchema.optional(),
  /** The weights before the start. */
  present: canaryWeightsSchema.optional(),
  /** The canary's weights that the plan leads through on this route, percent. */
  steps: z.array(z.number()),
  /** The first write, exactly as it would be sent. */
  patch: z.array(jsonPatchOperationSchema),
  /** What that write changes. */
  diff: z.array(canaryDiffLineSchema),
  /** What is to be expected at today's traffic; absent where the route could not be found, and in older preflights. */
  outlook: measuredCanaryOutlookSchema.optional(),
});

/** @public */
export interface CanaryPreflightSchema extends Named<
  typeof canaryPreflightObject
> {}

/**
 * What a canary would do, and what speaks against it.
 *
 * @public
 */
export const canaryPreflightSchema: CanaryPreflightSchema =
  canaryPreflightObject;

/** @public */
export type CanaryPreflight = z.infer<typeof canaryPreflightSchema>;
