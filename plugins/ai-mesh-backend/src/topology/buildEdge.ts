import {
  known,
  wording,
  type Encryption,
  type Measured,
  type Slowness,
  type TopologyEdge,
  type Traffic,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  istioLabels,
  readLately,
  readEncryption,
  readSlowness,
  readTcpEncryption,
  readTcpTraffic,
  readTraffic,
  readUsual,
  sumRates,
  unknownTraffic,
  readOnset,
  usualSeconds,
  type Lately,
  type RateRow,
} from '../telemetry';
import type { Call } from './callsOf';
import { byVersion } from './readVersions';

/**
 * An edge of the graph.
 *
 * @param latency - how the latency query went; a failed one makes percentiles unknown
 * @param versionOf - the version of the target that answered
 */
export function buildEdge(
  call: Call,
  latency: Measured<unknown>,
  windowSeconds: number,
  versionOf: (row: RateRow) => string | undefined,
): TopologyEdge {
  const { source, target, counted, countedTcp } = call;
  const traffic = trafficOf([call], latency, windowSeconds);
  const slowness = slownessOf([call], traffic, windowSeconds);
  const onset = readOnset(latelyOf([call], windowSeconds));
  const told = trafficByVersion(call, latency, windowSeconds, versionOf);
  return {
    id: `${source.id} -> ${target.id}`,
    source: source.id,
    target: target.id,
    protocol: protocolOf(counted),
    reporter: reporterOf(call),
    traffic,
    ...(slowness && { slowness }),
    ...(onset && { onset }),
    ...(countedTcp.length > 0 && { tcp: readTcpTraffic(countedTcp) }),
    encryption: encryptionOf(call),
    versions: versionsOf(counted, versionOf),
    ...(told && { byVersion: told }),
  };
}

/** How each version answered; undefined where no two did. */
function trafficByVersion(
  { counted, buckets }: Call,
  latency: Measured<unknown>,
  windowSeconds: number,
  versionOf: (row: RateRow) => string | undefined,
): TopologyEdge['byVersion'] {
  const answered = [...byVersion(counted, versionOf)].filter(
    ([, rows]) => sumRates(rows) > 0,
  );
  if (answered.length < 2) {
    return undefined;
  }
  const bucketsOf = byVersion(buckets, versionOf);
  return Object.fromEntries(
    answered.map(([name, rows]) => [
      name,
      readTraffic(
        rows,
        latency.status === 'known' ? known(bucketsOf.get(name) ?? []) : latency,
        windowSeconds,
      ),
    ]),
  );
}

/** Golden signals of calls; where only TCP was seen, why there are none. */
export function trafficOf(
  calls: readonly Call[],
  latency: Measured<unknown>,
  windowSeconds: number,
): Traffic {
  const counted = calls.flatMap(call => call.counted);
  if (
    counted.length === 0 &&
    calls.some(({ countedTcp }) => countedTcp.length > 0)
  ) {
    return unknownTraffic('not-exported', [wording('figure.onlyTcp')]);
  }
  return readTraffic(
    counted,
    latency.status === 'known'
      ? known(calls.flatMap(call => call.buckets))
      : latency,
    windowSeconds,
  );
}

/** How much longer calls take than they used to. */
export function slownessOf(
  calls: readonly Call[],
  traffic: Traffic,
  windowSeconds: number,
): Slowness | undefined {
  return readSlowness(
    traffic,
    readUsual(
      calls.flatMap(call => call.usual),
      windowSeconds,
    ),
  );
}

/** Requests per second of calls in the hour before the window; undefined where there were none that latencies tell of. */
export function usualRateOf(
  calls: readonly Call[],
  windowSeconds: number,
): number | undefined {
  const { 'hour-before': then } = readUsual(
    calls.flatMap(call => call.usual),
    windowSeconds,
  );
  return then && then.requests / usualSeconds(windowSeconds);
}

/** How the last minute of calls went, beside the window before it. */
export function latelyOf(
  calls: readonly Call[],
  windowSeconds: number,
): Lately | undefined {
  return readLately(
    calls.flatMap(call => call.lately),
    calls.flatMap(call => call.counted),
    windowSeconds,
  );
}

/** Requests tell where there are some: they are what a person asks about. */
function encryptionOf(call: Call): Measured<Encryption> {
  if (call.requests.length === 0) {
    return readTcpEncryption(call.tcp);
  }
  const ofRequests = readEncryption(call.requests);
  if (ofRequests.status === 'known' || call.tcp.length === 0) {
    return ofRequests;
  }
  const ofTcp = readTcpEncryption(call.tcp);
  return ofTcp.status === 'known' ? ofTcp : ofRequests;
}

/** Requests per second by the version that answered; what reached no version is in none. */
function versionsOf(
  rows: readonly RateRow[],
  versionOf: (row: RateRow) => string | undefined,
): Record<string, number> {
  const versions = new Map<string, number>();
  for (const row of rows) {
    const version = versionOf(row);
    if (version && row.rate > 0) {
      versions.set(version, (versions.get(version) ?? 0) + row.rate);
    }
  }
  return Object.fromEntries(versions);
}

function protocolOf(rows: readonly RateRow[]): TopologyEdge['protocol'] {
  if (rows.length === 0) {
    return 'tcp';
  }
  const grpc = rows.filter(
    ({ labels }) => labels[istioLabels.protocol] === 'grpc',
  );
  return sumRates(grpc) > sumRates(rows) / 2 ? 'grpc' : 'http';
}

function reporterOf({ reporters }: Call): TopologyEdge['reporter'] {
  const [busiest] = [...reporters].sort(([, a], [, b]) => b - a);
  return busiest[0];
}
