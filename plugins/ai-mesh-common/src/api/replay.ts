import { z } from 'zod';
import { momentSchema } from './moment';
import { resolutionSchema } from './objects';
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

/**
 * The topology of an entity over a past span: what there was at any of its moments, and how each of it did.
 *
 * @public
 */
export const replaySchema = z.object({
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
  /** Present when the neighbourhood is too large: how many nodes are not shown. */
  omitted: z.number().int().positive().optional(),
  sources: z.array(sourceSchema),
  queries: z.array(queryTraceSchema),
});

/** @public */
export type Replay = z.infer<typeof replaySchema>;
