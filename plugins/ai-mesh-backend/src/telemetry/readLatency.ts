import {
  unknown,
  wording,
  type Measured,
  type Traffic,
} from '@ai-mesh/plugin-ai-mesh-common';
import { bucketsOf, percentile } from '../prometheus/histogram';
import type { RateRow } from './RateRow';

/**
 * Percentiles of the rows' latency, all series together.
 *
 * @param rows - rates of `istio_request_duration_milliseconds_bucket` with `le`, or why there are none
 * @param requestsPerSecond - of the same requests: tells no requests from no histogram
 */
export function readLatency(
  rows: Measured<readonly RateRow[]>,
  requestsPerSecond: number,
): Pick<Traffic, 'p50' | 'p95' | 'p99'> {
  if (requestsPerSecond === 0) {
    return everywhere(unknown('no-traffic', [wording('figure.noRequests')]));
  }
  if (rows.status === 'unknown') {
    return everywhere(rows);
  }
  if (rows.value.length === 0) {
    return everywhere(unknown('not-exported', [wording('figure.noHistogram')]));
  }
  const buckets = bucketsOf(
    rows.value.map(({ labels, rate }) => ({ labels, value: rate })),
  );
  return {
    p50: percentile(0.5, buckets),
    p95: percentile(0.95, buckets),
    p99: percentile(0.99, buckets),
  };
}

function everywhere(
  value: Traffic['p50'],
): Pick<Traffic, 'p50' | 'p95' | 'p99'> {
  return { p50: value, p95: value, p99: value };
}
