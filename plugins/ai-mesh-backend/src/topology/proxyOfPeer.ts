import type { TopologyNode } from '@ai-mesh/plugin-ai-mesh-common';
import { groupBy } from '../kubernetes/groupBy';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { podsOfService } from '../kubernetes/podsOfService';
import { proxyOf } from '../kubernetes/proxyOf';
import { unknownKind } from '../kubernetes/unknownKind';
import { metricNamesOfPod } from '../kubernetes/workloadOfPod';
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
      ? groupBy(snapshot.inNamespace('Pod', namespace), metricNamesOfPod).get(
          name,
        )
      : service && podsOfService(snapshot, service);
  return proxyOf(pods ?? [], snapshot.get('Namespace', '', namespace));
}
