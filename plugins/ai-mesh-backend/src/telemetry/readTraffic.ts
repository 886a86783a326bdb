import {
  known,
  unknown,
  wording,
  type Measured,
  type Traffic,
  type UnknownReason,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { lacksReporter, NO_REPORTER } from './chooseReporters';
import { istioLabels } from './istioLabels';
import { sumRates, type RateRow } from './RateRow';
import { readLatency } from './readLatency';

/** gRPC statuses that are the server's fault; the others are the caller's. */
export const GRPC_FAULTS: ReadonlySet<string> = new Set([
  '2',
  '4',
  '8',
  '12',
  '13',
  '14',
  '15',
]);

/**
 * The golden signals of the requests in the rows.
 *
 * The rows must be of one reporter an edge ({@link chooseReporters}), else every request counts twice. A `rate()` over
 * the window misses the first increase of a series that was born in it: a caller that has just appeared is
 * under-reported for one window, as it is by Prometheus itself.
 *
 * @param requests - rates of `istio_requests_total`
 * @param buckets - rates of `istio_request_duration_milliseconds_bucket` of the same requests, or why there are none
 * @param windowSeconds - the window that the rates are means over
 */
export function readTraffic(
  requests: readonly RateRow[],
  buckets: Measured<readonly RateRow[]>,
  windowSeconds: number,
): Traffic {
  if (requests.length === 0) {
    return unknownTraffic('not-exported', [wording('traffic.noSeries')]);
  }
  const total = sumRates(requests);
  if (!Number.isFinite(total) || requests.some(row => row.rate < 0)) {
    return unknownTraffic('source-unreachable', [wording('traffic.noNumber')]);
  }
  if (lacksReporter(requests)) {
    return unknownTraffic('no-such-label', NO_REPORTER);
  }
  return {
    requestsPerSecond: known(total),
    requestCount: known(total * windowSeconds),
    errorRatio: ratio(requests, total, isError, missingErrorLabel(requests)),
    throttledRatio: ratio(requests, total, isThrottled, missingCode(requests)),
    ...readLatency(buckets, total),
    responseFlags: responseFlags(requests),
  };
}

/** Nothing is known, everywhere for the same reason. */
export function unknownTraffic(
  reason: UnknownReason,
  why?: string | readonly Words[],
): Traffic {
  const value = unknown(reason, why);
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

/** Envoy's response flags with their rates, per second. One request may carry several. */
export function responseFlags(
  rows: readonly RateRow[],
): Record<string, number> {
  const rates: Record<string, number> = {};
  for (const { labels, rate } of rows) {
    for (const flag of (labels[istioLabels.responseFlags] ?? '').split(',')) {
      if (/^[A-Z]+$/.test(flag) && rate > 0) {
        rates[flag] = (rates[flag] ?? 0) + rate;
      }
    }
  }
  return rates;
}

/** Whether the requests of a row failed by the server's fault. */
export function isError({ labels }: RateRow): boolean {
  const code = labels[istioLabels.responseCode] ?? '';
  return (
    code === '0' ||
    /^5\d\d$/.test(code) ||
    // A gRPC failure arrives as HTTP 200.
    GRPC_FAULTS.has(labels[istioLabels.grpcStatus] ?? '')
  );
}

/** Whether the requests of a row were throttled. */
export function isThrottled({ labels }: RateRow): boolean {
  return labels[istioLabels.responseCode] === '429';
}

function ratio(
  rows: readonly RateRow[],
  total: number,
  counts: (row: RateRow) => boolean,
  missingLabel: string | undefined,
): Measured<number> {
  if (total === 0) {
    return unknown('no-traffic', [wording('figure.noRequests')]);
  }
  if (missingLabel) {
    return unknown('no-such-label', [
      wording('figure.labelWouldTell', { label: missingLabel }),
    ]);
  }
  // Sums of the same terms in another order may differ in the last bit.
  return known(Math.min(1, sumRates(rows.filter(counts)) / total));
}

function missingCode(rows: readonly RateRow[]): string | undefined {
  return rows.some(row => row.rate > 0 && !row.labels[istioLabels.responseCode])
    ? istioLabels.responseCode
    : undefined;
}

/**
 * The label that is missing to tell failures apart, if any. Single gRPC requests lack a status where the stream was cut before its trailers; when all of them lack it, the label
 * was dropped on the way.
 */
export function missingErrorLabel(
  rows: readonly RateRow[],
): string | undefined {
  const grpc = rows.filter(
    row => row.rate > 0 && row.labels[istioLabels.protocol] === 'grpc',
  );
  return grpc.length > 0 &&
    grpc.every(row => !row.labels[istioLabels.grpcStatus])
    ? istioLabels.grpcStatus
    : missingCode(rows);
}
