import { z } from 'zod';
import { manyWordsSchema } from '../words/words';
import type { Named } from './named';
import { measured, moreCount } from './measured';
import {
  callerSchema,
  mtlsOutcomeSchema,
  settingSourceSchema,
  workloadNameSchema,
} from './mtls';
import { objectRefSchema } from './objects';
import { requestTextsEn } from '../words/texts/requestsEn';

/**
 * What the mesh answers a call with.
 *
 * - `allowed`, `denied`: certain, by the policies as they are
 * - `differs`: the service's workloads answer differently
 * - `unknown`: it depends on something that is not known here: an external authorizer, a token's claims, an address
 *
 * @public
 */
export const verdictSchema = z.enum([
  'allowed',
  'denied',
  'differs',
  'unknown',
]);

/** @public */
export type AuthorizationVerdict = z.infer<typeof verdictSchema>;

const decisionObject = z.object({
  verdict: verdictSchema,
  /**
   * - `no-policy`: no ALLOW policy applies: allowed
   * - `allow-rule`, `deny-rule`: this rule matched
   * - `no-rule-matched`: ALLOW policies apply and none of their rules matches: denied
   * - `not-enforced`: the workload has no proxy, so no policy is enforced: allowed
   * - `no-effect`: a DENY or CUSTOM policy applies, and what enforces it there leaves it out: allowed
   * - `external`: a CUSTOM policy asks an external authorizer
   * - `undecidable`: a rule that could decide needs something that is not known here
   * - `unreadable`: the policies cannot be read
   */
  because: z.enum([
    'no-policy',
    'allow-rule',
    'deny-rule',
    'no-rule-matched',
    'not-enforced',
    'no-effect',
    'external',
    'undecidable',
    'unreadable',
  ]),
  /** The policy and rule that decided, or that would have to be known. */
  decidedBy: settingSourceSchema.optional(),
  /** In one sentence. */
  message: z.string(),
  words: manyWordsSchema.optional(),
});

/** @public */
export interface DecisionSchema extends Named<typeof decisionObject> {}

/** @public */
export const decisionSchema: DecisionSchema = decisionObject;

/** @public */
export type Decision = z.infer<typeof decisionSchema>;

const serviceDecisionObject = decisionSchema.extend({
  /** Present where the workloads differ: each with its own decision. */
  workloads: z
    .array(z.object({ workload: workloadNameSchema, decision: decisionSchema }))
    .optional(),
});

/** @public */
export interface ServiceDecisionSchema extends Named<
  typeof serviceDecisionObject
> {}

/** @public */
export const serviceDecisionSchema: ServiceDecisionSchema =
  serviceDecisionObject;

/** @public */
export type ServiceDecision = z.infer<typeof serviceDecisionSchema>;

/**
 * A kind of request that the matrix has a column for. Metrics do not hold paths: the columns are those that policies
 * and routes tell apart, and one for all that none of them names.
 *
 * @public
 */
export const operationSchema = z.object({
  id: z.string(),
  /** As written: `POST /api/chat*`; empty for `rest`. */
  label: z.string(),
  from: z.enum(['policy', 'route', 'rest']),
  /** The request that was tried. */
  method: z.string(),
  path: z.string(),
  /** The workload's port; absent: any of the service's. */
  port: z.number().int().optional(),
});

/** @public */
export type Operation = z.infer<typeof operationSchema>;

/** @public */
export const appliedPolicySchema = z.object({
  object: objectRefSchema,
  action: z.enum(['ALLOW', 'DENY', 'AUDIT', 'CUSTOM']),
  /** How it comes to apply. */
  scope: z.enum(['mesh', 'namespace', 'workload', 'target']),
  rules: z.number().int().nonnegative(),
  /** For a dry run (`istio.io/dry-run`), which decides nothing. */
  dryRun: z.boolean(),
  /**
   * What becomes of it where it is enforced: `none`: it has no effect; `altered`: some of its rules do something else
   * than they say, or nothing; `Authorization.ineffective` says which and why.
   */
  effect: z.enum(['full', 'altered', 'none']),
});

/** @public */
export type AppliedPolicy = z.infer<typeof appliedPolicySchema>;

const deniedCallerObject = z.object({
  caller: callerSchema,
  /** Answers with 403 over the look-back, as the called side counted them. */
  count: z.number().nonnegative(),
  /** The end of the last interval in which one was seen. */
  lastAt: z.iso.datetime().optional(),
  /**
   * - `policy`: by the policies every call of it is denied, or the answer's details name a policy
   * - `external`: an external authorizer (response flag UAEX)
   * - `application`: the policies allow all that it may have called: the application answered
   * - `undecided`: some operations are allowed and some are not
   */
  by: z.enum(['policy', 'external', 'application', 'undecided']),
  /** What Envoy wrote: `rbac_access_denied_matched_policy[...]`; absent where the metric has no such label. */
  details: z.string().optional(),
  message: z.string(),
  words: manyWordsSchema.optional(),
});

/** @public */
export interface DeniedCallerSchema extends Named<typeof deniedCallerObject> {}

/** @public */
export const deniedCallerSchema: DeniedCallerSchema = deniedCallerObject;

/** @public */
export type DeniedCaller = z.infer<typeof deniedCallerSchema>;

/**
 * Something in a policy that only the running request can tell.
 *
 * @public
 */
export const notEvaluatedSchema = settingSourceSchema.extend({
  what: z.enum([
    'external-authorizer',
    'token',
    'address',
    'header',
    'sni',
    'filter-metadata',
    'trust-domain',
    'istio-version',
    'unknown-field',
    'unreadable',
  ]),
  message: z.string(),
  words: manyWordsSchema.optional(),
});

/** @public */
export type NotEvaluated = z.infer<typeof notEvaluatedSchema>;

/**
 * Why a place in a policy does not do what it says.
 *
 * - `ztunnel-action`: ztunnel knows no CUSTOM and no AUDIT: no effect
 * - `ztunnel-deny`: a DENY rule that asks for HTTP alone: no effect
 * - `ztunnel-deny-wider`: a DENY rule that is enforced without its HTTP fields: it denies more
 * - `ztunnel-allow`: an ALLOW rule that asks for HTTP, or for nothing that ztunnel sees: it allows nobody
 * - `ztunnel-allow-wider`: an ALLOW rule that asks for trust domains: by its version Istio leaves them out, so that it allows
 *   more, or leaves the rule out
 * - `no-waypoint`: it points at a Service or a waypoint, and no waypoint stands before the service
 * - `other-namespace`: a policy reaches what it points at from another namespace only
 *
 * @public
 */
export const ineffectiveReasonSchema = z.enum([
  'ztunnel-action',
  'ztunnel-deny',
  'ztunnel-deny-wider',
  'ztunnel-allow',
  'ztunnel-allow-wider',
  'no-waypoint',
  'other-namespace',
]);

/** @public */
export type IneffectiveReason = z.infer<typeof ineffectiveReasonSchema>;

/** @public */
export const ineffectivePlaceSchema = settingSourceSchema.extend({
  why: ineffectiveReasonSchema,
  /** What the rule asks for and ztunnel does not see: `methods`, `request.headers[x-tier]`. */
  fields: z.array(z.string()),
  /** In one sentence or two. */
  message: z.string(),
  words: manyWordsSchema.optional(),
});

/** @public */
export type IneffectivePlace = z.infer<typeof ineffectivePlaceSchema>;

/**
 * Which waypoint stands before an ambient service.
 *
 * - `none`: no label asks for one; `serving`: its requests pass it
 * - `missing`, `not-ready`, `elsewhere`: the labels ask for one that does not exist, has no address yet, or does not
 *   take Services or that namespace: requests pass it by, and its policies are not enforced
 * - `unknown`: the Gateways cannot be read
 *
 * @public
 */
export const waypointSchema = z.object({
  status: z.enum([
    'none',
    'serving',
    'missing',
    'not-ready',
    'elsewhere',
    'unknown',
  ]),
  namespace: z.string().optional(),
  name: z.string().optional(),
  message: z.string().optional(),
  words: manyWordsSchema.optional(),
});

/** @public */
export type WaypointState = z.infer<typeof waypointSchema>;

const authorizationObject = z.object({
  policies: z.array(appliedPolicySchema),
  /** What of them, and of policies that were meant for the service, does not do what it says. */
  ineffective: z.array(ineffectivePlaceSchema),
  waypoint: waypointSchema,
  /** What a call gets that no rule names: `allowed` where no ALLOW policy applies. */
  otherwise: verdictSchema,
  operations: z.array(operationSchema),
  /** Kinds of request that policies and routes name, and that have no column: `rest` is not of them. */
  moreOperations: moreCount,
  /** One row a caller that was seen over the look-back; decisions in the order of `operations`. */
  callers: measured(
    z.array(
      z.object({
        caller: callerSchema,
        decisions: z.array(serviceDecisionSchema),
      }),
    ),
  ),
  moreCallers: moreCount,
  /** Those that were refused most first. */
  denied: measured(z.array(deniedCallerSchema)),
  moreDenied: moreCount,
  /** Rules of ALLOW policies that no caller of the look-back could have matched. */
  unusedRules: measured(
    z.array(
      settingSourceSchema.extend({
        message: z.string(),
        words: manyWordsSchema.optional(),
      }),
    ),
  ),
  notEvaluated: z.array(notEvaluatedSchema),
});

/** @public */
export interface AuthorizationSchema extends Named<
  typeof authorizationObject
> {}

/** @public */
export const authorizationSchema: AuthorizationSchema = authorizationObject;

/** @public */
export type Authorization = z.infer<typeof authorizationSchema>;

/**
 * "May X call ...?" A caller is named by principal, or by namespace and workload (whose service account is looked up),
 * or not at all: a caller in plaintext.
 *
 * @public
 */
export const mayCallRequestSchema = z
  .object({
    cluster: z.string().max(253),
    /** The called Service; it must be one of the entity's. */
    namespace: z.string().max(253),
    service: z.string().max(253),
    principal: z.string().max(512).optional(),
    callerNamespace: z.string().max(253).optional(),
    callerWorkload: z.string().max(253).optional(),
    method: z
      .string()
      .max(32)
      .regex(/^[A-Za-z]+$/, requestTextsEn['rule.method'])
      .transform(method => method.toUpperCase())
      .default('GET'),
    path: z
      .string()
      .max(2048)
      .startsWith('/', requestTextsEn['rule.slash'])
      .default('/'),
    host: z.string().max(253).optional(),
    /** The workload's port. */
    port: z.coerce.number().int().min(1).max(65535).optional(),
    /** The caller's address, for rules with IP blocks. */
    ip: z
      .union([z.ipv4(), z.ipv6()], requestTextsEn['rule.address'])
      .optional(),
    /** One `name: value` a line. Given: these are all the headers that matter. */
    headers: z.string().max(8192).optional(),
  })
  .superRefine(({ principal, callerNamespace, callerWorkload }, context) => {
    // Half a name would be taken for a caller in plaintext, and be answered about somebody else.
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (callerWorkload !== undefined && callerNamespace === undefined) {
      refuse('callerNamespace', requestTextsEn['rule.namespaceToo']);
    }
    if (callerNamespace !== undefined && callerWorkload === undefined) {
      refuse('callerWorkload', requestTextsEn['rule.workloadToo']);
    }
    if (principal !== undefined && callerWorkload !== undefined) {
      refuse('principal', requestTextsEn['rule.onePrincipal']);
    }
  });

/** @public */
export type MayCallRequest = z.input<typeof mayCallRequestSchema>;

/** @public */
export const mayCallSchema = z.object({
  /** Whom the question came to be about. */
  caller: callerSchema,
  decision: serviceDecisionSchema,
  /** What the mesh says before authorization: a refused connection never gets to it. */
  mtls: z.array(
    z.object({
      outcome: mtlsOutcomeSchema,
      message: z.string(),
      words: manyWordsSchema.optional(),
    }),
  ),
});

/** @public */
export type MayCall = z.infer<typeof mayCallSchema>;
