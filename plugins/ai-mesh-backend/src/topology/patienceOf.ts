import type { PeerRoutes } from './routesOfPeers';

/** The longest that a route lets its callers wait, by peer; none where one of them waits for ever. */
export function patienceOf(
  routes: ReadonlyMap<string, PeerRoutes>,
): Map<string, number> {
  const patience = new Map<string, number>();
  for (const [id, { rules }] of routes) {
    const limits = rules
      .filter(rule => rule.reachable && rule.destinations.length > 0)
      .map(({ timeoutMs, retries }) =>
        Math.min(timeoutMs ?? Infinity, retries?.perTryTimeoutMs ?? Infinity),
      );
    const longest = Math.max(...limits);
    if (limits.length > 0 && Number.isFinite(longest)) {
      patience.set(id, longest);
    }
  }
  return patience;
}
