import type { MeshClusters } from '../MeshClusters';
import { findTarget } from '../findTarget';
import type { CatalogClaims } from './CatalogClaims';
import { serviceThing, type MeshThing } from './MeshThing';
import { isContested, type Ownership } from './Ownership';
import type { ServiceOwnerships } from './ServiceOwnerships';

const FRESH_MS = 60_000;
/** So long the search may keep everybody else waiting at a time. */
const TURN_MS = 20;

/**
 * The Services that more entities claim than own them, in every cluster: for the platform's engineers. Looked for at
 * most once a minute.
 */
export class ContestedClaims {
  readonly #clusters: MeshClusters;
  readonly #claims: Pick<CatalogClaims, 'claimants'>;
  readonly #ownerships: Pick<ServiceOwnerships, 'judge'>;
  readonly #now: () => number;
  #kept?: { at: number; found: Promise<readonly Ownership[]> };

  constructor(options: {
    clusters: MeshClusters;
    claims: Pick<CatalogClaims, 'claimants'>;
    ownerships: Pick<ServiceOwnerships, 'judge'>;
    now(): number;
  }) {
    this.#clusters = options.clusters;
    this.#claims = options.claims;
    this.#ownerships = options.ownerships;
    this.#now = options.now;
  }

  /**
   * By cluster, namespace and name.
   *
   * @throws when the catalog does not answer
   */
  async list(): Promise<readonly Ownership[]> {
    const at = this.#now();
    if (!this.#kept || at - this.#kept.at > FRESH_MS) {
      const found = this.#find();
      this.#kept = { at, found };
      found.catch(() => {
        this.#kept = undefined;
      });
    }
    return this.#kept.found;
  }

  async #find(): Promise<Ownership[]> {
    const claimants = await this.#claims.claimants();
    const clusters = this.#clusters.list();
    const claimed = new Map<string, MeshThing>();
    for (const cluster of clusters) {
      const snapshot = await cluster.snapshots.snapshot();
      let turn = Date.now();
      for (const { query } of claimants) {
        const services = query
          ? findTarget(query, cluster, snapshot, clusters.length).services
          : [];
        for (const service of services) {
          const key = `${cluster.name}/${service.namespace}/${service.name}`;
          if (!claimed.has(key)) {
            claimed.set(key, serviceThing(snapshot, service));
          }
        }
        if (Date.now() - turn > TURN_MS) {
          await new Promise(resolve => setImmediate(resolve));
          turn = Date.now();
        }
      }
    }
    const ownerships = await this.#ownerships.judge(
      [...claimed].sort(([a], [b]) => a.localeCompare(b)).map(([, one]) => one),
    );
    return ownerships.filter(isContested);
  }
}
