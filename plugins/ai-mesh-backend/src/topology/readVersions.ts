import {
  known,
  unknown,
  type Endpoints,
  type Measured,
  type TopologyVersion,
} from '@ai-mesh/plugin-ai-mesh-common';
import { endpointsOf } from '../kubernetes/endpointsOf';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { labelsOfWorkload } from '../kubernetes/workloads';
import { workloadsOfService } from '../kubernetes/workloadsOfService';
import {
  istioLabels,
  named,
  readTraffic,
  sumRates,
  unknownTraffic,
  type NamespacedName,
  type RateRow,
} from '../telemetry';

/** What was measured of the requests to a service. */
export interface ReceivedRows {
  /** Unknown: telemetry failed, for everything. */
  requests: Measured<readonly RateRow[]>;
  buckets: readonly RateRow[];
  /** How the latency query went. */
  latency: Measured<unknown>;
}

/**
 * The versions of a service: those that its workloads are labelled with and those that answered in the window.
 * A workload without the label `version`, which Istio reports as `unknown`, is the version without a name.
 */
export function readVersions(
  snapshot: MeshSnapshot,
  service: NamespacedName,
  received: ReceivedRows,
  windowSeconds: number,
): TopologyVersion[] {
  const workloads = workloadsByVersion(snapshot, service);
  const requests =
    received.requests.status === 'known' ? received.requests.value : [];
  const answered = requests.filter(row => versionOf(row) !== undefined);
  const names = new Set(workloads.keys());
  for (const row of answered) {
    if (row.rate > 0) {
      names.add(versionOf(row)!);
    }
  }
  const total = sumRates(answered);
  return [...names].sort(byName).map(name => {
    const rows = answered.filter(row => versionOf(row) === name);
    return {
      name,
      workloads: workloads.get(name) ?? [],
      endpoints: endpointsOfVersion(snapshot, service, name, [
        ...workloads.keys(),
      ]),
      observedShare: shareOf(rows, total, received, requests),
      traffic: trafficOfVersion(rows, name, received, requests, windowSeconds),
    };
  });
}

/** The version that answered; undefined where the request reached none, and where the label was dropped. */
function versionOf({ labels }: RateRow): string | undefined {
  const version = named(labels, istioLabels.destinationVersion);
  return version === undefined &&
    named(labels, istioLabels.destinationWorkload) !== undefined &&
    istioLabels.destinationVersion in labels
    ? ''
    : version;
}

function shareOf(
  rows: readonly RateRow[],
  total: number,
  received: ReceivedRows,
  requests: readonly RateRow[],
): Measured<number> {
  if (received.requests.status === 'unknown') {
    return received.requests;
  }
  if (Number.isNaN(total)) {
    return unknown(
      'source-unreachable',
      'Prometheus answered something that is not a number of requests.',
    );
  }
  if (total > 0) {
    return known(Math.min(1, sumRates(rows) / total));
  }
  if (requests.length === 0) {
    return unknown('not-exported');
  }
  return sumRates(requests) > 0 && lacksVersions(requests)
    ? unknown(
        'no-such-label',
        `The series lack the label ${istioLabels.destinationVersion}.`,
      )
    : unknown('no-traffic', 'No request reached a version in the window.');
}

function trafficOfVersion(
  rows: readonly RateRow[],
  version: string,
  received: ReceivedRows,
  requests: readonly RateRow[],
  windowSeconds: number,
) {
  if (received.requests.status === 'unknown') {
    return unknownTraffic(received.requests.reason, received.requests.message);
  }
  if (rows.length === 0 && requests.length > 0 && lacksVersions(requests)) {
    return unknownTraffic(
      'no-such-label',
      `The series lack the label ${istioLabels.destinationVersion}.`,
    );
  }
  const buckets = received.buckets.filter(row => versionOf(row) === version);
  return readTraffic(
    rows,
    received.latency.status === 'known' ? known(buckets) : received.latency,
    windowSeconds,
  );
}

function lacksVersions(rows: readonly RateRow[]): boolean {
  return rows.every(row => !(istioLabels.destinationVersion in row.labels));
}

function workloadsByVersion(
  snapshot: MeshSnapshot,
  { namespace, name }: NamespacedName,
): Map<string, { kind: string; name: string }[]> {
  const service = snapshot.get('Service', namespace, name);
  const versions = new Map<string, { kind: string; name: string }[]>();
  for (const workload of service ? workloadsOfService(snapshot, service) : []) {
    const labels = labelsOfWorkload(snapshot, workload);
    const version = labels?.version ?? '';
    versions.set(version, [
      ...(versions.get(version) ?? []),
      { kind: workload.kind, name: workload.name },
    ]);
  }
  return versions;
}

function endpointsOfVersion(
  snapshot: MeshSnapshot,
  { namespace, name }: NamespacedName,
  version: string,
  versions: readonly string[],
): Measured<Endpoints> {
  if (version !== '') {
    return endpointsOf(snapshot, namespace, name, { version });
  }
  // No selector finds pods by what they lack: take all, less those of the versions with a name.
  const rest = endpointsOf(snapshot, namespace, name);
  return versions
    .filter(other => other !== '')
    .map(other => endpointsOf(snapshot, namespace, name, { version: other }))
    .reduce((left, other) => {
      if (left.status === 'unknown' || other.status === 'unknown') {
        return left.status === 'unknown' ? left : other;
      }
      return known({
        ready: left.value.ready - other.value.ready,
        total: left.value.total - other.value.total,
      });
    }, rest);
}

function byName(a: string, b: string): number {
  return a.localeCompare(b, undefined, { numeric: true });
}
