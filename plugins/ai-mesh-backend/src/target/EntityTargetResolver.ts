import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { concerns, findTarget } from './findTarget';
import type { Found } from './Found';
import type { MeshClusters } from './MeshClusters';
import { parseTargetQuery } from './parseTargetQuery';
import { quoted } from './LabelSelector';
import { ownersOf } from './ownership/Claimant';
import type { Target } from './Target';
import type { TargetQuery } from './TargetQuery';

/** A Service may have several versions, each a workload of its own. */
const WORKLOADS_PER_SERVICE = 5;

/** Finds what an entity owns in the mesh. */
export class EntityTargetResolver {
  readonly #clusters: MeshClusters;
  readonly #mostServices: number;

  /** @param options - `mostServices`: an annotation that finds more is refused */
  constructor(
    clusters: MeshClusters,
    { mostServices }: { mostServices: number },
  ) {
    this.#clusters = clusters;
    this.#mostServices = mostServices;
  }

  /**
   * Looks at every cluster that the entity's annotation concerns, at all of them at once: one that does not answer is
   * waited for no longer than its snapshot takes, and its row says why it has nothing.
   *
   * @throws NotFoundError where the entity has no annotation for the mesh; InputError where it cannot be read, or finds
   * more than one entity can own
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
          const found = findTarget(query, cluster, snapshot, clusters.length);
          return { cluster, snapshot, found };
        }),
    );
    this.#checkSize(
      stringifyEntityRef(entity),
      query,
      searched.map(({ found }) => found),
    );
    return {
      entityRef: stringifyEntityRef(entity),
      owners: ownersOf(entity),
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

  #checkSize(
    entityRef: string,
    { annotation, value }: TargetQuery,
    found: readonly Found[],
  ): void {
    const count = (of: 'services' | 'presumed' | 'workloads') =>
      found.reduce((sum, one) => sum + one[of].length, 0);
    const services = count('services') + count('presumed');
    const workloads = count('workloads');
    if (
      services > this.#mostServices ||
      workloads > WORKLOADS_PER_SERVICE * this.#mostServices
    ) {
      throw new InputError(
        `The annotation ${annotation}: ${quoted(value)} of ${entityRef} finds ${services} Services and ${workloads} workloads, and an entity may have at most ${this.#mostServices} Services and ${WORKLOADS_PER_SERVICE * this.#mostServices} workloads. Make it more exact, or raise aiMesh.ownership.mostServices.`,
      );
    }
  }
}
