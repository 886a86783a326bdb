import type {
  Latency,
  Measured,
  QueryTrace,
  Traffic,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Format } from '../../format';
import type { Translate } from '../../translation';
import { read, Reading } from './reading';

/** The golden signals of requests, in the order in which they are read. */
export const signals = [
  'requestsPerSecond',
  'requestCount',
  'errorRatio',
  'throttledRatio',
  'p50',
  'p95',
  'p99',
] as const;

/** @see {@link signals} */
export type Signal = (typeof signals)[number];

/** The query that makes a signal. */
export const queryOfSignal: Record<Signal, QueryTrace['id']> = {
  requestsPerSecond: 'requests',
  requestCount: 'requests',
  errorRatio: 'requests',
  throttledRatio: 'requests',
  p50: 'latency',
  p95: 'latency',
  p99: 'latency',
};

/** Reads one signal of some traffic. */
export function readSignal(
  traffic: Traffic,
  signal: Signal,
  format: Format,
  t: Translate,
): Reading {
  switch (signal) {
    case 'requestsPerSecond':
      return readRate(traffic.requestsPerSecond, format, t);
    case 'requestCount':
      return read(traffic.requestCount, t, value => ({
        value,
        text: format.requests(value),
        exact: format.exact(value),
      }));
    case 'errorRatio':
    case 'throttledRatio':
      return readRatio(traffic, traffic[signal], format, t);
    default:
      return readLatency(traffic[signal], format, t);
  }
}

/** Reads requests per second. */
export function readRate(
  rate: Measured<number>,
  format: Format,
  t: Translate,
): Reading {
  return read(rate, t, value => ({
    value,
    text: format.rate(value),
    exact: t('unit.requestsPerSecond', { value: format.exact(value) }),
  }));
}

/** Reads a share of the requests; its note says of how many. */
export function readRatio(
  traffic: Pick<Traffic, 'requestCount'>,
  ratio: Measured<number>,
  format: Format,
  t: Translate,
): Reading {
  const count =
    traffic.requestCount.status === 'known'
      ? traffic.requestCount.value
      : undefined;
  return read(ratio, t, value => ({
    value,
    text: format.percentOf(value, count),
    exact: `${format.exact(value * 100)}%`,
    note:
      count === undefined
        ? undefined
        : t('unit.percentOf', {
            percent: format.percent(value),
            total: format.requests(count),
          }),
  }));
}

/** Reads a percentile; its note says how wide the bucket is that it was interpolated in. */
export function readLatency(
  latency: Measured<Latency>,
  format: Format,
  t: Translate,
): Reading {
  return read(latency, t, value => ({
    value: value.valueMs,
    text: format.duration(value.valueMs),
    exact: format.exactMs(value.valueMs),
    note: t('figure.bucket', format.bucket(value)),
  }));
}
