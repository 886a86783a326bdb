import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import { endpointsOf } from '../kubernetes/endpointsOf';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { waypointOf } from '../routes/waypointOf';
import type { Peer } from './Peer';

/**
 * Why nobody in the ambient mesh reaches a service, as far as the cluster's objects tell: its waypoint has no ready pod. A
 * ztunnel then finds nobody to connect to, and only logs that (`src/proxy/outbound.rs`): no metric says it.
 */
export function cutOff(
  snapshot: MeshSnapshot,
  { kind, namespace, name }: Pick<Peer, 'kind' | 'namespace' | 'name'>,
): Words | undefined {
  const service =
    kind === 'service' && namespace !== undefined
      ? snapshot.get('Service', namespace, name)
      : undefined;
  const { asked, state } = service ? waypointOf(snapshot, service) : {};
  if (
    !asked ||
    state?.status !== 'serving' ||
    !snapshot.get('Service', asked.namespace, asked.name)
  ) {
    return undefined;
  }
  const endpoints = endpointsOf(snapshot, asked.namespace, asked.name);
  return endpoints.status === 'known' && endpoints.value.ready === 0
    ? wording('call.waypointDown', {
        waypoint: `${asked.namespace}/${asked.name}`,
      })
    : undefined;
}
