import { z } from 'zod';
import { canaryReasonSchema } from './request';
import { requestTextsEn } from '../../words/texts/requestsEn';

/** @public */
export const canaryActionNameSchema = z.enum([
  'approve',
  'reject',
  'cancel',
  'pause',
  'resume',
  'advance',
  'rollBack',
  'confirmStep',
  'adoptDrift',
  'restoreDrift',
  'cleanUp',
  'undoCleanUp',
]);

/** @public */
export type CanaryActionName = z.infer<typeof canaryActionNameSchema>;

const version = z.number(requestTextsEn['rule.version']).int().nonnegative();

const withReason = <Name extends CanaryActionName>(action: Name) =>
  z.strictObject({
    action: z.literal(action),
    version,
    reason: canaryReasonSchema,
  });

const plain = <Name extends CanaryActionName>(action: Name) =>
  z.strictObject({
    action: z.literal(action),
    version,
    reason: canaryReasonSchema.optional(),
  });

/**
 * What a person does to a canary. `version` is the canary's, as it was when the person decided: has it moved on since,
 * the answer is a 409 with the present state, and nothing happens.
 *
 * @public
 */
export const canaryActionSchema = z.discriminatedUnion('action', [
  plain('approve'),
  withReason('reject'),
  plain('cancel'),
  plain('pause'),
  plain('resume'),
  plain('advance'),
  withReason('rollBack'),
  plain('confirmStep'),
  plain('adoptDrift'),
  plain('restoreDrift'),
  plain('cleanUp'),
  plain('undoCleanUp'),
]);

/** @public */
export type CanaryAction = z.infer<typeof canaryActionSchema>;
