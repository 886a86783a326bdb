import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { findByLabels } from './findByLabels';
import { findServices } from './findServices';
import type { Found } from './Found';
import type { MeshCluster, MeshClusters } from './MeshClusters';
import { parseTargetQuery } from './parseTargetQuery';
import type { Target } from './Target';
import type { TargetQuery } from './TargetQuery';

/** Finds what an entity owns in the mesh. */
export class EntityTargetResolver {
  readonly #clusters: MeshClusters;

  constructor(clusters: MeshClusters) {
    this.#clusters = clusters;
  }

  /**
   * Looks at every cluster that the entity's annotation concerns, at all of them at once: one that does not answer is
   * waited for no longer than its snapshot takes, and its row says why it has nothing.
   *
   * @throws NotFoundError where the entity has no annotation for the mesh; InputError where it cannot be read
   */
  async resolve(entity: Entity): Promise<Target> {
    const clusters = this.#clusters.list();
    const names = clusters.map(({ name }) => name);
    const query = parseTargetQuery(entity, names);
    const searched = await Promise.all(
      clusters
        .filter(cluster => concerns(query, cluster))
        .map(async cluster => {
          const snapshot = await cluster.snapshots.snapshot();
          const found = find(query, cluster, snapshot, clusters.length);
          return { cluster, snapshot, found };
        }),
    );
    return {
      entityRef: stringifyEntityRef(entity),
      resolution: {
        annotation: query.annotation,
        value: query.value,
        searched: searched.map(({ cluster, found }) => ({
          cluster: cluster.name,
          selector: found.selector,
          services: found.services,
          workloads: found.workloads,
          ...(found.message === undefined ? {} : { message: found.message }),
        })),
      },
      clusters: searched
        .map(({ cluster, snapshot, found }) => ({
          cluster,
          snapshot,
          services: [...found.services, ...found.presumed],
          workloads: found.workloads,
        }))
        .filter(
          ({ services, workloads }) => services.length + workloads.length > 0,
        ),
      searched: searched.map(({ cluster, snapshot }) => ({
        cluster,
        snapshot,
      })),
    };
  }
}

function concerns(query: TargetQuery, { name }: MeshCluster): boolean {
  return query.find === 'labels'
    ? query.cluster === undefined || query.cluster === name
    : query.services.some(
        ({ cluster }) => cluster === undefined || cluster === name,
      );
}

function find(
  query: TargetQuery,
  cluster: MeshCluster,
  snapshot: MeshSnapshot,
  clusterCount: number,
): Found {
  if (query.find === 'labels') {
    return findByLabels(snapshot, query);
  }
  // The same Service may be named twice: that it was named with its cluster is worth more.
  const anywhere = query.services.filter(service => !service.cluster);
  const here = query.services.filter(
    service => service.cluster === cluster.name,
  );
  const unique = new Map(
    [...anywhere, ...here].map(service => [
      `${service.namespace}/${service.name}`,
      service,
    ]),
  );
  return findServices(
    snapshot,
    [...unique.values()],
    service => service.cluster !== undefined || clusterCount === 1,
  );
}
