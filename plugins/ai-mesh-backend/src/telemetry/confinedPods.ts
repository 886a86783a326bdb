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
  const namespaces = new Set(own.map(({ namespace }) => namespace));
  return [...namespaces].flatMap(namespace =>
    uniqueWorkloads([
      ...templateKinds.flatMap(kind =>
        snapshot
          .inNamespace(kind, namespace)
          .map(({ metadata }) => ({ kind, namespace, name: metadata.name })),
      ),
      ...snapshot.inNamespace('Pod', namespace).map(workloadOfPod),
    ]).filter(
      other =>
        !ours.has(workloadKey(other)) &&
        !names.has(other.name) &&
        own.some(
          one =>
            one.namespace === namespace &&
            other.name.startsWith(`${one.name}-`) &&
            couldShareAPod(one, other),
        ),
    ),
  );
}
