import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import type { MeshClusters } from '../MeshClusters';
import type { ClusterTarget } from '../Target';
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

export interface HiddenNeighboursOptions {
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

/** What an entity has itself. */
export interface OwnThings {
  clusters: readonly (Pick<ClusterTarget, 'services' | 'workloads'> & {
    cluster: { name: string };
  })[];
}

/** What one reader may see of things whose ownership is known. */
class Sight {
  readonly #own: ReadonlySet<string>;
  /** Whether all entities of some groups may be seen, which many things ask about the same groups. */
  readonly #allOf = new Map<string, boolean>();

  constructor(
    private readonly judged: ReadonlyMap<string, Ownership>,
    private readonly ofGroups: readonly Claimant[],
    private readonly readable: ReadonlySet<string>,
    { clusters }: OwnThings,
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
    const key = JSON.stringify(groups);
    const may = this.#allOf.get(key) ?? this.#seesAllOf(groups);
    this.#allOf.set(key, may);
    return may;
  }

  #seesAllOf(groups: readonly string[]): boolean {
    const entities = this.ofGroups.filter(({ owners }) =>
      owners.some(owner => groups.includes(owner)),
    );
    return (
      entities.length > 0 &&
      entities.every(({ entityRef }) => this.readable.has(entityRef))
    );
  }
}

/** Where no namespace is called as what stands before a slash in a text, such as `svc/cart`, the name stands alone. */
function thingsMeant(snapshot: MeshSnapshot, neighbour: Neighbour): Named[] {
  const { namespace, name, ifKnown } = neighbour;
  return ifKnown &&
    namespace !== undefined &&
    !snapshot.get('Namespace', '', namespace) &&
    snapshot.inNamespace('Service', namespace).length === 0
    ? thingsNamed(snapshot, { name })
    : thingsNamed(snapshot, neighbour);
}

/** Tells which neighbours of an entity a reader may not see. */
export class HiddenNeighbours {
  readonly #options: HiddenNeighboursOptions;

  constructor(options: HiddenNeighboursOptions) {
    this.#options = options;
  }

  /**
   * Of these, those that are not known to be visible to the reader, with the workloads behind them. Visible is what the
   * entity has itself, what belongs to an entity that the reader may see, and what provably belongs to nobody, such as a
   * gateway of the mesh. What is on no cluster that can be looked at, or is called as nothing there, is hidden; a word
   * of a text is not.
   *
   * @throws when the catalog does not answer
   */
  async among(
    neighbours: readonly Neighbour[],
    target: OwnThings,
    credentials: BackstageCredentials,
  ): Promise<Neighbour[]> {
    const snapshots = await this.#snapshots(neighbours);
    const named = neighbours.map(neighbour =>
      neighbour.clusters.flatMap(cluster => {
        const snapshot = snapshots.get(cluster);
        return snapshot ? thingsMeant(snapshot, neighbour) : [];
      }),
    );
    const sight = await this.#sight(named.flat(), target, credentials);
    const hidden = neighbours.flatMap((one, index) => {
      const things = named[index];
      if (things.length === 0) {
        return one.ifKnown ? [] : [one];
      }
      if (things.every(thing => sight.isVisible(thing))) {
        return [];
      }
      // What stands before a word in a text need not be its namespace: the cluster knows that.
      return one.ifKnown
        ? things.map(({ thing }) => ({
            ...one,
            clusters: [thing.ref.cluster],
            namespace: thing.ref.namespace,
          }))
        : [one];
    });
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
    target: OwnThings,
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
