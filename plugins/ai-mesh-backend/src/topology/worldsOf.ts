import type { Target } from '../target/Target';
import type { MeshCluster } from '../target/MeshClusters';
import type { AskedCluster } from '../telemetry';
import type { World } from './PeerNames';
import { ServiceMembers } from './ServiceMembers';

/** The configured clusters by their names. */
export type Worlds = ReadonlyMap<string, World & { cluster: MeshCluster }>;

/** Every cluster that calls of an entity may lead to or come from. */
export function worldsOf(target: Target): Worlds {
  const own = new Map(
    target.clusters.map(({ cluster, services }) => [cluster.name, services]),
  );
  return new Map(
    [...target.searched, ...target.clusters].map(({ cluster, snapshot }) => [
      cluster.name,
      {
        cluster,
        snapshot,
        members: new ServiceMembers(snapshot, own.get(cluster.name) ?? []),
      },
    ]),
  );
}

export function namedClusters(worlds: Worlds): AskedCluster[] {
  return [...worlds.values()].map(({ cluster }) => cluster);
}
