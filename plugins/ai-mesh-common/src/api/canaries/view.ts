import { z } from 'zod';
import type { Named } from '../named';
import {
  objectRefSchema,
  serviceOwnershipSchema,
  serviceRefSchema,
} from '../objects';
import { sourceSchema } from '../sources';
import { manyWordsSchema } from '../../words/words';
import { canaryActionNameSchema } from './actions';
import { canaryGroupSchema } from './group';
import { canaryPlanSchema } from './plan';
import { canaryPreflightSchema, canaryRouteSchema } from './preflight';
import { canaryGateTitleSchema, canaryQualityGateSchema } from './qualityGates';
import { canaryVersionSchema } from './request';
import { canaryCheckSchema, canaryHoldReasonSchema } from './verdict';
import { canaryWeightsSchema } from './weights';

/**
 * - `requested`: waits for a decision
 * - `approved`: waits for its start
 * - `progressing`: the engine moves weights
 * - `paused`: weights stay as they are
 * - `rollingBack`: the weights of before are being restored
 * - `promoted`: the canary holds its target weight
 * - the others have ended
 *
 * @public
 */
export const canaryStateSchema = z.enum([
  'requested',
  'approved',
  'progressing',
  'paused',
  'rollingBack',
  'promoted',
  'rejected',
  'cancelled',
  'expired',
  'failed',
  'rolledBack',
]);

/** @public */
export type CanaryState = z.infer<typeof canaryStateSchema>;

/** States in which a canary holds its route. @public */
export const ACTIVE_CANARY_STATES: readonly CanaryState[] = [
  'requested',
  'approved',
  'progressing',
  'paused',
  'rollingBack',
];

/**
 * Who or what stopped a canary.
 *
 * @public
 */
export const canaryPauseSchema = z.object({
  cause: z.enum([
    'person',
    'drift',
    'longest-hold',
    'forbidden',
    'refused',
    'could-not-restore',
    'not-proven',
  ]),
  /** `engine`, or the entity reference of a person. */
  by: z.string(),
  message: z.string(),
  /** The message for other languages; absent where somebody wrote it. */
  words: manyWordsSchema.optional(),
  since: z.iso.datetime(),
});

/** @public */
export type CanaryPause = z.infer<typeof canaryPauseSchema>;

/**
 * The cluster is not as the canary left it.
 *
 * @public
 */
export const canaryDriftSchema = z.object({
  message: z.string(),
  /** The message for other languages; absent in records of older releases. */
  words: manyWordsSchema.optional(),
  /** The weights last written. */
  expected: canaryWeightsSchema,
  /** Absent: the object, the route or a version is gone. */
  found: canaryWeightsSchema.optional(),
  /** What a person may choose. */
  choices: z.array(
    z.enum(['adoptDrift', 'restoreDrift', 'resume', 'rollBack']),
  ),
});

/** @public */
export type CanaryDrift = z.infer<typeof canaryDriftSchema>;

const canaryNextObject = z.object({
  action: z.enum([
    'wait-for-approval',
    'wait-for-window',
    'wait-for-cluster',
    'start',
    'advance',
    'wait-for-confirmation',
    'promote',
    'wait-for-person',
    'restore',
    'nothing',
  ]),
  /** The weight that follows, percent; absent where none does. */
  weight: z.number().optional(),
  /** Not before this. */
  at: z.iso.datetime().optional(),
  /** In one sentence. */
  message: z.string(),
  /** The same for other languages. */
  words: manyWordsSchema.optional(),
});

/** @public */
export interface CanaryNextSchema extends Named<typeof canaryNextObject> {}

/** @public */
export const canaryNextSchema: CanaryNextSchema = canaryNextObject;

/** @public */
export type CanaryNext = z.infer<typeof canaryNextSchema>;

/**
 * Scaling the old version down after a promotion.
 *
 * @public
 */
export const canaryCleanUpSchema = z.object({
  status: z.enum(['soaking', 'offered', 'asked', 'done', 'undoing', 'undone']),
  /** The workloads, with the replicas that they had. */
  workloads: z.array(
    z.object({ object: objectRefSchema, replicas: z.number().int() }),
  ),
  /** When it will be offered. */
  offeredAt: z.iso.datetime().optional(),
  /** Until when it can be undone. */
  reversibleUntil: z.iso.datetime().optional(),
  /** What stopped the last try. */
  message: z.string().optional(),
  /** The same for other languages. */
  words: manyWordsSchema.optional(),
});

/** @public */
export type CanaryCleanUp = z.infer<typeof canaryCleanUpSchema>;

const canaryObject = z.object({
  id: z.string(),
  /** Counts transitions; every action names the one that it was decided on. */
  version: z.number().int().nonnegative(),
  state: canaryStateSchema,
  /** The entity that it was asked for. */
  entityRef: z.string(),
  /**
   * The entity whose people decide: the one that provably owns the Service, which may be another than it was asked for.
   * Absent: nobody provably does, or the reader may not see who.
   */
  governedBy: z.string().optional(),
  service: serviceRefSchema,
  /** The others that were asked for with it; absent: it was asked for by itself. */
  group: canaryGroupSchema.optional(),
  route: canaryRouteSchema,
  stable: canaryVersionSchema,
  canary: canaryVersionSchema,
  plan: canaryPlanSchema,
  reason: z.string(),
  requestedBy: z.string(),
  /** The portal lets people approve what they asked for themselves; absent: it does not. */
  requesterMayApprove: z.boolean().optional(),
  requestedAt: z.iso.datetime(),
  /** Who approved or rejected it. */
  decidedBy: z.string().optional(),
  endedAt: z.iso.datetime().optional(),
  /** The canary's weights on this route, percent, ascending. */
  steps: z.array(z.number()),
  /** Index of the step that holds now; -1 before the first. */
  step: z.number().int().min(-1),
  phase: z.enum(['before', 'header', 'weights', 'after']),
  /** The weights that the engine wrote last, or found at the start; absent before the start. */
  weights: canaryWeightsSchema.optional(),
  /** Those recorded before the start, which a roll-back restores. */
  weightsBefore: canaryWeightsSchema.optional(),
  next: canaryNextSchema,
  hold: z
    .object({
      reason: canaryHoldReasonSchema,
      message: z.string(),
      /** The message for other languages; absent where somebody else wrote it. */
      words: manyWordsSchema.optional(),
      since: z.iso.datetime(),
    })
    .optional(),
  pause: canaryPauseSchema.optional(),
  drift: canaryDriftSchema.optional(),
  /** The latest look; absent before the first, and in lists of those that have ended. */
  check: canaryCheckSchema.optional(),
  cleanUp: canaryCleanUpSchema.optional(),
  /** What its state allows now; whether a person may is a matter of permissions. */
  actions: z.array(canaryActionNameSchema),
});

/** @public */
export interface CanarySchema extends Named<typeof canaryObject> {}

/** @public */
export const canarySchema: CanarySchema = canaryObject;

/** @public */
export type Canary = z.infer<typeof canarySchema>;

const canaryTransitionObject = z.object({
  seq: z.number().int().positive(),
  at: z.iso.datetime(),
  /** `engine`, or the entity reference of a person. */
  by: z.string(),
  from: canaryStateSchema.nullable(),
  to: canaryStateSchema,
  /** What happened: an action's name, or what the engine did. */
  what: z.string(),
  reason: z.string(),
  /** The reason for other languages; absent where a person gave it, and in rows of older releases. */
  words: manyWordsSchema.optional(),
  evidence: canaryCheckSchema.optional(),
  weightsBefore: canaryWeightsSchema.optional(),
  weightsAfter: canaryWeightsSchema.optional(),
});

/** @public */
export interface CanaryTransitionSchema extends Named<
  typeof canaryTransitionObject
> {}

/**
 * One row of a canary's history. Rows are never changed.
 *
 * @public
 */
export const canaryTransitionSchema: CanaryTransitionSchema =
  canaryTransitionObject;

/** @public */
export type CanaryTransition = z.infer<typeof canaryTransitionSchema>;

/** @public */
export const canaryTransitionsSchema = z.object({
  /** Oldest first. */
  transitions: z.array(canaryTransitionSchema),
  /** The cursor of the rows before these; absent: there are none. */
  earlier: z.string().optional(),
});

/** @public */
export type CanaryTransitions = z.infer<typeof canaryTransitionsSchema>;

/** @public */
export const canaryDetailsSchema = canarySchema.extend({
  /** The latest 200, oldest first. */
  transitions: z.array(canaryTransitionSchema),
  /** The cursor of the rows before these; absent: there are none. */
  earlierTransitions: z.string().optional(),
  /** Whose the Service is, and who else says to own it, as far as the reader may see them. */
  ownership: z.array(serviceOwnershipSchema).optional(),
  /** Those of its group in the other clusters, in their order, as far as the reader may see them. */
  others: z.array(canarySchema).optional(),
  /** The latest preflight; absent before the first. */
  preflight: canaryPreflightSchema.optional(),
});

/** @public */
export type CanaryDetails = z.infer<typeof canaryDetailsSchema>;

const canaryListObject = z.object({
  /** Active ones first, then the latest first. */
  canaries: z.array(canarySchema),
  /** Of an entity's list: whose the Services are that it says to own. */
  ownership: z.array(serviceOwnershipSchema).optional(),
  /** Of an entity's list: the clusters that it is on, where the portal's configuration lets it change none of them. */
  readOnly: z.array(z.string()).optional(),
  /** The cursor of the next page; absent: this is the last. */
  next: z.string().optional(),
});

/** @public */
export interface CanaryListSchema extends Named<typeof canaryListObject> {}

/** @public */
export const canaryListSchema: CanaryListSchema = canaryListObject;

/** @public */
export type CanaryList = z.infer<typeof canaryListSchema>;

/**
 * A plan that a form offers by name.
 *
 * @public
 */
export const canaryPresetSchema = z.object({
  name: z.string(),
  title: canaryGateTitleSchema,
  plan: canaryPlanSchema,
});

/** @public */
export type CanaryPreset = z.infer<typeof canaryPresetSchema>;

const canaryOptionsObject = z.object({
  services: z.array(
    z.object({
      service: serviceRefSchema,
      routes: z.array(
        z.object({
          route: canaryRouteSchema,
          /** The rule without a match: where most traffic goes. */
          catchAll: z.boolean(),
          weights: canaryWeightsSchema.shape.destinations,
          /** The canary that holds the route at present. */
          busyWith: z.string().optional(),
        }),
      ),
      versions: z.array(
        z.object({ version: canaryVersionSchema, label: z.string() }),
      ),
      /** Why there is no route to offer. */
      message: z.string().optional(),
      /** The same for other languages. */
      words: manyWordsSchema.optional(),
      /** Four scrapes of the cluster's metrics: a plan with a shorter interval is refused. */
      leastIntervalSeconds: z.number().optional(),
    }),
  ),
  /** The plan that a request which says nothing of it gets, by the portal's configuration. */
  defaults: canaryPlanSchema,
  /** Plans to choose from, by the portal's configuration. */
  presets: z.array(canaryPresetSchema),
  /** Further gates to choose from; absent: the backend knows none. */
  qualityGates: z.array(canaryQualityGateSchema).optional(),
  sources: z.array(sourceSchema),
});

/** @public */
export interface CanaryOptionsSchema extends Named<
  typeof canaryOptionsObject
> {}

/**
 * What a request form can offer for an entity, read from the cluster.
 *
 * @public
 */
export const canaryOptionsSchema: CanaryOptionsSchema = canaryOptionsObject;

/** @public */
export type CanaryOptions = z.infer<typeof canaryOptionsSchema>;
