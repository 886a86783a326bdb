import { eq, oneOf } from '../../prometheus/promql';
import type { ClusterTarget } from '../../target/Target';
import {
  confinedPods,
  istioLabels,
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
    ofPods: byNamespace(workloads).map(([, own]) => [
      ...confinedPods(snapshot, own, podLabels)!,
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
