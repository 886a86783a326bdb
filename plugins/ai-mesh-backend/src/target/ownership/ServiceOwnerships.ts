import type { ServiceRef } from '@ai-mesh/plugin-ai-mesh-common';
import { inTurns } from '../inTurns';
import type { MeshClusters } from '../MeshClusters';
import type { CatalogClaims } from './CatalogClaims';
import type { Claimant } from './Claimant';
import { serviceThing, type MeshThing } from './MeshThing';
import { judgeOwnership, type Ownership } from './Ownership';
import type { OwnershipSettings } from './OwnershipSettings';

/** Says whose Services and workloads are, by the cluster's objects, the configuration and the catalog. */
export class ServiceOwnerships {
  readonly #clusters: MeshClusters;
  readonly #claims: Pick<CatalogClaims, 'about'>;
  readonly settings: OwnershipSettings;

  constructor(options: {
    clusters: MeshClusters;
    claims: Pick<CatalogClaims, 'about'>;
    settings: OwnershipSettings;
  }) {
    this.#clusters = options.clusters;
    this.#claims = options.claims;
    this.settings = options.settings;
  }

  /**
   * In the order of the Services. Of one on a cluster that is not configured any more nothing is known.
   *
   * @throws when the catalog does not answer
   */
  async of(services: readonly ServiceRef[]): Promise<Ownership[]> {
    const names = [...new Set(services.map(({ cluster }) => cluster))];
    const snapshots = new Map(
      await Promise.all(
        names.map(
          async name =>
            [
              name,
              await this.#clusters.get(name)?.snapshots.snapshot(),
            ] as const,
        ),
      ),
    );
    return this.judge(
      services.map(service => {
        const snapshot = snapshots.get(service.cluster);
        return snapshot
          ? serviceThing(snapshot, service)
          : {
              ref: service,
              kind: 'Service',
              labels: [],
              unseen: ['Service', 'Namespace'],
            };
      }),
    );
  }

  /**
   * In turns with other work: there may be thousands.
   *
   * @param asking - an entity as it was read just now
   */
  async judge(
    things: readonly MeshThing[],
    asking?: Claimant,
  ): Promise<Ownership[]> {
    const known = await this.#claims.about(
      things,
      this.settings.namespaces.flatMap(({ owners }) => owners),
      asking,
    );
    const judged: Ownership[] = [];
    for (const thing of things) {
      await inTurns();
      judged.push(judgeOwnership(thing, known, this.settings));
    }
    return judged;
  }
}
