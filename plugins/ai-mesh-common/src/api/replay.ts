import { z } from 'zod';
import type { Named } from './named';
import { momentSchema } from './moment';
import { measured } from './measured';
import { objectRefSchema, resolutionSchema } from './objects';
import { queryTraceSchema, sourceSchema, windowSchema } from './sources';
import {
  healthSchema,
  topologyNodeSchema,
  topologyEdgeSchema,
} from './topology';

/** Seconds of each span. @public */
export const replaySpanSeconds = {
  '1h': 3600,
  '6h': 21_600,
  '24h': 86_400,
} as const;

/** @public */
export type ReplaySpan = keyof typeof replaySpanSeconds;

/** How many steps a replay has, whatever its span. @public */
export const REPLAY_STEPS = 60;

/**
 * What a replay may ask: the span that ends at `at`, or now. Each of its moments is measured over `window`, as the
 * topology of that moment is.
 *
 * @public
 */
export const replayRequestSchema = z.object({
  span: z.enum(['1h', '6h', '24h']).default('1h'),
  window: windowSchema.default('5m'),
  depth: z.coerce.number().int().min(1).max(3).default(2),
  at: momentSchema.optional(),
});

/** @public */
export type ReplayRequest = z.infer<typeof replayRequestSchema>;

/** One value for each moment; null where it is not known: no requests then, or nothing measured. */
const track = z.array(z.number().nonnegative().nullable());

/**
 * The same figures as of the topology, moment by moment.
 *
 * @public
 */
export const trafficTrackSchema = z.object({
  requestsPerSecond: track,
  /** 0..1. */
  errorRatio: track,
  /** Milliseconds. */
  p95: track,
});

/** @public */
export type TrafficTrack = z.infer<typeof trafficTrackSchema>;

const replayObject = z.object({
  entityRef: z.string(),
  window: windowSchema,
  span: replayRequestSchema.shape.span.unwrap(),
  depth: z.number().int(),
  /** The last moment. */
  observedAt: z.iso.datetime(),
  resolution: resolutionSchema,
  /** Oldest first, evenly apart. */
  moments: z.array(
    z.object({
      at: z.iso.datetime(),
      /** Whether anything of the neighbourhood was measured then; where not, nobody knows how it was. */
      measured: z.boolean(),
      /** Node ids: where an outage started, and who only suffered. */
      origins: z.array(z.string()),
      suffering: z.array(z.string()),
    }),
  ),
  nodes: z.array(
    topologyNodeSchema
      .pick({
        id: true,
        kind: true,
        cluster: true,
        namespace: true,
        name: true,
        relation: true,
        distance: true,
        proxy: true,
      })
      .extend({
        traffic: trafficTrackSchema,
        health: z.array(healthSchema.shape.status),
      }),
  ),
  edges: z.array(
    topologyEdgeSchema
      .pick({
        id: true,
        source: true,
        target: true,
        protocol: true,
        reporter: true,
      })
      .extend({
        traffic: trafficTrackSchema,
        /** 0..1. */
        encryptedShare: track,
      }),
  ),
  /**
   * What was changed within the span of the entity's own services and the objects that route to them and run them, oldest first,
   * 50 at most: of each object its creation, and the last change of everybody who changes it, for Kubernetes keeps no more.
   */
  changes: z.array(
    z.object({
      at: z.iso.datetime(),
      object: objectRefSchema,
      /** The field manager; absent for the creation. */
      by: z.string().optional(),
    }),
  ),
  /**
   * When alerts on the entity's error budgets fired, to a moment. Only Prometheus knows, where the alerting rules that the
   * portal makes are installed: without them there are none.
   */
  budgetAlerts: measured(
    z.array(
      z.object({
        cluster: z.string(),
        objective: z.string(),
        model: z.string().optional(),
        severity: z.enum(['page', 'ticket']),
        /** The first moment at which it fired; it may have begun before the span. */
        from: z.iso.datetime(),
        /** The first moment at which it did no more; absent where it fires at the last one. */
        until: z.iso.datetime().optional(),
      }),
    ),
  ),
  /** Present when the neighbourhood is too large: how many nodes are not shown. */
  omitted: z.number().int().positive().optional(),
  sources: z.array(sourceSchema),
  queries: z.array(queryTraceSchema),
});

/** @public */
export interface ReplaySchema extends Named<typeof replayObject> {}

/**
 * The topology of an entity over a past span: what there was at any of its moments, and how each of it did.
 *
 * @public
 */
export const replaySchema: ReplaySchema = replayObject;

/** @public */
export type Replay = z.infer<typeof replaySchema>;
