import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import { endpointsOf } from '../kubernetes/endpointsOf';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { waypointOf } from './waypointOf';

/**
 * Why nobody in the ambient mesh reaches a Service, as far as the cluster's objects tell: its waypoint has no ready pod. A
 * ztunnel then finds nobody to connect to, and only logs that (`src/proxy/outbound.rs`): no metric says it.
 */
export function cutOff(
  snapshot: MeshSnapshot,
  { namespace, name }: { namespace: string; name: string },
): Words | undefined {
  const service = snapshot.get('Service', namespace, name);
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
