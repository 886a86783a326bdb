import type { PrometheusSettings } from '../../config/settings';
import { HttpPrometheusClient } from '../HttpPrometheusClient';

/** A client of a Prometheus that asks for no credentials and holds the series of one cluster. */
export function clientOf(
  { url }: { url: string },
  settings: Partial<PrometheusSettings> = {},
): HttpPrometheusClient {
  return new HttpPrometheusClient({
    cluster: 'demo',
    settings: {
      url,
      auth: { type: 'none' },
      headers: {},
      extraLabels: {},
      tls: { skipVerify: false },
      timeoutMs: 10_000,
      cacheTtlMs: 10_000,
      ...settings,
    },
  });
}
