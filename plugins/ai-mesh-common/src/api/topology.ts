import { z } from 'zod';
import type { Named } from './named';
import { manyConfiguredThenSchema } from './canaries/configuredThen';
import { linkOutSchema } from './links';
import { measured } from './measured';
import { endpointsSchema, objectRefSchema, resolutionSchema } from './objects';
import { findingCountsSchema } from './review';
import { queryTraceSchema, sourceSchema, windowSchema } from './sources';
import {
  breakerStateSchema,
  encryptionSchema,
  tcpTrafficSchema,
  trafficSchema,
} from './traffic';
import { momentSchema } from './moment';
import { manyWordsSchema } from '../words';

/**
 * What a topology request may ask. `depth` is how many calls away from the entity to look, both ways.
 *
 * @public
 */
export const topologyRequestSchema = z.object({
  window: windowSchema.default('5m'),
  depth: z.coerce.number().int().min(1).max(3).default(2),
  at: momentSchema.optional(),
});

/** @public */
export type TopologyRequest = z.infer<typeof topologyRequestSchema>;

/**
 * A setting of the mesh that is worth a mark on the graph.
 *
 * @public
 */
export const badgeSchema = z.object({
  kind: z.enum([
    'circuit-breaker',
    'timeout',
    'retries',
    'fault',
    'mirror',
    'split',
  ]),
  /** The setting in Istio's own terms: `60s`, `2 × 25s (gateway-error, connect-failure)`, `v1 90 % / v2 10 %`. */
  detail: z.string(),
  /** The objects that hold the setting. */
  objects: z.array(objectRefSchema),
});

/** @public */
export type Badge = z.infer<typeof badgeSchema>;

const healthObject = z.object({
  /**
   * `failing`: errors over 5 %, or begun within the last minute; `slow`: it takes at least twice as long as it used to; `degraded`: errors over 1 %, or
   * throttled over 5 %, or endpoints missing; `healthy`: below. An objective that burns its budget makes it worse.
   */
  status: z.enum(['healthy', 'slow', 'degraded', 'failing', 'unknown']),
  /** Why, with figures. */
  message: z.string(),
  /** The same for other languages. */
  words: manyWordsSchema.optional(),
  /** True where nobody can tell whether it is slow: `message` says why. */
  slownessNotKnown: z.literal(true).optional(),
});

/** @public */
export interface HealthSchema extends Named<typeof healthObject> {}

/** @public */
export const healthSchema: HealthSchema = healthObject;

/** @public */
export type Health = z.infer<typeof healthSchema>;

const slownessObject = z.object({
  percentile: z.enum(['p50', 'p95']),
  /** Milliseconds, now and then. */
  valueMs: z.number().nonnegative(),
  usualMs: z.number().nonnegative(),
  /** What it is compared with: the same hour a day earlier where it had requests then, else the hour before the window. */
  than: z.enum(['hour-before', 'day-before']),
});

/** @public */
export interface SlownessSchema extends Named<typeof slownessObject> {}

/**
 * How much longer something takes than it used to: at least twice as long, by no less than 0.1 s, on enough requests.
 *
 * @public
 */
export const slownessSchema: SlownessSchema = slownessObject;

/** @public */
export type Slowness = z.infer<typeof slownessSchema>;

/**
 * What has begun within the last minute: at least twice as many failed (or were throttled) as in the window before it, and
 * more often than chance explains. A Prometheus that scrapes once a minute or more seldom does not know.
 *
 * @public
 */
export const onsetSchema = z.object({
  of: z.enum(['errors', 'throttled']),
  /** In the last minute. */
  requests: z.number().nonnegative(),
  /** Of the last minute's requests, and of those of the window before it, 0..1. */
  ratio: z.number().min(0).max(1),
  before: z.number().min(0).max(1),
});

/** @public */
export type Onset = z.infer<typeof onsetSchema>;

/**
 * What Kiali says of a service, beside our own reading. Kiali's absence of a judgement is `unknown`.
 *
 * @public
 */
export const kialiViewSchema = z.object({
  health: z.enum(['healthy', 'degraded', 'failing', 'unknown']),
  validations: z.array(
    z.object({
      object: objectRefSchema,
      code: z.string().optional(),
      severity: z.enum(['error', 'warning', 'info']),
      message: z.string(),
      path: z.string().optional(),
    }),
  ),
});

/** @public */
export type KialiView = z.infer<typeof kialiViewSchema>;

/** @public */
export const topologyVersionSchema = z.object({
  /** The version label (`v1`), as workloads and metrics carry it; empty where there is none. */
  name: z.string(),
  workloads: z.array(z.object({ kind: z.string(), name: z.string() })),
  endpoints: measured(endpointsSchema),
  /** The share of the service's requests that this version got in the window, 0..1. */
  observedShare: measured(z.number().min(0).max(1)),
  traffic: trafficSchema,
});

/** @public */
export type TopologyVersion = z.infer<typeof topologyVersionSchema>;

const topologyNodeObject = z.object({
  /** Opaque and stable between answers. */
  id: z.string(),
  /**
   * - `service`: a Kubernetes Service
   * - `workload`: a caller that no Service of the neighbourhood selects, or whose Service is not known
   * - `external`: a host outside the mesh, by ServiceEntry or seen in traffic
   * - `unknown`: Istio could not name it
   */
  kind: z.enum(['service', 'workload', 'external', 'unknown']),
  cluster: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
  /** Where it stands towards the entity. `both`: calls it and is called. */
  relation: z.enum(['own', 'caller', 'provider', 'both']),
  /** Calls away from the entity; 0 for its own. */
  distance: z.number().int().nonnegative(),
  /** The catalog entity that owns it, where the catalog has one that this reader may see. */
  entityRef: z.string().optional(),
  /** How it takes part in the mesh. */
  proxy: z.enum(['sidecar', 'ambient', 'none', 'mixed', 'unknown']),
  /**
   * Requests that it received from everybody, for the entity's own services and for callers nearer than the depth;
   * that a provider received from the nodes shown here, since its other callers are not asked for; and that an
   * outermost caller sent.
   */
  traffic: trafficSchema,
  /** Present when TCP traffic was seen. */
  tcp: tcpTrafficSchema.optional(),
  endpoints: measured(endpointsSchema),
  versions: z.array(topologyVersionSchema),
  breaker: breakerStateSchema,
  badges: z.array(badgeSchema),
  health: healthSchema,
  /** Present where it is slower than it used to be. */
  slowness: slownessSchema.optional(),
  /** Present where it has begun to fail, or to be throttled, within the last minute. */
  onset: onsetSchema.optional(),
  /** Present where an objective of its entity makes its health worse than its traffic does. */
  objective: z
    .object({
      name: z.string(),
      /** Empty for an objective of the service as a whole. */
      model: z.string(),
      target: z.number().gt(0).lt(1),
      alert: z.enum(['page', 'ticket']),
    })
    .optional(),
  /** What the review found of a service of the entity's own, at most a minute ago; others are not reviewed here. */
  findings: findingCountsSchema.optional(),
  kiali: kialiViewSchema.optional(),
  /** The cluster's configured links, filled in for a service; absent where there are none. */
  links: z.array(linkOutSchema).optional(),
});

/** @public */
export interface TopologyNodeSchema extends Named<typeof topologyNodeObject> {}

/** @public */
export const topologyNodeSchema: TopologyNodeSchema = topologyNodeObject;

/** @public */
export type TopologyNode = z.infer<typeof topologyNodeSchema>;

const topologyEdgeObject = z.object({
  id: z.string(),
  /** Node ids: who calls, who is called. */
  source: z.string(),
  target: z.string(),
  protocol: z.enum(['http', 'grpc', 'tcp']),
  /** Which proxy's report the numbers are from. */
  reporter: z.enum(['source', 'destination', 'waypoint']),
  traffic: trafficSchema,
  tcp: tcpTrafficSchema.optional(),
  encryption: measured(encryptionSchema),
  /** Present where these calls are slower than they used to be. */
  slowness: slownessSchema.optional(),
  /** Present where they have begun to fail, or to be throttled, within the last minute. */
  onset: onsetSchema.optional(),
  /** Requests per second by the version that answered. */
  versions: z.record(z.string(), z.number().nonnegative()),
  /** How each version answered, where several did. */
  byVersion: z.record(z.string(), trafficSchema).optional(),
});

/** @public */
export interface TopologyEdgeSchema extends Named<typeof topologyEdgeObject> {}

/** @public */
export const topologyEdgeSchema: TopologyEdgeSchema = topologyEdgeObject;

/** @public */
export type TopologyEdge = z.infer<typeof topologyEdgeSchema>;

const outageObject = z.discriminatedUnion('status', [
  z.object({ status: z.literal('none') }),
  z.object({
    status: z.literal('unknown'),
    message: z.string(),
    words: manyWordsSchema.optional(),
  }),
  z.object({
    status: z.literal('found'),
    /** The nodes that fail or are slow by themselves, the likely ones first, then the deepest. */
    origins: z.array(
      z.object({
        node: z.string(),
        reason: z.string(),
        /** The reason for other languages. */
        words: manyWordsSchema.optional(),
        /**
         * `likely`: what is measured points at it alone; `possible`: few requests, unseen calls, a circle, or a weak
         * sign. How often each is right is measured, see the benchmarks.
         */
        confidence: z.enum(['likely', 'possible']),
      }),
    ),
    /** The nodes that fail or are slow because of an origin, nearest first. */
    suffering: z.array(z.object({ node: z.string(), because: z.string() })),
    /** In one sentence. */
    message: z.string(),
  }),
]);

/** @public */
export interface OutageSchema extends Named<typeof outageObject> {}

/**
 * Where an outage starts: the deepest failing or slow node of the neighbourhood, and who only suffers from it.
 *
 * @public
 */
export const outageSchema: OutageSchema = outageObject;

/** @public */
export type Outage = z.infer<typeof outageSchema>;

/** @public */
export const topologySchema = z.object({
  entityRef: z.string(),
  window: windowSchema,
  depth: z.number().int(),
  observedAt: z.iso.datetime(),
  resolution: resolutionSchema,
  nodes: z.array(topologyNodeSchema),
  edges: z.array(topologyEdgeSchema),
  /** Present when the neighbourhood is too large: what is not shown. */
  omitted: z
    .object({
      nodes: z.number().int().positive(),
      message: z.string(),
      words: manyWordsSchema.optional(),
    })
    .optional(),
  outage: outageSchema,
  /** Of a past moment alone: how canaries had set the entity's routes then. The badge `split` of these services is of then. */
  configuredThen: manyConfiguredThenSchema.optional(),
  sources: z.array(sourceSchema),
  queries: z.array(queryTraceSchema),
});

/** @public */
export type Topology = z.infer<typeof topologySchema>;
