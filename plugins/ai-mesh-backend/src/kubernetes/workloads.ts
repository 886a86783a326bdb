import type { WorkloadRef } from '../target/Target';
import { groupBy } from './groupBy';
import type { PodObject, WorkloadObject } from './kinds';
import type { MeshSnapshot } from './MeshSnapshot';
import { workloadOfPod } from './workloadOfPod';

/** The kinds of workloads that a snapshot holds, with the template of their pods; others show in their pods alone. */
export const templateKinds = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
] as const;

export type TemplateKind = (typeof templateKinds)[number];

/** A workload's object; undefined where the snapshot does not hold it, or none of its kind. */
export function workloadObject(
  snapshot: MeshSnapshot,
  { kind, namespace, name }: WorkloadRef,
): WorkloadObject | undefined {
  const known = templateKinds.find(each => each === kind);
  return known && snapshot.get(known, namespace, name);
}

/** A workload's pods, whatever its kind. */
export function podsOfWorkload(
  snapshot: MeshSnapshot,
  workload: WorkloadRef,
): readonly PodObject[] {
  return (
    groupBy(snapshot.inNamespace('Pod', workload.namespace), workloadKeys).get(
      workloadKey(workload),
    ) ?? []
  );
}

/** The labels of a workload's pods: by its template, else by the first of them. */
export function labelsOfWorkload(
  snapshot: MeshSnapshot,
  workload: WorkloadRef,
): Record<string, string> | undefined {
  return (
    workloadObject(snapshot, workload)?.spec?.template?.metadata?.labels ??
    podsOfWorkload(snapshot, workload)[0]?.metadata.labels
  );
}

/** Workloads with equal keys are one. */
export function workloadKey({ kind, namespace, name }: WorkloadRef): string {
  return JSON.stringify({ kind, namespace, name });
}

function workloadKeys(pod: PodObject): string[] {
  return [workloadKey(workloadOfPod(pod))];
}
