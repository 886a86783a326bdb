import {
  allSaid,
  said,
  wordsOf,
  type ServiceOwnership,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { servicesOfWorkload } from '../../kubernetes/workloadsOfService';
import type { EntityTargetResolver } from '../EntityTargetResolver';
import type {
  ClusterTarget,
  ServicePart,
  Target,
  WorkloadRef,
} from '../Target';
import { claimantOf } from './Claimant';
import { mayReadByClaim } from './mayReadByClaim';
import { serviceThing, workloadThing } from './MeshThing';
import type { Ownership } from './Ownership';
import type { ServiceOwnerships } from './ServiceOwnerships';
import { ownershipFor, whyWithheld } from './tellOwnership';

/** What a reader may see of entities. */
export interface Readers {
  /** Of these, those that the catalog shows to the reader, and those whose mesh may be seen. */
  look(
    entityRefs: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<{ seen: ReadonlySet<string>; readable: ReadonlySet<string> }>;
}

/** What an entity's annotation leads to. */
interface Judged {
  target: Target;
  /** By cluster, kind and name. */
  ownerships: ReadonlyMap<string, Ownership>;
  /** The entities that own or claim some of it beside this one. */
  others: readonly string[];
}

/**
 * Finds what an entity owns in the mesh, as far as a reader may see it: of what provably is another entity's only as
 * much as may be seen of that one.
 */
export class TargetsForReaders {
  readonly #resolver: Pick<EntityTargetResolver, 'resolve'>;
  readonly #ownerships: ServiceOwnerships;
  readonly #readers: Readers;
  readonly #clusters: readonly string[];

  constructor(options: {
    resolver: Pick<EntityTargetResolver, 'resolve'>;
    ownerships: ServiceOwnerships;
    readers: Readers;
    /** The names that are configured. */
    clusters: readonly string[];
  }) {
    this.#resolver = options.resolver;
    this.#ownerships = options.ownerships;
    this.#readers = options.readers;
    this.#clusters = options.clusters;
  }

  /** @throws NotFoundError, InputError as {@link EntityTargetResolver} */
  async resolve(
    entity: Entity,
    credentials: BackstageCredentials,
  ): Promise<Target> {
    const found = await this.#find(entity);
    return this.#shown(found, await this.#look([found], credentials));
  }

  /**
   * The same of many entities, with one question about what the reader may see. Where an entity has none, the error that
   * {@link resolve} would throw stands in its place.
   */
  async resolveAll(
    entities: readonly Entity[],
    credentials: BackstageCredentials,
  ): Promise<PromiseSettledResult<Target>[]> {
    const found = await Promise.allSettled(
      entities.map(entity => this.#find(entity)),
    );
    const sight = await this.#look(
      found.flatMap(one => (one.status === 'fulfilled' ? one.value : [])),
      credentials,
    );
    return found.map(one =>
      one.status === 'fulfilled'
        ? { ...one, value: this.#shown(one.value, sight) }
        : one,
    );
  }

  /** What the annotation leads to, whoever may see it, with whose each thing is. */
  async #find(entity: Entity): Promise<Judged> {
    const entityRef = stringifyEntityRef(entity);
    const found = await this.#resolver.resolve(entity);
    const things = found.clusters.flatMap(
      ({ snapshot, services, workloads }) => [
        ...services.map(service => serviceThing(snapshot, service)),
        ...workloads.map(workload => workloadThing(snapshot, workload)),
      ],
    );
    const judged = await this.#ownerships.judge(
      things,
      claimantOf(entity, this.#clusters),
    );
    const each = new Map(
      judged.map((ownership, index) => [
        keyOf(ownership.ref.cluster, things[index].kind, ownership.ref),
        ownership,
      ]),
    );
    const target = withoutOthersParts(found, each, entityRef);
    const ownerships = new Map([
      ...each,
      ...target.clusters.flatMap(({ cluster, parts = [] }) =>
        parts.map(part => {
          const of = (name: string) =>
            keyOf(cluster.name, 'Service', { ...part, name });
          return [
            of(part.name),
            ownershipOfPart(
              { part, ...each.get(of(part.name))! },
              each.get(of(part.of))!,
              target,
            ),
          ] as const;
        }),
      ),
    ]);
    const others = judged
      .flatMap(({ owners, claims }) => [...owners, ...claims])
      .filter(ref => ref !== entityRef);
    return { target, ownerships, others };
  }

  async #look(
    found: readonly Judged[],
    credentials: BackstageCredentials,
  ): ReturnType<Readers['look']> {
    return this.#readers.look(
      [...new Set(found.flatMap(({ others }) => others))],
      credentials,
    );
  }

  #shown(
    { target, ownerships }: Judged,
    { seen, readable }: Awaited<ReturnType<Readers['look']>>,
  ): Target {
    const { entityRef } = target;
    const mayRead = (ownership: Ownership) =>
      mayReadByClaim(ownership, entityRef, this.#ownerships.settings, ref =>
        readable.has(ref),
      );
    return shown(target, ownerships, {
      mayRead,
      isOwn: ({ owners }) =>
        this.#ownerships.settings.claims === 'any' ||
        owners.includes(entityRef),
      tell: ownership =>
        ownershipFor(ownership, entityRef, seen, !mayRead(ownership)),
    });
  }
}

/**
 * A Service that is a version of another one is whose that one is, where nothing says otherwise: no entity claims it, but
 * its namespace may name the owner for it. Where routes alone make it one, that proves nothing: it is shown with the other
 * one, and no more.
 */
function ownershipOfPart(
  { part: { byRoute }, ...part }: Ownership & { part: ServicePart },
  whole: Ownership,
  { entityRef, owners }: Pick<Target, 'entityRef' | 'owners'>,
): Ownership {
  const isOwners =
    part.owners.length === 0 &&
    part.byOwners.some(owner => owners.includes(owner));
  const isWholes = part.rule === undefined || isOwners;
  const isUnproven = !isOwners && byRoute && whole.owners.includes(entityRef);
  return isWholes && !isUnproven
    ? { ...whole, ref: part.ref, claims: part.claims }
    : part;
}

/** Routes make nothing a version of an entity's Service that another entity claims or owns. */
function withoutOthersParts(
  target: Target,
  ownerships: ReadonlyMap<string, Ownership>,
  entityRef: string,
): Target {
  return {
    ...target,
    clusters: target.clusters.map(({ parts = [], ...one }) => {
      const isOthers = (part: ServicePart) => {
        const { owners, claims } = ownerships.get(
          keyOf(one.cluster.name, 'Service', part),
        )!;
        return [...owners, ...claims].some(ref => ref !== entityRef);
      };
      const dropped = parts.filter(part => part.byRoute && isOthers(part));
      const kept = parts.filter(part => !dropped.includes(part));
      return {
        ...one,
        services: one.services.filter(
          ({ namespace, name }) =>
            !dropped.some(
              part => part.namespace === namespace && part.name === name,
            ),
        ),
        ...(kept.length > 0 && { parts: kept }),
      };
    }),
  };
}

function keyOf(
  cluster: string,
  kind: string,
  { namespace, name }: { namespace: string; name: string },
): string {
  return JSON.stringify([cluster, kind, namespace, name]);
}

function shown(
  target: Target,
  ownerships: ReadonlyMap<string, Ownership>,
  {
    mayRead,
    isOwn,
    tell,
  }: {
    mayRead: (ownership: Ownership) => boolean;
    isOwn: (ownership: Ownership) => boolean;
    tell: (ownership: Ownership) => ServiceOwnership;
  },
): Target {
  const clusters = target.clusters.map(one => {
    const of = (kind: string, ref: { namespace: string; name: string }) =>
      ownerships.get(keyOf(one.cluster.name, kind, ref))!;
    const only = (counts: (ownership: Ownership) => boolean) => {
      const services = one.services.filter(service =>
        counts(of('Service', service)),
      );
      return {
        services,
        workloads: one.workloads.filter(workload =>
          workloadCounts(
            one,
            workload,
            services,
            counts,
            of(workload.kind, workload),
          ),
        ),
      };
    };
    return {
      all: one,
      target: { ...one, ...only(mayRead), proven: only(isOwn) },
      told: one.services.map(service => tell(of('Service', service))),
    };
  });
  const { searched, ...resolution } = target.resolution;
  return {
    ...target,
    resolution: {
      ...resolution,
      searched: searched.map(row => {
        const here = clusters.find(
          ({ all }) => all.cluster.name === row.cluster,
        );
        const kept = (list: readonly { namespace: string; name: string }[]) =>
          new Set(list.map(({ namespace, name }) => `${namespace}/${name}`));
        const services = kept(here?.target.services ?? []);
        const workloads = kept(here?.target.workloads ?? []);
        const why = [
          ...wordsOf(row),
          ...(here?.told ?? []).filter(one => one.withheld).map(whyWithheld),
        ];
        return {
          ...row,
          services: row.services.filter(one =>
            services.has(`${one.namespace}/${one.name}`),
          ),
          workloads: row.workloads.filter(one =>
            workloads.has(`${one.namespace}/${one.name}`),
          ),
          ...(why.length > 0 && allSaid(said(...why))),
        };
      }),
      ownership: clusters.flatMap(({ told }) => told),
    },
    clusters: clusters
      .map(one => one.target)
      .filter(
        ({ services, workloads }) => services.length + workloads.length > 0,
      ),
  };
}

/**
 * A workload comes with the Services that count. One that says itself whose it is needs no Service for that, and one that
 * no Service selects stands for itself.
 */
function workloadCounts(
  { snapshot, services: found }: ClusterTarget,
  workload: WorkloadRef,
  counted: readonly { namespace: string; name: string }[],
  counts: (ownership: Ownership) => boolean,
  ownership: Ownership,
): boolean {
  if (ownership.rule !== undefined) {
    return counts(ownership);
  }
  const among = (
    list: readonly { namespace: string; name: string }[],
    { namespace = '', name }: { namespace?: string; name: string },
  ) => list.some(one => one.namespace === namespace && one.name === name);
  const selecting = servicesOfWorkload(snapshot, workload).filter(
    ({ metadata }) => among(found, metadata),
  );
  return selecting.length > 0
    ? selecting.some(({ metadata }) => among(counted, metadata))
    : counts(ownership);
}
