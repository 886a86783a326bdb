import type { ServiceObject } from '../../kubernetes/kinds';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import type { PolicyTarget } from './appliedPolicies';

const USE_WAYPOINT = 'istio.io/use-waypoint';
const GATEWAY_API = 'gateway.networking.k8s.io';

/** The proxy that enforces policies on requests before an ambient service. */
export interface Waypoint {
  readonly targets: readonly PolicyTarget[];
}

/** The waypoint that a Service asks for by its label, or by its namespace's. */
export function waypointOf(
  snapshot: MeshSnapshot,
  service: ServiceObject,
): Waypoint | undefined {
  const { namespace = '', labels } = service.metadata;
  const name =
    labels?.[USE_WAYPOINT] ??
    snapshot.get('Namespace', '', namespace)?.metadata.labels?.[USE_WAYPOINT];
  return name === undefined || name === 'none'
    ? undefined
    : {
        targets: [
          { group: GATEWAY_API, kind: 'Gateway', name },
          { group: GATEWAY_API, kind: 'GatewayClass', name: 'istio-waypoint' },
        ],
      };
}
