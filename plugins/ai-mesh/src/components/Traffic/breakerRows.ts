import type { BreakerSettings } from '@ai-mesh/plugin-ai-mesh-common';
import type { Format } from '../../format';

/** A setting in every policy of a service, by Istio's name for it. */
export interface BreakerRow {
  setting: string;
  /** One a policy; undefined where it is not set. */
  values: Array<string | undefined>;
}

/** The settings that any of the policies sets, in groups. */
export function breakerRows(
  breakers: BreakerSettings[],
  format: Format,
): Array<{ group: 'pool' | 'outlier' | 'other'; rows: BreakerRow[] }> {
  type Read = (settings: BreakerSettings) => number | string | undefined;
  const row = (
    setting: string,
    read: Read,
    show: (value: number) => string = format.number,
  ): BreakerRow => ({
    setting,
    values: breakers.map(settings => {
      const value = read(settings);
      return typeof value === 'number' ? show(value) : value;
    }),
  });
  const percent = (value: number) => format.percent(value / 100);
  const groups = [
    {
      group: 'pool' as const,
      rows: [
        row('maxConnections', s => s.connectionPool.maxConnections),
        row(
          'connectTimeout',
          s => s.connectionPool.connectTimeoutMs,
          format.duration,
        ),
        row(
          'http1MaxPendingRequests',
          s => s.connectionPool.http1MaxPendingRequests,
        ),
        row('http2MaxRequests', s => s.connectionPool.http2MaxRequests),
        row(
          'maxRequestsPerConnection',
          s => s.connectionPool.maxRequestsPerConnection,
        ),
        row('maxRetries', s => s.connectionPool.maxRetries),
        row(
          'idleTimeout',
          s => s.connectionPool.idleTimeoutMs,
          format.duration,
        ),
      ],
    },
    {
      group: 'outlier' as const,
      rows: [
        row(
          'consecutive5xxErrors',
          s => s.outlierDetection?.consecutive5xxErrors,
        ),
        row(
          'consecutiveGatewayErrors',
          s => s.outlierDetection?.consecutiveGatewayErrors,
        ),
        row(
          'consecutiveLocalOriginFailures',
          s => s.outlierDetection?.consecutiveLocalOriginFailures,
        ),
        row('interval', s => s.outlierDetection?.intervalMs, format.duration),
        row(
          'baseEjectionTime',
          s => s.outlierDetection?.baseEjectionTimeMs,
          format.duration,
        ),
        row(
          'maxEjectionPercent',
          s => s.outlierDetection?.maxEjectionPercent,
          percent,
        ),
        row(
          'minHealthPercent',
          s => s.outlierDetection?.minHealthPercent,
          percent,
        ),
      ],
    },
    {
      group: 'other' as const,
      rows: [
        row('loadBalancer', s => s.loadBalancer),
        row('tls.mode', s => s.tlsMode),
      ],
    },
  ];
  return groups
    .map(({ group, rows }) => ({
      group,
      rows: rows.filter(({ values }) =>
        values.some(value => value !== undefined),
      ),
    }))
    .filter(({ rows }) => rows.length > 0);
}
