import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  servicesOfWorkload,
  workloadsOfService,
} from '../../kubernetes/workloadsOfService';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import type { Target } from '../Target';
import { serviceThing, workloadThing, type MeshThing } from './MeshThing';
import type { Ownership } from './Ownership';
import type { ServiceOwnerships } from './ServiceOwnerships';
import type { Readers } from './TargetsForReaders';

/** Something in an answer that has a name on a cluster: a Service, or a workload. */
export interface Neighbour {
  cluster: string;
  namespace: string;
  name: string;
}

const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;

/** Tells which neighbours of an entity belong to entities that a reader may not see. */
export class HiddenNeighbours {
  readonly #ownerships: Pick<ServiceOwnerships, 'judge'>;
  readonly #readers: Readers;

  constructor(options: {
    ownerships: Pick<ServiceOwnerships, 'judge'>;
    readers: Readers;
  }) {
    this.#ownerships = options.ownerships;
    this.#readers = options.readers;
  }

  /**
   * Of these, those that have an entity and none that the reader may see; with the workloads behind them. What no entity
   * owns or claims, such as a gateway of the mesh, hides nobody.
   *
   * @throws when the catalog does not answer
   */
  async among(
    neighbours: readonly Neighbour[],
    target: Target,
    credentials: BackstageCredentials,
  ): Promise<Neighbour[]> {
    const snapshots = new Map(
      target.searched.map(({ snapshot }) => [snapshot.cluster, snapshot]),
    );
    const things = neighbours.map(neighbour => {
      const snapshot = snapshots.get(neighbour.cluster);
      return snapshot ? thingsBehind(snapshot, neighbour) : [];
    });
    const judged = await this.#ownerships.judge(things.flat());
    const { readable } = await this.#readers.look(
      [
        ...new Set(
          judged.flatMap(({ owners, claims }) => [...owners, ...claims]),
        ),
      ],
      credentials,
    );
    let next = 0;
    const hidden = neighbours.filter((_, index) => {
      const from = next;
      next += things[index].length;
      return judged
        .slice(from, next)
        .some(one => isHidden(one, ref => readable.has(ref)));
    });
    return [
      ...hidden,
      ...hidden.flatMap(one => workloadsBehind(one, snapshots)),
    ];
  }
}

/** A name may be a Service's, a workload's, or both; a workload is its Services' too. */
function thingsBehind(
  snapshot: MeshSnapshot,
  { namespace, name }: Neighbour,
): MeshThing[] {
  const workloads = workloadKinds
    .filter(kind => snapshot.get(kind, namespace, name))
    .map(kind => ({ kind, namespace, name }));
  const services = new Set([
    ...(snapshot.get('Service', namespace, name) ? [name] : []),
    ...workloads.flatMap(workload =>
      servicesOfWorkload(snapshot, workload).map(
        ({ metadata }) => metadata.name,
      ),
    ),
  ]);
  return [
    ...[...services].map(service =>
      serviceThing(snapshot, { namespace, name: service }),
    ),
    ...workloads.map(workload => workloadThing(snapshot, workload)),
  ];
}

/** Their names tell as much as the Service's. */
function workloadsBehind(
  { cluster, namespace, name }: Neighbour,
  snapshots: ReadonlyMap<string, MeshSnapshot>,
): Neighbour[] {
  const snapshot = snapshots.get(cluster);
  const service = snapshot?.get('Service', namespace, name);
  return snapshot && service
    ? workloadsOfService(snapshot, service)
        .filter(workload => workload.name !== name)
        .map(workload => ({ cluster, namespace, name: workload.name }))
    : [];
}

function isHidden(
  { rule, owners, claims }: Ownership,
  readable: (entityRef: string) => boolean,
): boolean {
  return rule === undefined ? !claims.every(readable) : !owners.some(readable);
}
