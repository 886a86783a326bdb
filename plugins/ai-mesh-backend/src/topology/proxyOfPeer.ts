import type { TopologyNode } from '@ai-mesh/plugin-ai-mesh-common';
import { groupBy } from '../kubernetes/groupBy';
import type { PodObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { podsOfService } from '../kubernetes/podsOfService';
import { proxyOf } from '../kubernetes/proxyOf';
import { unknownKind } from '../kubernetes/unknownKind';
import { workloadOfPod } from '../kubernetes/workloadOfPod';
import type { Peer } from './Peer';

/** How a peer takes part in the mesh, by its pods. */
export function proxyOfPeer(
  snapshot: MeshSnapshot,
  { kind, namespace, name }: Peer,
): TopologyNode['proxy'] {
  if (kind === 'external') {
    return 'none';
  }
  if (
    kind === 'unknown' ||
    namespace === undefined ||
    unknownKind(snapshot, 'Pod')
  ) {
    return 'unknown';
  }
  const service =
    kind === 'service' ? snapshot.get('Service', namespace, name) : undefined;
  const pods =
    kind === 'workload'
      ? groupBy(snapshot.inNamespace('Pod', namespace), workloadNames).get(name)
      : service && podsOfService(snapshot, service);
  return proxyOf(pods ?? [], snapshot.get('Namespace', '', namespace));
}

/** The names under which Istio may report a pod's workload: a CronJob's Job counts as the CronJob. */
function workloadNames(pod: PodObject): string[] {
  const workload = workloadOfPod(pod);
  if (workload) {
    return [workload.name];
  }
  return (pod.metadata.ownerReferences ?? [])
    .filter(({ kind }) => kind !== 'ReplicaSet')
    .flatMap(({ kind, name }) =>
      kind === 'Job' ? [name, name.replace(/-\d+$/, '')] : [name],
    );
}
