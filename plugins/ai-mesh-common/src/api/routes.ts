import { z } from 'zod';
import { manyWordsSchema } from '../words/words';
import type { Named } from './named';
import { applicationBreakersSchema } from './applicationBreakers';
import { measured } from './measured';
import {
  endpointsSchema,
  objectRefSchema,
  resolutionSchema,
  serviceRefSchema,
} from './objects';
import { queryTraceSchema, sourceSchema, windowSchema } from './sources';
import { breakerStateSchema, trafficSchema } from './traffic';
import { momentSchema } from './moment';

/** @public */
export const routesRequestSchema = z.object({
  window: windowSchema.default('5m'),
  at: momentSchema.optional(),
});

/** @public */
export type RoutesRequest = z.infer<typeof routesRequestSchema>;

/**
 * One condition of a match; the conditions of one match are AND, the matches of a rule OR.
 *
 * @public
 */
export const routeConditionSchema = z.object({
  /** What is looked at: `header`, `uri`, `method`, `port`, `sourceLabels`, `queryParam`, `sniHosts`, ... */
  field: z.string(),
  /** The header's or parameter's name. */
  name: z.string().optional(),
  operator: z.enum(['exact', 'prefix', 'regex', 'present', 'absent', 'in']),
  value: z.string(),
});

/** @public */
export type RouteCondition = z.infer<typeof routeConditionSchema>;

const routeDestinationObject = z.object({
  /** Full host name: `chat.ai.svc.cluster.local`. */
  host: z.string(),
  kind: z.enum(['Service', 'InferencePool', 'external', 'unknown']),
  subset: z.string().optional(),
  port: z.number().int().optional(),
  /** As written; relative, absent where not set. */
  weight: z.number().optional(),
  /** Its share of the rule's total, 0..100. */
  weightPercent: z.number().min(0).max(100),
  /** The subset's labels; absent where the destination has no subset. */
  subsetLabels: z.record(z.string(), z.string()).optional(),
  /** Endpoints of the Service that carry those labels. */
  endpoints: measured(endpointsSchema),
  /** What went to the version that those labels name, over the window, whatever the rule. */
  observed: trafficSchema,
  /** Something is wrong with it, in one sentence: `subset v3 is not defined by a DestinationRule`. */
  problem: z.string().optional(),
  /** The same for other languages. */
  problemWords: manyWordsSchema.optional(),
});

/** @public */
export interface RouteDestinationSchema extends Named<
  typeof routeDestinationObject
> {}

/** @public */
export const routeDestinationSchema: RouteDestinationSchema =
  routeDestinationObject;

/** @public */
export type RouteDestination = z.infer<typeof routeDestinationSchema>;

/**
 * A retry policy, as written or as the mesh's default applies.
 *
 * @public
 */
export const retryPolicySchema = z.object({
  attempts: z.number().int().nonnegative(),
  perTryTimeoutMs: z.number().nonnegative().optional(),
  retryOn: z.array(z.string()),
  /** `mesh-default`: no retry block; what Istio then does. */
  source: z.enum(['route', 'mesh-default']),
});

/** @public */
export type RetryPolicy = z.infer<typeof retryPolicySchema>;

const routeRuleObject = z.object({
  /** The rule's name, where it has one. */
  name: z.string().optional(),
  /** The object that holds the rule; for a delegate, the delegate. */
  object: objectRefSchema,
  /** JSON path of the rule in the object: `spec.http[2]`. */
  path: z.string(),
  protocol: z.enum(['http', 'grpc', 'tls', 'tcp']),
  /** `mesh` for callers in the mesh, else gateways (`namespace/name`) or parents. */
  gateways: z.array(z.string()),
  /** Empty: matches everything. */
  matches: z.array(z.array(routeConditionSchema)),
  /** False when an earlier rule catches everything that would match. */
  reachable: z.boolean(),
  unreachableBecause: z.string().optional(),
  /** The same for other languages. */
  unreachableWords: manyWordsSchema.optional(),
  destinations: z.array(routeDestinationSchema),
  /** Milliseconds; null: no timeout, Istio waits for as long as it takes. */
  timeoutMs: z.number().nonnegative().nullable(),
  retries: retryPolicySchema.nullable(),
  fault: z
    .object({
      delay: z
        .object({ fixedDelayMs: z.number(), percent: z.number() })
        .optional(),
      abort: z.object({ status: z.string(), percent: z.number() }).optional(),
    })
    .optional(),
  mirrors: z.array(
    z.object({
      /** Full host name; for an InferencePool `name.namespace`. */
      host: z.string(),
      kind: z.literal('InferencePool').optional(),
      subset: z.string().optional(),
      port: z.number().optional(),
      percent: z.number(),
    }),
  ),
  /** Header changes, in the terms of their API: `request set x-foo: bar`. */
  headers: z.array(z.string()),
  /** A redirect, rewrite or direct response, in the terms of its API: `redirect 302 → path /b`. */
  actions: z.array(z.string()),
});

/** @public */
export interface RouteRuleSchema extends Named<typeof routeRuleObject> {}

/** @public */
export const routeRuleSchema: RouteRuleSchema = routeRuleObject;

/** @public */
export type RouteRule = z.infer<typeof routeRuleSchema>;

const breakerSettingsObject = z.object({
  /** Absent: the rule's own policy; else the subset (or `port 8080`) that it is for. */
  subset: z.string().optional(),
  object: objectRefSchema,
  connectionPool: z.object({
    maxConnections: z.number().optional(),
    connectTimeoutMs: z.number().optional(),
    http1MaxPendingRequests: z.number().optional(),
    http2MaxRequests: z.number().optional(),
    maxRequestsPerConnection: z.number().optional(),
    maxRetries: z.number().optional(),
    idleTimeoutMs: z.number().optional(),
  }),
  outlierDetection: z
    .object({
      consecutive5xxErrors: z.number().optional(),
      consecutiveGatewayErrors: z.number().optional(),
      consecutiveLocalOriginFailures: z.number().optional(),
      intervalMs: z.number().optional(),
      baseEjectionTimeMs: z.number().optional(),
      maxEjectionPercent: z.number().optional(),
      minHealthPercent: z.number().optional(),
    })
    .optional(),
  loadBalancer: z.string().optional(),
  tlsMode: z.string().optional(),
});

/** @public */
export interface BreakerSettingsSchema extends Named<
  typeof breakerSettingsObject
> {}

/**
 * Circuit-breaker settings of one traffic policy; a field is absent where it is not set.
 *
 * @public
 */
export const breakerSettingsSchema: BreakerSettingsSchema =
  breakerSettingsObject;

/** @public */
export type BreakerSettings = z.infer<typeof breakerSettingsSchema>;

/**
 * Something about a service's routes that a person should know, with the objects that it is about.
 * The full review with fixes is a capability of its own; these are the facts that routing itself stumbles on.
 *
 * @public
 */
export const routeNoteSchema = z.object({
  kind: z.enum([
    'several-virtual-services',
    'several-destination-rules',
    /** An object applies only to some callers. */
    'limited-audience',
    'delegate-missing',
    /** The delegate has hosts of its own, or is not exported to the root. */
    'delegate-invalid',
    'delegate-nested',
    /** A Gateway API route sends to another namespace, which has to agree. */
    'cross-namespace-backend',
    /** A Sidecar keeps the host from callers. */
    'hidden-by-sidecar',
    'unreadable',
  ]),
  message: z.string(),
  /** The same for other languages. */
  words: manyWordsSchema.optional(),
  /** Of a delegate: the rule that is left out, in the first of the objects. */
  path: z.string().optional(),
  objects: z.array(objectRefSchema),
});

/** @public */
export type RouteNote = z.infer<typeof routeNoteSchema>;

const serviceRoutesObject = z.object({
  service: serviceRefSchema,
  /** The portal does not write to the service's cluster: a canary could not move its weights. */
  readOnly: z.literal(true).optional(),
  /** Top to bottom, first match wins. Empty: no object routes the service; every request goes to any endpoint. */
  rules: z.array(routeRuleSchema),
  breakers: z.array(breakerSettingsSchema),
  breakerState: breakerStateSchema,
  /** The applications' own breakers, beside Istio's. */
  applicationBreakers: applicationBreakersSchema.optional(),
  /** The service's golden signals, all callers. */
  traffic: trafficSchema,
  endpoints: measured(endpointsSchema),
  notes: z.array(routeNoteSchema),
  /** Every object that the rules and breakers came from, as read from the cluster, without managed fields. */
  objects: z.array(
    z.object({
      ref: objectRefSchema,
      manifest: z.record(z.string(), z.unknown()),
    }),
  ),
});

/** @public */
export interface ServiceRoutesSchema extends Named<
  typeof serviceRoutesObject
> {}

/** @public */
export const serviceRoutesSchema: ServiceRoutesSchema = serviceRoutesObject;

/** @public */
export type ServiceRoutes = z.infer<typeof serviceRoutesSchema>;

/** @public */
export const routesSchema = z.object({
  entityRef: z.string(),
  window: windowSchema,
  observedAt: z.iso.datetime(),
  resolution: resolutionSchema,
  services: z.array(serviceRoutesSchema),
  sources: z.array(sourceSchema),
  queries: z.array(queryTraceSchema),
});

/** @public */
export type Routes = z.infer<typeof routesSchema>;
