import { z } from 'zod';
import { wordsSchema } from '../../words/words';
import { requestTextsEn } from '../../words/texts/requestsEn';

/** How a gate of the portal's configuration is called in plans, verdicts and histories. @public */
export const canaryQualityGateNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, requestTextsEn['rule.gateName']);

/** A text in the languages that there is one in, by their keys (`languageKey`). @public */
export const canaryGateTitleSchema = z
  .object({ en: z.string() })
  .catchall(z.string().optional());

/** @public */
export type CanaryGateTitle = z.infer<typeof canaryGateTitleSchema>;

/**
 * A gate that a plan may name beside those of the requests: configured by the platform team, built in, or in code.
 *
 * - `share`: a share of events that are counted one by one (feedback, answers), tested as shares of requests are
 * - `mean`, `value`: a number of each version, judged by bounds
 * - `code`: judged by a backend module
 *
 * @public
 */
export const canaryQualityGateSchema = z.object({
  name: canaryQualityGateNameSchema,
  title: canaryGateTitleSchema,
  kind: z.enum(['share', 'mean', 'value', 'code']),
  /** `optional`: where a plan names it; `default`: where a plan names none; `required`: always. */
  use: z.enum(['optional', 'default', 'required']),
  /** It judges InferencePools, and no other versions. */
  onlyPools: z.boolean().optional(),
  /** Its bounds in words. */
  rollBackWhen: z.string(),
  advanceWhen: z.string(),
  /** The same for other languages; absent of gates in code. */
  rollBackWords: wordsSchema.optional(),
  advanceWords: wordsSchema.optional(),
});

/** @public */
export type CanaryQualityGate = z.infer<typeof canaryQualityGateSchema>;
