import { uniqueWorkloads } from '../../kubernetes/workloadsOfService';
import { templateKinds, workloadKey } from '../../kubernetes/workloads';
import { workloadOfPod } from '../../kubernetes/workloadOfPod';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { eq, oneOf } from '../../prometheus/promql';
import type { ClusterTarget, WorkloadRef } from '../../target/Target';
import {
  istioLabels,
  notOfPods,
  podMatchers,
  type NamespacedName,
  type PodLabels,
} from '../../telemetry';
import type { OwnSeries } from '../objectives/OwnSeries';

/** The series of what provably is an entity's on one cluster. */
export function ownSeries(
  { proven, snapshot }: Pick<ClusterTarget, 'proven' | 'snapshot'>,
  podLabels: PodLabels,
): OwnSeries {
  const { services = [], workloads = [] } = proven ?? {};
  return {
    ofPods: byNamespace(workloads).map(([namespace, own]) => [
      ...podMatchers(own, podLabels)!,
      ...notOfPods(namesakes(snapshot, namespace, own), podLabels),
    ]),
    ofCalls: byNamespace(services).map(([namespace, own]) => [
      oneOf(
        istioLabels.destinationService,
        own.map(({ name }) => name),
      ),
      eq(istioLabels.destinationServiceNamespace, namespace),
    ]),
  };
}

/** Others whose pods' names begin as ours do: a Job `chat-migrate` beside a Deployment `chat`. */
function namesakes(
  snapshot: MeshSnapshot,
  namespace: string,
  own: readonly WorkloadRef[],
): WorkloadRef[] {
  const ours = new Set(own.map(workloadKey));
  const others = uniqueWorkloads([
    ...templateKinds.flatMap(kind =>
      snapshot
        .inNamespace(kind, namespace)
        .map(({ metadata }) => ({ kind, namespace, name: metadata.name })),
    ),
    ...snapshot.inNamespace('Pod', namespace).map(workloadOfPod),
  ]);
  return others.filter(
    other =>
      !ours.has(workloadKey(other)) &&
      own.some(({ name }) => other.name.startsWith(`${name}-`)),
  );
}

function byNamespace<T extends NamespacedName>(
  things: readonly T[],
): [string, T[]][] {
  const found = new Map<string, T[]>();
  for (const thing of things) {
    const present = found.get(thing.namespace);
    if (present) {
      present.push(thing);
    } else {
      found.set(thing.namespace, [thing]);
    }
  }
  return [...found];
}
