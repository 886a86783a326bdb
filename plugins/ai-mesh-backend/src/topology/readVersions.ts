import {
  known,
  unknown,
  wording,
  type Measured,
  type TopologyVersion,
} from '@ai-mesh/plugin-ai-mesh-common';
import { addTo } from '../kubernetes/addTo';
import { endpointsWhere } from '../kubernetes/endpointsOf';
import { isGatewayWorkload } from '../kubernetes/gatewayWorkloads';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import {
  serviceMembers,
  type ServiceMember,
} from '../kubernetes/serviceMembers';
import { uniqueWorkloads } from '../kubernetes/workloadsOfService';
import {
  istioLabels,
  readTraffic,
  rowVersions,
  sumRates,
  unknownTraffic,
  versionName,
  type NamespacedName,
  type RateRow,
} from '../telemetry';

/** Made once: `localeCompare` makes one for each two names that it is given. */
const { compare: byName } = new Intl.Collator(undefined, { numeric: true });

/** What was measured of the requests to a service. */
export interface ReceivedRows {
  /** Unknown: telemetry failed, for everything. */
  requests: Measured<readonly RateRow[]>;
  buckets: readonly RateRow[];
  /** How the latency query went. */
  latency: Measured<unknown>;
}

/**
 * The versions of a service: those that its pods and workloads are labelled with and those that answered in the window.
 * Pods that no label tells the version of are the version without a name.
 */
export function readVersions(
  snapshot: MeshSnapshot,
  service: NamespacedName,
  received: ReceivedRows,
  windowSeconds: number,
): TopologyVersion[] {
  const members = membersOf(snapshot, service);
  const versionOf = rowVersions(members, gatewaysOf(snapshot));
  const requests =
    received.requests.status === 'known' ? received.requests.value : [];
  const requestsOf = byVersion(requests, versionOf);
  const bucketsOf = byVersion(received.buckets, versionOf);
  const answered = [...requestsOf.values()].flat();
  const names = new Set(members.map(versionName));
  for (const [name, rows] of requestsOf) {
    if (rows.some(({ rate }) => rate > 0)) {
      names.add(name);
    }
  }
  const total = sumRates(answered);
  return [...names].sort(byName).map(name => {
    const rows = requestsOf.get(name) ?? [];
    return {
      name,
      workloads: uniqueWorkloads(
        members
          .filter(member => versionName(member) === name)
          .map(({ workload }) => workload),
      ).map(workload => ({ kind: workload.kind, name: workload.name })),
      endpoints: endpointsWhere(
        snapshot,
        service.namespace,
        service.name,
        ({ podLabels: labels = {} }) => known(versionName({ labels }) === name),
      ),
      observedShare: shareOf(rows, total, received, requests),
      traffic: trafficOfVersion(
        rows,
        bucketsOf.get(name) ?? [],
        received,
        answered.length > 0 ? [] : requests,
        windowSeconds,
      ),
    };
  });
}

/** Rows by the version that answered; those that reached none are left out. */
export function byVersion(
  rows: readonly RateRow[],
  versionOf: (row: RateRow) => string | undefined,
): Map<string, RateRow[]> {
  const groups = new Map<string, RateRow[]>();
  for (const row of rows) {
    const version = versionOf(row);
    if (version !== undefined) {
      addTo(groups, version, row);
    }
  }
  return groups;
}

/** Which workloads are gateways; looked at once each. */
export function gatewaysOf(
  snapshot: MeshSnapshot,
): (workload: NamespacedName) => boolean {
  const seen = new Map<string, boolean>();
  return workload => {
    const key = `${workload.namespace}/${workload.name}`;
    const isOne = seen.get(key) ?? isGatewayWorkload(snapshot, workload);
    seen.set(key, isOne);
    return isOne;
  };
}

/** What a service consists of, as far as the cluster tells. */
export function membersOf(
  snapshot: MeshSnapshot,
  { namespace = '', name }: Partial<NamespacedName> & { name: string },
): ServiceMember[] {
  const service = snapshot.get('Service', namespace, name);
  return service ? serviceMembers(snapshot, service) : [];
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
    return unknown('source-unreachable', [wording('traffic.noNumber')]);
  }
  if (total > 0) {
    return known(Math.min(1, sumRates(rows) / total));
  }
  if (requests.length === 0) {
    return unknown('not-exported');
  }
  return sumRates(requests) > 0 && lacksVersions(requests)
    ? unknown('no-such-label', [
        wording('figure.lacksLabel', { label: istioLabels.destinationVersion }),
      ])
    : unknown('no-traffic', [wording('figure.noVersionReached')]);
}

function trafficOfVersion(
  rows: readonly RateRow[],
  buckets: readonly RateRow[],
  received: ReceivedRows,
  unanswered: readonly RateRow[],
  windowSeconds: number,
) {
  if (received.requests.status === 'unknown') {
    return unknownTraffic(
      received.requests.reason,
      received.requests.words ?? received.requests.message,
    );
  }
  if (unanswered.length > 0 && lacksVersions(unanswered)) {
    return unknownTraffic('no-such-label', [
      wording('figure.lacksLabel', { label: istioLabels.destinationVersion }),
    ]);
  }
  return readTraffic(
    rows,
    received.latency.status === 'known' ? known(buckets) : received.latency,
    windowSeconds,
  );
}

function lacksVersions(rows: readonly RateRow[]): boolean {
  return rows.every(row => !(istioLabels.destinationVersion in row.labels));
}
