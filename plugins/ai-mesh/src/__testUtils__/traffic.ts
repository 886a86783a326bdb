import {
  BreakerState,
  Encryption,
  known,
  Latency,
  Measured,
  Traffic,
  unknown,
  UnknownReason,
} from '@ai-mesh/plugin-ai-mesh-common';

/** A percentile inside one of Istio's buckets. */
export function latency(valueMs: number): Latency {
  const bounds = [
    0, 0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 30000,
    60000, 300000, 600000, 1800000, 3600000,
  ];
  const upper = bounds.findIndex(bound => bound > valueMs);
  return {
    valueMs,
    lowerBoundMs: bounds[upper - 1],
    upperBoundMs: bounds[upper],
  };
}

/** Traffic of some requests per second over five minutes. */
export function traffic(
  requestsPerSecond: number,
  options: {
    errorRatio?: number;
    throttledRatio?: number;
    p95Ms?: number;
    responseFlags?: Record<string, number>;
  } = {},
): Traffic {
  const {
    errorRatio = 0,
    throttledRatio = 0,
    p95Ms = 180,
    responseFlags = {},
  } = options;
  return {
    requestsPerSecond: known(requestsPerSecond),
    requestCount: known(requestsPerSecond * 300),
    errorRatio: known(errorRatio),
    throttledRatio: known(throttledRatio),
    p50: known(latency(p95Ms / 2)),
    p95: known(latency(p95Ms)),
    p99: known(latency(p95Ms * 1.4)),
    responseFlags,
  };
}

/** Traffic of which nothing is known. */
export function unknownTraffic(
  reason: UnknownReason,
  message?: string,
): Traffic {
  const value = unknown(reason, message);
  return {
    requestsPerSecond: value,
    requestCount: value,
    errorRatio: value,
    throttledRatio: value,
    p50: value,
    p95: value,
    p99: value,
    responseFlags: {},
  };
}

/** Encryption of so many requests per second each way. */
export function encryption(
  encryptedPerSecond: number,
  plaintextPerSecond = 0,
): Measured<Encryption> {
  return known({
    share: encryptedPerSecond / (encryptedPerSecond + plaintextPerSecond),
    encryptedPerSecond,
    plaintextPerSecond,
  });
}

/** A breaker that lets everything pass, by the response flags. */
export function closedBreaker(
  change: Partial<BreakerState> = {},
): BreakerState {
  return {
    status: 'closed',
    evidence: 'response-flags',
    ejectedHosts: unknown(
      'not-exported',
      'Add proxyStatsMatcher to see ejected hosts.',
    ),
    overflowPerSecond: known(0),
    ...change,
  };
}
