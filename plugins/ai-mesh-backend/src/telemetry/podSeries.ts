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

/** A part of a pod's name behind its workload's: a dash, and no other. */
const HASH = '-[0-9a-z]+';
const NUMBER = '-[0-9]+';

/** What stands behind a workload's name in the names of its pods, where that is always so many parts. */
const PARTS: Record<string, readonly string[]> = {
  Deployment: [HASH, GENERATED],
  Rollout: [HASH, GENERATED],
  DeploymentConfig: [NUMBER, GENERATED],
  StatefulSet: [NUMBER],
  DaemonSet: [GENERATED],
  ReplicaSet: [GENERATED],
  ReplicationController: [GENERATED],
  Pod: [],
};

const SUFFIX: Record<string, string> = {
  // Those of an indexed Job carry their index.
  Job: `(-[0-9]+)?${GENERATED}`,
  CronJob: `-[0-9]+(-[0-9]+)?${GENERATED}`,
};

/** Pods of other controllers: by a number, or as Kubernetes makes names up. */
const ANY_SUFFIX = `(-[0-9]+|${GENERATED})`;

function suffixOf(kind: string): string {
  return PARTS[kind]?.join('') ?? SUFFIX[kind] ?? ANY_SUFFIX;
}

function podPattern({ kind, name }: WorkloadRef): string {
  return `${escapeRegex(name)}${suffixOf(kind)}`;
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

/**
 * Whether some name could be that of a pod of either. It cannot where both add as many parts to names of their own: what is
 * left of a pod's name without them is one name alone.
 */
export function couldShareAPod(one: WorkloadRef, other: WorkloadRef): boolean {
  const [parts, others] = [PARTS[one.kind], PARTS[other.kind]];
  return (
    !parts ||
    !others ||
    parts.length !== others.length ||
    one.name === other.name
  );
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

/** Sets {@link WORKLOAD_LABEL} to the workload whose pod the series is of, of series that {@link podMatchers} let through. */
export function withWorkload(
  expr: Expr,
  workloads: readonly WorkloadRef[],
  labels: PodLabels = defaultPodLabels,
): Expr {
  return relabel(expr, WORKLOAD_LABEL, labels.pod, workloadOfPod(workloads));
}

/** A regular expression whose group is the workload's name, the same for as many workloads as may be. */
function workloadOfPod(workloads: readonly WorkloadRef[]): string {
  const [suffix, ...others] = new Set(
    workloads.map(({ kind }) => suffixOf(kind)),
  );
  if (
    suffix !== undefined &&
    others.length === 0 &&
    workloads.every(({ kind }) => PARTS[kind])
  ) {
    return `(.+)${suffix}`;
  }
  // Longest first: the first alternative that matches counts, and `chat` is a part of `chat-v2`.
  const names = workloads
    .map(({ name }) => name)
    .sort((a, b) => b.length - a.length)
    .map(escapeRegex);
  return `(${names.join('|')})(?:-[0-9a-z-]+)?`;
}
