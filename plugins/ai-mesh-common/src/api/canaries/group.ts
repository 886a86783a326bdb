import { z } from 'zod';
import { canaryPreflightSchema } from './preflight';
import { requestTextsEn } from '../../words/texts/requestsEn';

/**
 * How one request for several clusters goes through them:
 *
 * - `together`: all start at once, and each goes on as its own evidence allows
 * - `one-after-another`: the next starts when the one before it is promoted
 *
 * @public
 */
export const canaryOrderSchema = z.enum(['together', 'one-after-another']);

/** @public */
export type CanaryOrder = z.infer<typeof canaryOrderSchema>;

const MOST_CLUSTERS = 20;

/**
 * The clusters that one request is for.
 *
 * @public
 */
export const canaryAcrossSchema = z.strictObject({
  /** In their order; the first is that of the request's `service`. */
  clusters: z
    .array(
      z
        .string()
        .min(1, requestTextsEn['rule.clusterEmpty'])
        .max(253, requestTextsEn['rule.clusterLong']),
    )
    .min(2, requestTextsEn['rule.twoClusters'])
    .max(MOST_CLUSTERS, `Name at most ${MOST_CLUSTERS} clusters`)
    .refine(
      clusters => new Set(clusters).size === clusters.length,
      requestTextsEn['rule.clusterOnce'],
    ),
  order: canaryOrderSchema,
});

/** @public */
export type CanaryAcross = z.infer<typeof canaryAcrossSchema>;

/**
 * The canaries of one request, one in each of its clusters.
 *
 * @public
 */
export const canaryGroupSchema = z.object({
  id: z.string(),
  order: canaryOrderSchema,
  /** In their order. */
  clusters: z.array(z.string()),
});

/** @public */
export type CanaryGroup = z.infer<typeof canaryGroupSchema>;

/**
 * What a request would do: the preflight of its service, and of the same service in every other cluster of it.
 *
 * @public
 */
export const canaryPreviewSchema = canaryPreflightSchema.extend({
  /** In the request's order; absent where it is for one cluster. */
  others: z
    .array(z.object({ cluster: z.string(), preflight: canaryPreflightSchema }))
    .optional(),
});

/** @public */
export type CanaryPreview = z.infer<typeof canaryPreviewSchema>;

/** Whether nothing blocks, in any cluster. @public */
export function canaryMayStart({
  checks,
  others = [],
}: Pick<CanaryPreview, 'checks' | 'others'>): boolean {
  return [checks, ...others.map(({ preflight }) => preflight.checks)]
    .flat()
    .every(({ outcome }) => outcome !== 'blocks');
}
