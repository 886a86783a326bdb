import { LRUCache } from 'lru-cache';
import { limitedHosts } from '../routes/limitedHosts';
import type { ClusterTarget } from '../target/Target';
import type { GatheredRequest } from './gatherCluster';

const MOST_KEPT = 1000;

/**
 * Whose circuit breakers a neighbourhood may have, before it is known: every host's that has any, where those are few, and
 * whose were found the last time that anybody looked.
 */
export class LikelyHosts {
  readonly #found = new LRUCache<string, readonly string[]>({ max: MOST_KEPT });

  of(target: ClusterTarget, request: GatheredRequest): readonly string[] {
    const found = this.#found.get(keyOf(target, request)) ?? [];
    return [...new Set([...limitedHosts(target.snapshot), ...found])];
  }

  learn(
    target: ClusterTarget,
    request: GatheredRequest,
    hosts: readonly string[],
  ): void {
    this.#found.set(keyOf(target, request), hosts);
  }
}

function keyOf(
  { cluster, services, workloads }: ClusterTarget,
  { depth }: GatheredRequest,
): string {
  return JSON.stringify([cluster.name, depth, services, workloads]);
}
