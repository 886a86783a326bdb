import type { Words } from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { cutOff } from '../routes/cutOff';
import { oncePerPeer } from './oncePerPeer';
import type { Peer } from './Peer';

/** Why nobody reaches a peer, as far as the objects of its cluster tell; each is looked up once. */
export function cutOffPeers(
  snapshotOf: (cluster: string) => MeshSnapshot | undefined,
): (peer: Peer) => Words | undefined {
  return oncePerPeer(({ kind, cluster, namespace, name }) => {
    const snapshot = snapshotOf(cluster);
    return snapshot && kind === 'service' && namespace !== undefined
      ? cutOff(snapshot, { namespace, name })
      : undefined;
  });
}
