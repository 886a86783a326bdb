import {
  doesNotMatch,
  escapeRegex,
  matches,
  oneOf,
  relabel,
} from '../prometheus/promql';
import type { Expr, Matcher } from '../prometheus/promql';
import type { WorkloadRef } from '../target/Target';

/** The labels by which series that pods expose name the pod: what Prometheus' Kubernetes discovery is set up to add. */
export interface PodLabels {
  namespace: string;
  pod: string;
}

export const defaultPodLabels: PodLabels = {
  namespace: 'namespace',
  pod: 'pod',
};

/** The label that {@link withWorkload} sets. */
export const WORKLOAD_LABEL = 'ai_mesh_workload';

/** The letters of names that Kubernetes makes up: no vowels, no 0, 1 and 3. */
const GENERATED = '-[bcdfghjklmnpqrstvwxz2456789]{5}';

/** What stands behind a workload's name in the names of its pods. */
const SUFFIX: Record<string, string> = {
  Deployment: `-[0-9a-z]+${GENERATED}`,
  Rollout: `-[0-9a-z]+${GENERATED}`,
  DeploymentConfig: `-[0-9]+${GENERATED}`,
  StatefulSet: '-[0-9]+',
  DaemonSet: GENERATED,
  ReplicaSet: GENERATED,
  ReplicationController: GENERATED,
  // Those of an indexed Job carry their index.
  Job: `(-[0-9]+)?${GENERATED}`,
  CronJob: `-[0-9]+(-[0-9]+)?${GENERATED}`,
  Pod: '',
};

/** Pods of other controllers: by a number, or as Kubernetes makes names up. */
const ANY_SUFFIX = `(-[0-9]+|${GENERATED})`;

function podPattern({ kind, name }: WorkloadRef): string {
  return `${escapeRegex(name)}${SUFFIX[kind] ?? ANY_SUFFIX}`;
}

/**
 * Conditions on series of the workloads' pods: those that run, and those that ran before them. By name, because a
 * window of 30 days holds pods that no cluster remembers. Undefined without workloads.
 */
export function podMatchers(
  workloads: readonly WorkloadRef[],
  labels: PodLabels = defaultPodLabels,
): Matcher[] | undefined {
  return workloads.length === 0
    ? undefined
    : [
        oneOf(
          labels.namespace,
          workloads.map(({ namespace }) => namespace),
        ),
        matches(labels.pod, workloads.map(podPattern).join('|')),
      ];
}

/** Conditions that no series of these workloads' pods meets; none without workloads. */
export function notOfPods(
  workloads: readonly WorkloadRef[],
  labels: PodLabels = defaultPodLabels,
): Matcher[] {
  return workloads.length === 0
    ? []
    : [doesNotMatch(labels.pod, workloads.map(podPattern).join('|'))];
}

/** Whether a row is of one of the workloads' pods. */
export function isOfPods(
  workloads: readonly WorkloadRef[],
  labels: PodLabels = defaultPodLabels,
): (row: { labels: Readonly<Record<string, string>> }) => boolean {
  const names = workloads.map(workload => ({
    namespace: workload.namespace,
    pod: new RegExp(`^(?:${podPattern(workload)})$`),
  }));
  return row =>
    names.some(
      ({ namespace, pod }) =>
        row.labels[labels.namespace] === namespace &&
        pod.test(row.labels[labels.pod] ?? ''),
    );
}

/** Sets {@link WORKLOAD_LABEL} to the workload whose pod the series is of. */
export function withWorkload(
  expr: Expr,
  workloads: readonly WorkloadRef[],
  labels: PodLabels = defaultPodLabels,
): Expr {
  // Longest first: the first alternative that matches counts, and `chat` is a part of `chat-v2`.
  const names = workloads
    .map(({ name }) => name)
    .sort((a, b) => b.length - a.length)
    .map(escapeRegex);
  return relabel(
    expr,
    WORKLOAD_LABEL,
    labels.pod,
    `(${names.join('|')})(?:-[0-9a-z-]+)?`,
  );
}
