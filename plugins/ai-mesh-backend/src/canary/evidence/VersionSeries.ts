import {
  known,
  poolOfHost,
  unknown,
  wording,
  type Endpoints,
  wordsOf,
  type Measured,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { endpointsOf } from '../../kubernetes/endpointsOf';
import {
  endpointsOfPool,
  findPool,
  serviceOfPool,
  type PoolName,
} from '../../kubernetes/inferencePools';
import type { ServiceObject, WorkloadObject } from '../../kubernetes/kinds';
import { withTemplateLabels } from '../../kubernetes/labels';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import {
  serviceMembers,
  type ServiceMember,
} from '../../kubernetes/serviceMembers';
import { unknownKind } from '../../kubernetes/unknownKind';
import {
  templateKinds,
  workloadKey,
  type TemplateKind,
} from '../../kubernetes/workloads';
import { uniqueWorkloads } from '../../kubernetes/workloadsOfService';
import { eq, oneOf, type Matcher } from '../../prometheus/promql';
import { serviceOfHost } from '../../routes/hosts';
import { trafficPoliciesFor } from '../../routes/trafficPolicies';
import { istioLabels } from '../../telemetry/istioLabels';
import { confinedPods } from '../../telemetry/confinedPods';
import { notRelayed } from '../../telemetry/notRelayed';
import {
  sidesOf,
  subsetDistinction,
  type Distinction,
} from '../../telemetry/tellApart';
import type { FullVersion } from '../split';

/** A workload whose template makes up a version. */
export interface VersionWorkload {
  kind: TemplateKind;
  object: WorkloadObject;
}

/** Where a version shows in the cluster and in metrics. */
export interface VersionSeries {
  /** Conditions on Istio's metrics that any version of the Service meets; absent outside the cluster. */
  service?: Matcher[];
  /** Conditions on Istio's metrics, or why the version cannot be told apart there. */
  requests: Measured<Matcher[]>;
  /** Conditions on what its pods export themselves; unknown where no workload was found. */
  pods: Measured<Matcher[]>;
  endpoints: Measured<Endpoints>;
  workloads: VersionWorkload[];
  members: ServiceMember[];
}

/**
 * Finds a version's series: by its own Service, by that which Istio keeps for an InferencePool, or by what tells the
 * subset's pods from the Service's others.
 */
export function versionSeries(
  snapshot: MeshSnapshot,
  version: FullVersion,
): VersionSeries {
  const pool = poolOfHost(version.host);
  if (pool) {
    return poolSeries(snapshot, pool);
  }
  const service = serviceOfHost(version.host, snapshot.clusterDomain);
  if (!service) {
    const why = unknown('not-configured', [
      wording('version.outside', { host: version.host }),
    ]);
    return {
      requests: why,
      pods: why,
      endpoints: why,
      workloads: [],
      members: [],
    };
  }
  const to = callsOf(snapshot, service);
  const labels = subsetLabels(snapshot, version);
  if (labels.status === 'unknown') {
    return {
      service: to,
      requests: labels,
      pods: labels,
      endpoints: labels,
      workloads: [],
      members: [],
    };
  }
  const object = snapshot.get('Service', service.namespace, service.name);
  const all = object ? serviceMembers(snapshot, object) : [];
  const sides = sidesOf(all, labels.value);
  return {
    service: to,
    requests: requestsOf(version, labels.value, to, all),
    pods: podsOf(snapshot, sides),
    endpoints: endpointsOf(
      snapshot,
      service.namespace,
      service.name,
      labels.value,
    ),
    workloads: object ? workloadsOf(snapshot, object, labels.value) : [],
    members: sides.members,
  };
}

/**
 * Gateways count a pool's requests under the Service that Istio keeps for it, those too that found no pod. What reaches
 * the same pods by another Service is not the pool's, and sidecars of model servers do not know of pools.
 */
function poolSeries(snapshot: MeshSnapshot, name: PoolName): VersionSeries {
  const pool = findPool(snapshot, name);
  if (pool.status === 'unknown') {
    return {
      requests: pool,
      pods: pool,
      endpoints: pool,
      workloads: [],
      members: [],
    };
  }
  const service = serviceOfPool(snapshot, pool.value);
  const to = callsOf(snapshot, {
    namespace: name.namespace,
    name: service.metadata.name,
  });
  const members = serviceMembers(snapshot, service);
  return {
    service: to,
    requests: known(to),
    pods: podsOf(snapshot, { members, others: [] }),
    endpoints: endpointsOfPool(snapshot, pool.value),
    workloads: workloadsOf(snapshot, service, {}),
    members,
  };
}

function callsOf(
  snapshot: MeshSnapshot,
  { namespace, name }: { namespace: string; name: string },
): Matcher[] {
  return [
    eq(istioLabels.destinationService, name),
    eq(istioLabels.destinationServiceNamespace, namespace),
    ...notRelayed(snapshot),
  ];
}

/** Why no metric tells two versions apart; undefined where one does. */
export function whyIndistinct(
  snapshot: MeshSnapshot,
  stable: FullVersion,
  canary: FullVersion,
): Words[] | undefined {
  const sides = [stable, canary].map(version =>
    versionSeries(snapshot, version),
  );
  for (const { requests } of sides) {
    if (requests.status === 'unknown' && requests.reason === 'no-such-label') {
      return wordsOf(requests);
    }
  }
  const both = sides[0].members.filter(({ place }) =>
    sides[1].members.some(other => other.place.podLabels === place.podLabels),
  );
  const sharePods =
    stable.host === canary.host ||
    (poolOfHost(stable.host) && poolOfHost(canary.host));
  return sharePods && both.length > 0
    ? [
        wording('version.indistinct', {
          workload: `${both[0].workload.kind} ${both[0].workload.name}`,
        }),
      ]
    : undefined;
}

/** A subset's labels; none for a version that is a Service of its own, or an InferencePool that is there. */
export function subsetLabels(
  snapshot: MeshSnapshot,
  { host, subset }: FullVersion,
): Measured<Record<string, string>> {
  const pool = poolOfHost(host);
  if (pool) {
    const found = findPool(snapshot, pool);
    return found.status === 'known' ? known({}) : found;
  }
  if (subset === undefined) {
    return known({});
  }
  const meanings =
    trafficPoliciesFor(snapshot, host).meanings.get(subset) ?? [];
  if (meanings.length > 1) {
    // What one caller gets by the name says nothing of what another one does.
    return unknown('not-configured', [
      wording('subset.ambiguous', {
        subset,
        host,
        meanings: meanings.map(labelsInWords).join('; '),
      }),
    ]);
  }
  const [labels] = meanings;
  if (labels) {
    return known(labels);
  }
  return (
    unknownKind(snapshot, 'DestinationRule') ??
    unknown('not-configured', [wording('version.noSubset', { subset, host })])
  );
}

function labelsInWords(labels: Record<string, string>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
}

function requestsOf(
  { host, subset }: FullVersion,
  labels: Record<string, string>,
  to: Matcher[],
  all: readonly ServiceMember[],
): Measured<Matcher[]> {
  if (subset === undefined) {
    return known(to);
  }
  const found = subsetDistinction(all, labels, [
    istioLabels.destinationWorkload,
    istioLabels.destinationRevision,
  ]);
  if (found) {
    return known([...to, isOneOf(found)]);
  }
  return unknown('no-such-label', [
    wording(
      sidesOf(all, labels).members.length === 0
        ? 'version.noLabel'
        : 'version.sharedLabels',
      { subset, host },
    ),
  ]);
}

function isOneOf({ label, values }: Distinction): Matcher {
  return values.length === 1 ? eq(label, values[0]) : oneOf(label, values);
}

/** Pods' own metrics carry no labels but names, so a version is told there by its workloads alone. */
function podsOf(
  snapshot: MeshSnapshot,
  { members, others }: ReturnType<typeof sidesOf>,
): Measured<Matcher[]> {
  const workloads = uniqueWorkloads(members.map(({ workload }) => workload));
  const shared = new Set(others.map(({ workload }) => workloadKey(workload)));
  if (workloads.some(workload => shared.has(workloadKey(workload)))) {
    return unknown('no-such-label', [wording('version.sharedWorkload')]);
  }
  const matchers = confinedPods(snapshot, workloads);
  return matchers
    ? known(matchers)
    : unknown('not-configured', [wording('version.noWorkload')]);
}

function workloadsOf(
  snapshot: MeshSnapshot,
  { metadata, spec }: ServiceObject,
  labels: Record<string, string>,
): VersionWorkload[] {
  const selector = spec?.selector;
  if (!selector || Object.keys(selector).length === 0) {
    return [];
  }
  return templateKinds.flatMap(kind =>
    withTemplateLabels(snapshot.inNamespace(kind, metadata.namespace ?? ''), {
      ...selector,
      ...labels,
    }).map(object => ({ kind, object })),
  );
}
