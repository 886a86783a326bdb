import { groupBy } from '../kubernetes/groupBy';
import type { KubernetesObject, PodObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { uniqueWorkloads } from '../kubernetes/workloadsOfService';
import { templateKinds, workloadKey } from '../kubernetes/workloads';
import { workloadOfPod } from '../kubernetes/workloadOfPod';
import type { Matcher } from '../prometheus/promql';
import type { WorkloadRef } from '../target/Target';
import {
  couldShareAPod,
  defaultPodLabels,
  notOfPods,
  podMatchers,
  type PodLabels,
} from './podSeries';

/**
 * Conditions on series of the workloads' pods, and of no others that a cluster knows and whose pods' names begin alike.
 * Undefined without workloads.
 */
export function confinedPods(
  snapshot: MeshSnapshot,
  workloads: readonly WorkloadRef[],
  labels: PodLabels = defaultPodLabels,
): Matcher[] | undefined {
  const pods = podMatchers(workloads, labels);
  return (
    pods && [...pods, ...notOfPods(namesakes(snapshot, workloads), labels)]
  );
}

/**
 * Others whose pods' names begin as ours do: a Job `chat-migrate` beside a Deployment `chat`. Without what is called as one of
 * ours in another namespace: a condition on pods' names cannot tell those apart.
 */
export function namesakes(
  snapshot: MeshSnapshot,
  own: readonly WorkloadRef[],
): WorkloadRef[] {
  const ours = new Set(own.map(workloadKey));
  const names = new Set(own.map(({ name }) => name));
  return uniqueWorkloads(
    own.flatMap(one =>
      beginningWith(snapshot, one).filter(
        other =>
          !ours.has(workloadKey(other)) &&
          !names.has(other.name) &&
          couldShareAPod(one, other),
      ),
    ),
  );
}

/** The workloads of its namespace whose names begin with its name and a dash. */
function beginningWith(
  snapshot: MeshSnapshot,
  { namespace, name }: WorkloadRef,
): WorkloadRef[] {
  const templates = templateKinds.flatMap(kind =>
    (
      groupBy(snapshot.inNamespace(kind, namespace), beginnings).get(name) ?? []
    ).map(({ metadata }) => ({ kind, namespace, name: metadata.name })),
  );
  const pods =
    groupBy(snapshot.inNamespace('Pod', namespace), workloadBeginnings).get(
      name,
    ) ?? [];
  return [...templates, ...pods.map(workloadOfPod)];
}

/** What stands before each dash of a name. */
function beginningsOf(name: string): string[] {
  return [...name.matchAll(/-/g)].map(({ index }) => name.slice(0, index));
}

function beginnings({ metadata }: KubernetesObject): string[] {
  return beginningsOf(metadata.name);
}

function workloadBeginnings(pod: PodObject): string[] {
  return beginningsOf(workloadOfPod(pod).name);
}
