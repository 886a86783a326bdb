import type { WorkloadRef } from '../target/Target';
import type { EndpointPlace } from './endpointLabels';
import { endpointsBehind } from './endpointsOf';
import type { ServiceObject } from './kinds';
import type { MeshSnapshot } from './MeshSnapshot';
import { podsOfService } from './podsOfService';
import { metricNamesOfPod, workloadOfPod } from './workloadOfPod';
import { labelsOfWorkload, workloadObject } from './workloads';
import { workloadsOfService } from './workloadsOfService';

type Labels = Readonly<Record<string, string>>;

/** A pod that a Service selects, or the template of a workload whose pods it would select. */
export interface ServiceMember {
  readonly workload: WorkloadRef;
  /** The names under which Istio's metrics may count it. */
  readonly metricNames: readonly string[];
  readonly labels: Labels;
  readonly place: EndpointPlace;
}

/** What a Service consists of. One without a selector has no members that the portal knows. */
export function serviceMembers(
  snapshot: MeshSnapshot,
  service: ServiceObject,
): ServiceMember[] {
  const { namespace = '', name } = service.metadata;
  const { cluster } = snapshot;
  const endpoints = new Map(
    endpointsBehind(snapshot, namespace, name).map(endpoint => [
      endpoint.pod,
      endpoint,
    ]),
  );
  const pods = podsOfService(snapshot, service).map(pod => {
    const { labels = {} } = pod.metadata;
    const { zone, nodeName } = endpoints.get(pod.metadata.name) ?? {};
    return {
      workload: workloadOfPod(pod),
      metricNames: metricNamesOfPod(pod),
      labels,
      place: { podLabels: labels, zone, nodeName, cluster },
    };
  });
  const templates = workloadsOfService(snapshot, service)
    .filter(workload => workloadObject(snapshot, workload))
    .map(workload => {
      const labels = labelsOfWorkload(snapshot, workload) ?? {};
      return {
        workload,
        metricNames: [
          labels['service.istio.io/workload-name'] ?? workload.name,
        ],
        labels,
        place: {
          podLabels: labels,
          zone: undefined,
          nodeName: undefined,
          cluster,
        },
      };
    });
  return [...pods, ...templates];
}

/**
 * What Istio calls a pod's canonical revision, which its metrics carry beside the version, and in its place for ambient.
 * The order is that of `canonicalServiceRevision` in Istio's `pkg/kube/labels/labels.go`.
 */
export function canonicalRevision(labels: Labels): string {
  return (
    labels['service.istio.io/canonical-revision'] ??
    labels['app.kubernetes.io/version'] ??
    labels.version ??
    'latest'
  );
}
