import type { ProxyMode, WorkloadName } from '@ai-mesh/plugin-ai-mesh-common';
import { groupBy } from '../kubernetes/groupBy';
import type { PodObject, ServiceObject } from '../kubernetes/kinds';
import { hasLabels } from '../kubernetes/labels';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { proxyOf } from '../kubernetes/proxyOf';
import { metricNamesOfPod, workloadOfPod } from '../kubernetes/workloadOfPod';
import {
  podsOfWorkload,
  templateKinds,
  workloadKey,
  workloadObject,
} from '../kubernetes/workloads';
import { workloadsOfService } from '../kubernetes/workloadsOfService';

/** A workload with what policies select it by and what tells how it takes part in the mesh. */
export interface MeshWorkload {
  readonly name: WorkloadName;
  /** Of its pods, or of the pod template where it has none. */
  readonly labels: Readonly<Record<string, string>>;
  readonly pods: readonly PodObject[];
  readonly proxy: ProxyMode;
  readonly serviceAccount: string | undefined;
}

/** The workloads behind a Service, pods of other controllers and of none included. */
export function workloadsBehind(
  snapshot: MeshSnapshot,
  service: ServiceObject,
): MeshWorkload[] {
  const selector = service.spec?.selector ?? {};
  return workloadsOfService(snapshot, service).map(workload =>
    workloadNamed(snapshot, workload, pod =>
      hasLabels(pod.metadata.labels, selector),
    ),
  );
}

/** The workloads of a namespace, as their pods and templates tell. */
export function workloadsIn(
  snapshot: MeshSnapshot,
  namespace: string,
): MeshWorkload[] {
  const names = new Set([
    ...templateKinds.flatMap(kind =>
      snapshot
        .inNamespace(kind, namespace)
        .map(({ metadata }) =>
          workloadKey({ kind, namespace, name: metadata.name }),
        ),
    ),
    ...snapshot.inNamespace('Pod', namespace).map(ownerName),
  ]);
  return [...names].map(key =>
    workloadNamed(snapshot, JSON.parse(key) as WorkloadName),
  );
}

/** The workload that Istio's metrics call by this name, or undefined where the cluster holds none. */
export function findWorkload(
  snapshot: MeshSnapshot,
  namespace: string,
  name: string,
): MeshWorkload | undefined {
  const kind = templateKinds.find(candidate =>
    snapshot.get(candidate, namespace, name),
  );
  if (kind) {
    return workloadNamed(snapshot, { kind, namespace, name });
  }
  const [pod] =
    groupBy(snapshot.inNamespace('Pod', namespace), metricNamesOfPod).get(
      name,
    ) ?? [];
  return pod && workloadNamed(snapshot, workloadOfPod(pod));
}

function workloadNamed(
  snapshot: MeshSnapshot,
  name: WorkloadName,
  counts: (pod: PodObject) => boolean = () => true,
): MeshWorkload {
  const pods = podsOfWorkload(snapshot, name).filter(counts);
  const template = workloadObject(snapshot, name)?.spec?.template;
  return {
    name,
    labels: template?.metadata?.labels ?? pods[0]?.metadata.labels ?? {},
    pods,
    proxy: proxyOf(pods, snapshot.get('Namespace', '', name.namespace)),
    serviceAccount:
      template?.spec?.serviceAccountName ?? pods[0]?.spec?.serviceAccountName,
  };
}

function ownerName(pod: PodObject): string {
  return workloadKey(workloadOfPod(pod));
}
