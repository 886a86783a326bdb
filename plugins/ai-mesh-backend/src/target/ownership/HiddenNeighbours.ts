import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import type { MeshClusters } from '../MeshClusters';
import type { Target } from '../Target';
import type { CatalogClaims } from './CatalogClaims';
import type { Claimant } from './Claimant';
import type { MeshThing } from './MeshThing';
import type { Neighbour } from './Neighbour';
import type { Ownership } from './Ownership';
import type { ServiceOwnerships } from './ServiceOwnerships';
import type { Readers } from './TargetsForReaders';
import {
  thingKey,
  thingsNamed,
  workloadsBehind,
  type Named,
} from './thingsNamed';

interface Options {
  clusters: Pick<MeshClusters, 'get'>;
  ownerships: Pick<ServiceOwnerships, 'judge'>;
  claims: Pick<CatalogClaims, 'claimants'>;
  readers: Readers;
}

const keyOf = (
  cluster: string,
  kind: string,
  { namespace, name }: { namespace: string; name: string },
) => thingKey({ ref: { cluster, namespace, name }, kind });

/** What one reader may see of things whose ownership is known. */
class Sight {
  readonly #own: ReadonlySet<string>;

  constructor(
    private readonly judged: ReadonlyMap<string, Ownership>,
    private readonly ofGroups: readonly Claimant[],
    private readonly readable: ReadonlySet<string>,
    { clusters }: Pick<Target, 'clusters'>,
  ) {
    this.#own = new Set(
      clusters.flatMap(({ cluster, services, workloads }) => [
        ...services.map(one => keyOf(cluster.name, 'Service', one)),
        ...workloads.map(one => keyOf(cluster.name, one.kind, one)),
      ]),
    );
  }

  /** A workload that does not say itself whose it is goes with the Services that select it. */
  isVisible({ thing, services }: Named): boolean {
    const ownership = this.judged.get(thingKey(thing))!;
    if (this.#own.has(thingKey(thing))) {
      return true;
    }
    return services.length > 0 && ownership.rule !== 'service'
      ? ownership.claims.every(ref => this.readable.has(ref)) &&
          services.every(service => this.#maySee(service))
      : this.#maySee(thing);
  }

  #maySee(thing: MeshThing): boolean {
    if (this.#own.has(thingKey(thing))) {
      return true;
    }
    const { rule, owners, byOwners, claims, unseen } = this.judged.get(
      thingKey(thing),
    )!;
    if (rule === undefined) {
      return !unseen && claims.every(ref => this.readable.has(ref));
    }
    // A team that owns everything of a namespace is itself no entity whose mesh is looked at.
    return (
      owners.some(ref => this.readable.has(ref)) ||
      (owners.every(ref => byOwners.includes(ref)) && this.#mayAllOf(byOwners))
    );
  }

  /** Which of a team's entities it is nobody says: whoever may see all of them may see it. */
  #mayAllOf(groups: readonly string[]): boolean {
    const entities = this.ofGroups.filter(({ owners }) =>
      owners.some(owner => groups.includes(owner)),
    );
    return (
      entities.length > 0 &&
      entities.every(({ entityRef }) => this.readable.has(entityRef))
    );
  }
}

/** Tells which neighbours of an entity a reader may not see. */
export class HiddenNeighbours {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /**
   * Of these, those that are not known to be visible to the reader, with the workloads behind them. Visible is what the
   * entity has itself, what belongs to an entity that the reader may see, and what provably belongs to nobody, such as a
   * gateway of the mesh. What is on no cluster that can be looked at, or is called as nothing there, is hidden.
   *
   * @throws when the catalog does not answer
   */
  async among(
    neighbours: readonly Neighbour[],
    target: Pick<Target, 'clusters'>,
    credentials: BackstageCredentials,
  ): Promise<Neighbour[]> {
    const snapshots = await this.#snapshots(neighbours);
    const named = neighbours.map(neighbour =>
      neighbour.clusters.flatMap(cluster => {
        const snapshot = snapshots.get(cluster);
        return snapshot ? thingsNamed(snapshot, neighbour) : [];
      }),
    );
    const sight = await this.#sight(named.flat(), target, credentials);
    const hidden = neighbours.filter(
      (_, index) =>
        named[index].length === 0 ||
        !named[index].every(one => sight.isVisible(one)),
    );
    return [
      ...hidden,
      ...hidden.flatMap(one =>
        one.clusters.flatMap(cluster => {
          const snapshot = snapshots.get(cluster);
          return (snapshot ? workloadsBehind(snapshot, one) : [])
            .filter(({ name }) => name !== one.name)
            .map(({ namespace, name }) => ({
              clusters: [cluster],
              namespace,
              name,
            }));
        }),
      ),
    ];
  }

  async #snapshots(
    neighbours: readonly Neighbour[],
  ): Promise<Map<string, MeshSnapshot>> {
    const names = [...new Set(neighbours.flatMap(({ clusters }) => clusters))];
    const found = await Promise.all(
      names.map(async name => {
        const cluster = this.#options.clusters.get(name);
        return cluster
          ? [[name, await cluster.snapshots.snapshot()] as const]
          : [];
      }),
    );
    return new Map(found.flat());
  }

  async #sight(
    named: readonly Named[],
    target: Pick<Target, 'clusters'>,
    credentials: BackstageCredentials,
  ): Promise<Sight> {
    const { ownerships, claims, readers } = this.#options;
    const things = new Map(
      named
        .flatMap(({ thing, services }) => [thing, ...services])
        .map(thing => [thingKey(thing), thing]),
    );
    const judged = await ownerships.judge([...things.values()]);
    const groups = new Set(judged.flatMap(({ byOwners }) => byOwners));
    const ofGroups =
      groups.size === 0
        ? []
        : (await claims.claimants()).filter(({ owners }) =>
            owners.some(owner => groups.has(owner)),
          );
    const { readable } = await readers.look(
      [
        ...new Set([
          ...judged.flatMap(one => [...one.owners, ...one.claims]),
          ...ofGroups.map(({ entityRef }) => entityRef),
        ]),
      ],
      credentials,
    );
    return new Sight(
      new Map([...things.keys()].map((key, index) => [key, judged[index]])),
      ofGroups,
      readable,
      target,
    );
  }
}
