import type { ProxyMode, WorkloadName } from '@ai-mesh/plugin-ai-mesh-common';
import { groupBy } from '../kubernetes/groupBy';
import type { PodObject, ServiceObject } from '../kubernetes/kinds';
import { hasLabels } from '../kubernetes/labels';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { podsOfService } from '../kubernetes/podsOfService';
import { proxyOf } from '../kubernetes/proxyOf';
import { workloadOfPod } from '../kubernetes/workloadOfPod';
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

const templateKinds = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;

/** The workloads behind a Service, pods of other controllers and of none included. */
export function workloadsBehind(
  snapshot: MeshSnapshot,
  service: ServiceObject,
): MeshWorkload[] {
  const { namespace = '' } = service.metadata;
  const selector = service.spec?.selector ?? {};
  const named = workloadsOfService(snapshot, service).map(({ kind, name }) =>
    workloadNamed(snapshot, { kind, namespace, name }, pod =>
      hasLabels(pod.metadata.labels, selector),
    ),
  );
  const others = new Set(
    podsOfService(snapshot, service)
      .filter(pod => !workloadOfPod(pod))
      .map(pod => ownerName(pod)),
  );
  return [
    ...named,
    ...[...others].map(owner =>
      workloadNamed(snapshot, JSON.parse(owner) as WorkloadName),
    ),
  ];
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
          nameKey({ kind, namespace, name: metadata.name }),
        ),
    ),
    ...snapshot.inNamespace('Pod', namespace).map(ownerName),
  ]);
  return [...names].map(key =>
    workloadNamed(snapshot, JSON.parse(key) as WorkloadName),
  );
}

/**
 * The workload that Istio's metrics call by this name, or undefined where the cluster holds none.
 * Istio names a CronJob's pods by the CronJob, whose Jobs are called `<name>-<minute>`.
 */
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
  const owners = groupBy(
    snapshot.inNamespace('Pod', namespace),
    metricNames,
  ).get(name);
  return owners?.[0]
    ? workloadNamed(snapshot, JSON.parse(ownerName(owners[0])) as WorkloadName)
    : undefined;
}

function workloadNamed(
  snapshot: MeshSnapshot,
  name: WorkloadName,
  counts: (pod: PodObject) => boolean = () => true,
): MeshWorkload {
  const pods = (
    groupBy(snapshot.inNamespace('Pod', name.namespace), ownerNames).get(
      nameKey(name),
    ) ?? []
  ).filter(counts);
  const template = templateKinds
    .filter(kind => kind === name.kind)
    .map(kind => snapshot.get(kind, name.namespace, name.name))
    .find(Boolean)?.spec?.template;
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
  const { namespace = '', name, ownerReferences } = pod.metadata;
  const known = workloadOfPod(pod);
  const owner = ownerReferences?.[0];
  return nameKey(
    known ?? {
      kind: owner?.kind ?? 'Pod',
      namespace,
      name: owner?.name ?? name,
    },
  );
}

function ownerNames(pod: PodObject): string[] {
  return [ownerName(pod)];
}

function metricNames(pod: PodObject): string[] {
  const { kind, name } = JSON.parse(ownerName(pod)) as WorkloadName;
  return kind === 'Job' ? [name, name.replace(/-\d+$/, '')] : [name];
}

/** Names with equal keys are one workload. */
export function nameKey({ kind, namespace, name }: WorkloadName): string {
  return JSON.stringify({ kind, namespace, name });
}
