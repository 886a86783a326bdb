import { z } from 'zod';

/**
 * The signals channel that tells open screens that an object of a mesh was edited, or that something in it has begun to
 * fail or does so no longer. Its message is empty: what changed is for a read, which is authorized, to say.
 *
 * @public
 */
export const CONFIGURATION_CHANGED_CHANNEL = 'ai-mesh:configuration-changed';

/**
 * The signals channel that tells open screens which canaries have moved on. Its message is
 * {@link canariesChangedMessageSchema}: ids alone, since everybody hears it; what changed is for a read to say.
 *
 * @public
 */
export const CANARIES_CHANGED_CHANNEL = 'ai-mesh:canaries-changed';

/** @public */
export const canariesChangedMessageSchema = z.object({
  /** Of the canaries that were asked for, looked at or moved since the last signal. */
  ids: z.array(z.string()),
});

/** @public */
export type CanariesChangedMessage = z.infer<
  typeof canariesChangedMessageSchema
>;
