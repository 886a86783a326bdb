import type { AiMeshSettings } from '../config/settings';
import {
  ReadableEntities,
  RecentSight,
  veilNeighbours,
  type ReadOptions,
} from '../http';
import { routedServices } from '../routes';
import type { CallersCatalog } from '../target/catalogForCallers';
import { EntityTargetResolver } from '../target/EntityTargetResolver';
import {
  ClaimedTargets,
  HiddenNeighbours,
  SystemTargets,
  TargetsForReaders,
  type Readers,
} from '../target/ownership';
import type { Mesh } from './startMesh';

export type Seen = ReturnType<typeof seenBy>;

/** What each reader may see of the mesh. */
export function seenBy(
  {
    catalog,
    entities,
    mesh,
  }: { catalog: CallersCatalog; entities: ReadableEntities; mesh: Mesh },
  settings: AiMeshSettings,
) {
  const { claims, clusters, clusterNames, neighbours, ownerships } = mesh;
  const sight = new RecentSight(entities);
  const resolver = new EntityTargetResolver(clusters, {
    ...settings.ownership,
    routedServices,
  });
  const targetsBy = (readers: Readers) =>
    new TargetsForReaders({
      resolver,
      ownerships,
      readers,
      clusters: clusterNames,
    });
  const shown = targetsBy(sight);
  const hidden =
    settings.neighbours === 'anonymous'
      ? new HiddenNeighbours({ ...neighbours, readers: sight })
      : undefined;
  const veil = hidden && veilNeighbours(hidden, clusterNames);
  const reading: ReadOptions = {
    entities: sight,
    resolveTarget: (entity, credentials) => shown.resolve(entity, credentials),
    systems: new SystemTargets({ catalog, readers: entities, targets: shown }),
    ...(veil && { veil }),
    now: () => new Date(),
  };
  return {
    entities,
    sight,
    targetsBy,
    /** For whoever does something: by the rights of now, not of some seconds ago. */
    targets: targetsBy(entities),
    claimed: new ClaimedTargets({
      clusters,
      claims,
      ownerships,
      now: Date.now,
    }),
    hidden,
    veil,
    reading,
  };
}
