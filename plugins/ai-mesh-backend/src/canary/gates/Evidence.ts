import type { CanaryGateName, Measured } from '@ai-mesh/plugin-ai-mesh-common';

/** What was measured of one version over one window. */
export interface VersionMeasures {
  /** Requests in the window, those that never arrived included. */
  requests: Measured<number>;
  /** 0..1 */
  errorRatio: Measured<number>;
  /** 429s over all, 0..1 */
  throttledRatio: Measured<number>;
  p99Ms: Measured<number>;
  tokensPerRequest: Measured<number>;
  /** Mean. */
  timeToFirstTokenMs: Measured<number>;
  readyEndpoints: Measured<number>;
}

/** What is known of both versions, over the same window. */
export interface Evidence {
  windowSeconds: number;
  canary: VersionMeasures;
  stable: VersionMeasures;
  /**
   * Failed requests that reached no version, and carry none in Istio's metrics: no healthy endpoint, or a connection
   * pool that was full.
   */
  lostRequests: Measured<number>;
  /** The PromQL that gave each gate's values. */
  promql: Partial<Record<CanaryGateName, { canary: string; stable?: string }>>;
}

/** What was measured at an earlier moment, for comparisons that the present cannot give any more. */
export interface Baseline {
  /** ISO 8601 */
  at: string;
  stable: VersionMeasures;
  /** Lost requests over all requests of the service, 0..1. */
  lostShare: Measured<number>;
}

/** Nothing could be measured, everywhere for the same reason. */
export function noMeasures(why: Measured<never>): VersionMeasures {
  return {
    requests: why,
    errorRatio: why,
    throttledRatio: why,
    p99Ms: why,
    tokensPerRequest: why,
    timeToFirstTokenMs: why,
    readyEndpoints: why,
  };
}
