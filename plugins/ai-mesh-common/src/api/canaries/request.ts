import { z } from 'zod';
import type { Named } from '../named';
import { serviceRefSchema } from '../objects';
import { canaryAcrossSchema, type CanaryAcross } from './group';
import { canaryPlanSchema } from './plan';
import { requestTextsEn } from '../../words/texts/requestsEn';

const name = (what: string) =>
  z
    .string()
    .min(1, `${what} must not be empty`)
    .max(253, `${what} has at most 253 characters`);

const canaryVersionObject = z
  .strictObject({
    /** Full or short host name; absent: the service itself. */
    host: name('A host').optional(),
    /** An InferencePool of the service's namespace, in place of everything else here. */
    pool: name('A pool').optional(),
    /** The DestinationRule's subset; none on routes of the Gateway API. */
    subset: name('A subset').optional(),
    /** Only needed where one host and subset stand in the route with several ports. */
    port: z.number().int().min(1).max(65_535).optional(),
  })
  .refine(
    ({ pool, ...others }) =>
      pool === undefined ||
      Object.values(others).every(other => other === undefined),
    requestTextsEn['rule.poolAlone'],
  );

/** @public */
export interface CanaryVersionSchema extends Named<
  typeof canaryVersionObject
> {}

/**
 * A version of a service: one destination of a route.
 *
 * @public
 */
export const canaryVersionSchema: CanaryVersionSchema = canaryVersionObject;

/** @public */
export type CanaryVersion = z.infer<typeof canaryVersionSchema>;

/**
 * The route whose weights are moved.
 *
 * @public
 */
export const canaryRouteSelectionSchema = z.strictObject({
  kind: z.enum(['VirtualService', 'HTTPRoute', 'GRPCRoute']),
  namespace: name('A namespace'),
  name: name('A name'),
  /** The rule's name; absent: the only rule without a match that holds the stable version. */
  rule: name("A rule's name").optional(),
});

/** @public */
export type CanaryRouteSelection = z.infer<typeof canaryRouteSelectionSchema>;

const LONGEST_REASON = 2000;

/** Why somebody does something: for the people who read it later. @public */
export const canaryReasonSchema = z
  .string()
  .trim()
  .min(1, requestTextsEn['rule.reason'])
  .max(LONGEST_REASON, `A reason has at most ${LONGEST_REASON} characters`)
  // Some databases take no NUL, and no log should take a text for more than that.
  .regex(/^(?:[^\p{Cc}]|[\n\r\t])*$/u, requestTextsEn['rule.reasonSigns']);

const requestShape = {
  /** The catalog entity that owns the service: `component:default/ai-chat-service`. */
  entityRef: z.string().min(1).max(500),
  service: serviceRefSchema,
  /** Absent: the only route that qualifies. */
  route: canaryRouteSelectionSchema.optional(),
  stable: canaryVersionSchema,
  canary: canaryVersionSchema,
  plan: canaryPlanSchema,
  /** The clusters that it is for, with a canary in each; absent: the service's alone. */
  across: canaryAcrossSchema.optional(),
};

function versionsDiffer(request: {
  stable: CanaryVersion;
  canary: CanaryVersion;
}): boolean {
  const { stable, canary } = request;
  return (
    stable.host !== canary.host ||
    stable.pool !== canary.pool ||
    stable.subset !== canary.subset ||
    (stable.port !== undefined &&
      canary.port !== undefined &&
      stable.port !== canary.port)
  );
}

const sameVersion = {
  path: ['canary'],
  message: requestTextsEn['rule.otherVersion'],
};

function startsAtItsService(request: {
  service: { cluster: string };
  across?: CanaryAcross;
}): boolean {
  return (
    !request.across || request.across.clusters[0] === request.service.cluster
  );
}

const startsElsewhere = {
  path: ['across', 'clusters'],
  message: requestTextsEn['rule.firstCluster'],
};

/**
 * Asks what a canary would do: its preflight, its steps and the exact patch. Nothing is written.
 *
 * @public
 */
export const canaryPreviewRequestSchema = z
  .strictObject(requestShape)
  .refine(versionsDiffer, sameVersion)
  .refine(startsAtItsService, startsElsewhere);

/** @public */
export type CanaryPreviewRequest = z.infer<typeof canaryPreviewRequestSchema>;

/**
 * Asks for a canary.
 *
 * @public
 */
export const canaryRequestSchema = z
  .strictObject({
    ...requestShape,
    reason: canaryReasonSchema,
    /** The same key by the same person gives the same canary, however often it is sent. */
    idempotencyKey: z
      .string()
      .min(1)
      .max(200, requestTextsEn['rule.keyLong'])
      .regex(/^[\x20-\x7e]*$/, requestTextsEn['rule.key'])
      .optional(),
  })
  .refine(versionsDiffer, sameVersion)
  .refine(startsAtItsService, startsElsewhere);

/** @public */
export type CanaryRequest = z.infer<typeof canaryRequestSchema>;

/** What a caller may leave out of a {@link CanaryRequest}. @public */
export type CanaryRequestInput = z.input<typeof canaryRequestSchema>;

/** What a caller may leave out of a {@link CanaryPreviewRequest}. @public */
export type CanaryPreviewRequestInput = z.input<
  typeof canaryPreviewRequestSchema
>;
