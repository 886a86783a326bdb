import { z } from 'zod';
import { manyWordsSchema } from '../words/words';
import { findingCodeSchema } from './findingCode';
import { objectRefSchema, serviceRefSchema } from './objects';

const reasonSchema = z.string().trim().min(1).max(2000);

/**
 * That the fix of a finding is to be written into the cluster, once another person approves it.
 *
 * @public
 */
export const fixApplicationBodySchema = z.strictObject({
  /** Id of a finding that the review has. */
  finding: z.string().min(1).max(800),
  /** Why, for whoever approves it. */
  reason: reasonSchema.optional(),
});

/** @public */
export type FixApplicationBody = z.infer<typeof fixApplicationBodySchema>;

/**
 * - `requested`: it waits for another person
 * - `approved`: it is being written
 * - `applied`: the object is as the fix has it
 * - `undoing`: what was before is being written
 * - `failed`: nothing of it stands in the cluster, or nobody can say; its message tells
 *
 * @public
 */
export const fixApplicationStateSchema = z.enum([
  'requested',
  'approved',
  'applied',
  'undoing',
  'undone',
  'rejected',
  'cancelled',
  'expired',
  'failed',
]);

/** @public */
export type FixApplicationState = z.infer<typeof fixApplicationStateSchema>;

/** @public */
export const fixApplicationActionNameSchema = z.enum([
  'approve',
  'reject',
  'cancel',
  'undo',
]);

/** @public */
export type FixApplicationActionName = z.infer<
  typeof fixApplicationActionNameSchema
>;

/**
 * What somebody decides about a fix that is to be written into the cluster.
 *
 * @public
 */
export const fixApplicationActionSchema = z.strictObject({
  action: fixApplicationActionNameSchema,
  /** The version that was looked at: of another one nothing is decided. */
  version: z.number().int().positive(),
  reason: reasonSchema.optional(),
});

/** @public */
export type FixApplicationAction = z.infer<typeof fixApplicationActionSchema>;

/**
 * A fix that is to be written into the cluster, and what became of it.
 *
 * @public
 */
export const fixApplicationSchema = z.object({
  id: z.string(),
  /** Grows with every change. */
  version: z.number().int().positive(),
  state: fixApplicationStateSchema,
  finding: z.string(),
  code: findingCodeSchema,
  service: serviceRefSchema,
  object: objectRefSchema,
  /** The object as it was when it was asked for, and as the cluster's dry run made it: YAML. */
  before: z.string(),
  after: z.string(),
  requestedBy: z.string(),
  requestedAt: z.iso.datetime(),
  reason: z.string().optional(),
  /** Who approved, rejected or took it back last, or has it undone. */
  decidedBy: z.string().optional(),
  decidedAt: z.iso.datetime().optional(),
  decision: z.string().optional(),
  /** Why it failed, was not undone, or is tried again. */
  message: z.string().optional(),
  words: manyWordsSchema.optional(),
  /** What its state allows. Whether somebody may is another question. */
  actions: z.array(fixApplicationActionNameSchema),
  /** Whether the one who asked may approve as well. */
  requesterMayApprove: z.boolean(),
});

/** @public */
export type FixApplication = z.infer<typeof fixApplicationSchema>;

/**
 * Whether a fix can be written into the cluster from here, as far as that is told without asking the cluster.
 *
 * @public
 */
export const fixApplicabilitySchema = z.object({
  possible: z.boolean(),
  /** Why not, or what to know before; empty where there is nothing to say. */
  message: z.string(),
  words: manyWordsSchema,
});

/** @public */
export type FixApplicability = z.infer<typeof fixApplicabilitySchema>;
