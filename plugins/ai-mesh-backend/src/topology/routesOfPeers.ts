import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { resolveRoutes, type EffectiveRoutes } from '../routes';
import { trafficPoliciesFor } from '../routes/trafficPolicies';
import type { Peer } from './Peer';

/** How requests to a peer are routed, as far as a graph needs to know. */
export type PeerRoutes = Pick<
  EffectiveRoutes,
  'host' | 'rules' | 'breakers' | 'objects'
>;

/** Looks routes up, each peer's once. Undefined for peers that nobody addresses by a host. */
export function routesOfPeers(
  snapshot: MeshSnapshot,
): (peer: Peer) => PeerRoutes | undefined {
  const found = new Map<string, PeerRoutes | undefined>();
  return peer => {
    if (!found.has(peer.id)) {
      found.set(peer.id, findRoutes(snapshot, peer));
    }
    return found.get(peer.id);
  };
}

function findRoutes(
  snapshot: MeshSnapshot,
  { kind, namespace, name }: Peer,
): PeerRoutes | undefined {
  if (kind === 'service' && namespace !== undefined) {
    return resolveRoutes(snapshot, { namespace, name });
  }
  if (kind === 'external') {
    const { breakers, objects } = trafficPoliciesFor(snapshot, name);
    return { host: name, rules: [], breakers, objects };
  }
  return undefined;
}
