import type { ServiceRef } from '@ai-mesh/plugin-ai-mesh-common';
import { findTarget } from '../findTarget';
import type { Found } from '../Found';
import { inTurns } from '../inTurns';
import type { MeshClusters } from '../MeshClusters';
import { RenewedAhead } from '../RenewedAhead';
import type { CatalogClaims } from './CatalogClaims';
import type { Claimant } from './Claimant';
import { serviceThing, type MeshThing } from './MeshThing';
import type { Ownership } from './Ownership';
import type { ServiceOwnerships } from './ServiceOwnerships';

const FRESH_MS = 15_000;
const NOTHING: Pick<Found, 'services' | 'presumed'> = {
  services: [],
  presumed: [],
};

/** An entity of the catalog, and the Services that its annotation leads to, whoever owns them. */
export interface ClaimedTarget {
  claimant: Claimant;
  services: readonly ClaimedService[];
}

export interface ClaimedService {
  ref: ServiceRef;
  ownership: Ownership;
  /** It must be meant, but the cluster cannot confirm that it is there. */
  presumed: boolean;
}

/**
 * What all entities' annotations lead to, in every cluster. Whoever may see it: what is told of it to a reader is for
 * others to decide. Of at most 15 s ago.
 */
export class ClaimedTargets {
  readonly #clusters: MeshClusters;
  readonly #claims: Pick<CatalogClaims, 'claimants'>;
  readonly #ownerships: Pick<ServiceOwnerships, 'judge'>;
  readonly #kept: RenewedAhead<readonly ClaimedTarget[]>;

  constructor(options: {
    clusters: MeshClusters;
    claims: Pick<CatalogClaims, 'claimants'>;
    ownerships: Pick<ServiceOwnerships, 'judge'>;
    now(): number;
  }) {
    this.#clusters = options.clusters;
    this.#claims = options.claims;
    this.#ownerships = options.ownerships;
    this.#kept = new RenewedAhead(FRESH_MS, options.now);
  }

  /** @throws when the catalog does not answer */
  async list(): Promise<readonly ClaimedTarget[]> {
    return this.#kept.get(() => this.#find());
  }

  async #find(): Promise<ClaimedTarget[]> {
    const claimants = await this.#claims.claimants();
    const clusters = this.#clusters.list();
    const things = new Map<string, MeshThing>();
    const claimed = claimants.map(claimant => ({
      claimant,
      services: new Map<string, { presumed: boolean }>(),
    }));
    for (const cluster of clusters) {
      const snapshot = await cluster.snapshots.snapshot();
      for (const { claimant, services } of claimed) {
        await inTurns();
        const { services: confirmed, presumed } = claimant.query
          ? findTarget(claimant.query, cluster, snapshot, clusters.length)
          : NOTHING;
        for (const service of [...confirmed, ...presumed]) {
          const key = `${cluster.name}/${service.namespace}/${service.name}`;
          services.set(key, { presumed: presumed.includes(service) });
          if (!things.has(key)) {
            things.set(key, serviceThing(snapshot, service));
          }
        }
      }
    }
    const judged = await this.#ownerships.judge([...things.values()]);
    const ownerships = new Map(
      [...things.keys()].map((key, index) => [key, judged[index]]),
    );
    return claimed.map(({ claimant, services }) => ({
      claimant,
      services: [...services].map(([key, { presumed }]) => {
        const ownership = ownerships.get(key)!;
        return { ref: ownership.ref, ownership, presumed };
      }),
    }));
  }
}
