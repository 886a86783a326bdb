import type { Peer } from './Peer';

/** Reads something of a peer once, however many calls lead to it. */
export function oncePerPeer<T>(read: (peer: Peer) => T): (peer: Peer) => T {
  const byPeer = new Map<string, { found: T }>();
  return peer => {
    const kept = byPeer.get(peer.id) ?? { found: read(peer) };
    byPeer.set(peer.id, kept);
    return kept.found;
  };
}
