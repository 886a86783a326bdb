import {
  known,
  unknown,
  type Endpoints,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import { endpointsOf } from '../../kubernetes/endpointsOf';
import type { WorkloadObject } from '../../kubernetes/kinds';
import { withTemplateLabels } from '../../kubernetes/labels';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { relaysOf } from '../../kubernetes/relays';
import { unknownKind } from '../../kubernetes/unknownKind';
import {
  eq,
  escapeRegex,
  matches,
  oneOf,
  type Matcher,
} from '../../prometheus/promql';
import { serviceOfHost } from '../../routes/hosts';
import { trafficPoliciesFor } from '../../routes/trafficPolicies';
import { istioLabels } from '../../telemetry/istioLabels';
import type { FullVersion } from '../split';
import { notFrom } from './requestQueries';

/** A workload whose pods make up a version. */
export interface VersionWorkload {
  kind: 'Deployment' | 'StatefulSet' | 'DaemonSet';
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
}

/** Finds a version's series: by its own Service, or by the labels that tell the subset's pods apart. */
export function versionSeries(
  snapshot: MeshSnapshot,
  version: FullVersion,
): VersionSeries {
  const service = serviceOfHost(version.host, snapshot.clusterDomain);
  if (!service) {
    const why = unknown(
      'not-configured',
      `${version.host} is not a Service of the cluster, so its versions cannot be told apart.`,
    );
    return { requests: why, pods: why, endpoints: why, workloads: [] };
  }
  const to = [
    eq(istioLabels.destinationService, service.name),
    eq(istioLabels.destinationServiceNamespace, service.namespace),
    ...notFrom(relaysOf(snapshot)),
  ];
  const labels = subsetLabels(snapshot, version);
  if (labels.status === 'unknown') {
    return {
      service: to,
      requests: labels,
      pods: labels,
      endpoints: labels,
      workloads: [],
    };
  }
  const workloads = workloadsOf(snapshot, service, labels.value);
  return {
    service: to,
    requests: tellApart(version, labels.value, to, workloads),
    pods: podMatchers(service.namespace, workloads),
    endpoints: endpointsOf(
      snapshot,
      service.namespace,
      service.name,
      labels.value,
    ),
    workloads,
  };
}

/** A subset's labels; none for a version that is a Service of its own. */
export function subsetLabels(
  snapshot: MeshSnapshot,
  { host, subset }: FullVersion,
): Measured<Record<string, string>> {
  if (subset === undefined) {
    return known({});
  }
  const labels = trafficPoliciesFor(snapshot, host).subsets.get(subset);
  if (labels) {
    return known(labels);
  }
  return (
    unknownKind(snapshot, 'DestinationRule') ??
    unknown(
      'not-configured',
      `The subset ${subset} is not defined by a DestinationRule for ${host}.`,
    )
  );
}

function tellApart(
  { host, subset }: FullVersion,
  labels: Record<string, string>,
  to: Matcher[],
  workloads: VersionWorkload[],
): Measured<Matcher[]> {
  if (subset === undefined) {
    return known(to);
  }
  // Istio's metrics carry this one label of the pods; any other shows in the workload's name alone.
  if (labels.version !== undefined) {
    return known([...to, eq(istioLabels.destinationVersion, labels.version)]);
  }
  return workloads.length === 0
    ? unknown(
        'no-such-label',
        `Metrics cannot tell the subset ${subset} of ${host} apart: it has no label 'version', and no workload carries its labels.`,
      )
    : known([
        ...to,
        oneOf(
          istioLabels.destinationWorkload,
          workloads.map(({ object }) => object.metadata.name),
        ),
      ]);
}

function workloadsOf(
  snapshot: MeshSnapshot,
  service: { namespace: string; name: string },
  labels: Record<string, string>,
): VersionWorkload[] {
  const selector = snapshot.get('Service', service.namespace, service.name)
    ?.spec?.selector;
  if (!selector || Object.keys(selector).length === 0) {
    return [];
  }
  return (['Deployment', 'StatefulSet', 'DaemonSet'] as const).flatMap(kind =>
    withTemplateLabels(snapshot.inNamespace(kind, service.namespace), {
      ...selector,
      ...labels,
    }).map(object => ({ kind, object })),
  );
}

/** Names of pods are their workload's with a suffix, by which a workload is told from one whose name begins like it. */
const podSuffix: Record<VersionWorkload['kind'], string> = {
  Deployment: '-[a-z0-9]{1,10}-[a-z0-9]{5}',
  StatefulSet: '-[0-9]+',
  DaemonSet: '-[a-z0-9]{5}',
};

function podMatchers(
  namespace: string,
  workloads: VersionWorkload[],
): Measured<Matcher[]> {
  if (workloads.length === 0) {
    return unknown('not-configured', 'No workload carries its labels.');
  }
  const names = workloads.map(
    ({ kind, object }) =>
      `${escapeRegex(object.metadata.name)}${podSuffix[kind]}`,
  );
  return known([eq('namespace', namespace), matches('pod', names.join('|'))]);
}
