import { z } from 'zod';
import { manyWordsSchema } from '../words/words';
import type { Named } from './named';
import { measured } from './measured';

const latencyObject = z.object({
  /** Interpolated value, milliseconds. */
  valueMs: z.number().nonnegative(),
  /** The bucket's bounds, milliseconds; the upper one is null for `+Inf`. */
  lowerBoundMs: z.number().nonnegative(),
  upperBoundMs: z.number().nonnegative().nullable(),
});

/** @public */
export interface LatencySchema extends Named<typeof latencyObject> {}

/**
 * A percentile from a histogram: interpolated inside one bucket, whose bounds are given,
 * because AI latencies fall into few of Istio's buckets.
 *
 * @public
 */
export const latencySchema: LatencySchema = latencyObject;

/** @public */
export type Latency = z.infer<typeof latencySchema>;

const trafficObject = z.object({
  /** Mean over the window, requests per second. */
  requestsPerSecond: measured(z.number().nonnegative()),
  /** Requests in the window (rate x window), so that a ratio can say how many it stands on. */
  requestCount: measured(z.number().nonnegative()),
  /** 5xx, no response and gRPC server faults over all requests, 0..1. 4xx and 429 are not errors of the server. */
  errorRatio: measured(z.number().min(0).max(1)),
  /** 429 over all requests, 0..1. */
  throttledRatio: measured(z.number().min(0).max(1)),
  p50: measured(latencySchema),
  p95: measured(latencySchema),
  p99: measured(latencySchema),
  /** Envoy response flags seen (`UO`, `UH`, `UT`, ...), requests per second each; `-` is left out. */
  responseFlags: z.record(z.string(), z.number().nonnegative()),
});

/** @public */
export interface TrafficSchema extends Named<typeof trafficObject> {}

/**
 * The golden signals of requests over a window.
 *
 * @public
 */
export const trafficSchema: TrafficSchema = trafficObject;

/** @public */
export type Traffic = z.infer<typeof trafficSchema>;

const tcpTrafficObject = z.object({
  connectionsOpenedPerSecond: measured(z.number().nonnegative()),
  sentBytesPerSecond: measured(z.number().nonnegative()),
  receivedBytesPerSecond: measured(z.number().nonnegative()),
});

/** @public */
export interface TcpTrafficSchema extends Named<typeof tcpTrafficObject> {}

/**
 * TCP traffic over a window.
 *
 * @public
 */
export const tcpTrafficSchema: TcpTrafficSchema = tcpTrafficObject;

/** @public */
export type TcpTraffic = z.infer<typeof tcpTrafficSchema>;

const encryptionObject = z.object({
  /** Requests (TCP: connections) with mutual TLS over all, 0..1. */
  share: z.number().min(0).max(1),
  encryptedPerSecond: z.number().nonnegative(),
  plaintextPerSecond: z.number().nonnegative(),
});

/** @public */
export interface EncryptionSchema extends Named<typeof encryptionObject> {}

/**
 * How much of the observed traffic was encrypted, from destination-side (or waypoint) reports only:
 * a source report says `unknown`, which is not plaintext.
 *
 * @public
 */
export const encryptionSchema: EncryptionSchema = encryptionObject;

/** @public */
export type Encryption = z.infer<typeof encryptionSchema>;

const breakerStateObject = z.object({
  /**
   * - `closed`: evidence says that it lets everything pass
   * - `open`: a connection-pool limit is rejecting requests now
   * - `ejecting`: outlier detection holds hosts out of the pool now
   * - `not-configured`: no DestinationRule sets a pool limit or outlier detection for the host
   * - `unknown`: no evidence; `message` says why and how to get it
   */
  status: z.enum(['closed', 'open', 'ejecting', 'not-configured', 'unknown']),
  /** What the state was read from: Envoy's statistics, else response flags UO and UH, else nothing. */
  evidence: z.enum(['envoy-stats', 'response-flags', 'none']),
  /** Hosts ejected at present; the highest that any one caller's proxy reports. */
  ejectedHosts: measured(z.number().nonnegative()),
  /** Requests rejected by a pool limit, per second. */
  overflowPerSecond: measured(z.number().nonnegative()),
  message: z.string().optional(),
  words: manyWordsSchema.optional(),
});

/** @public */
export interface BreakerStateSchema extends Named<typeof breakerStateObject> {}

/**
 * A circuit breaker's live state.
 *
 * @public
 */
export const breakerStateSchema: BreakerStateSchema = breakerStateObject;

/** @public */
export type BreakerState = z.infer<typeof breakerStateSchema>;
