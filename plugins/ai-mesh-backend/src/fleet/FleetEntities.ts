import {
  ANNOTATION_SERVICE,
  wording,
  type ServiceRef,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { LRUCache } from 'lru-cache';
import {
  mayReadByClaim,
  type ClaimedTarget,
  type OwnershipSettings,
  type Readers,
} from '../target/ownership';
import { allEntities, inAMesh, type PagedCatalog } from '../target/allEntities';
import { RenewedAhead } from '../target/RenewedAhead';
import { steadyClock } from '../target/steadyClock';
import type { FleetStanding, FleetStandings } from './FleetStandings';

const FRESH_MS = 15_000;
/** So long further pages are of what the first was made of: who turns thousands of rows slowly does not read them all anew. */
const TURNED_MS = 60_000;
const MOST_READERS = 100;

/** An entity that is in a mesh, as one reader may see it. */
export interface FleetEntity extends FleetStanding {
  entityRef: string;
  title?: string;
  type?: string;
  owners: readonly string[];
  systems: readonly string[];
  services: readonly ServiceRef[];
  /** Why none of them is shown, where its annotation finds more than an entity may have. */
  tooWide?: Words;
}

export interface FleetReaders extends Readers {
  /** Of entities that the catalog shows to the reader, those whose mesh may be seen. */
  allowed(
    entityRefs: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<ReadonlySet<string>>;
}

/**
 * The entities that are in a mesh and that a reader may see, with those of their Services that may be seen and how they
 * stand: two questions to the catalog, the one of them for each thousand, and two to the policy. Kept for some seconds for
 * each reader, and read anew meanwhile while the reader looks on.
 */
export class FleetEntities {
  readonly #catalog: PagedCatalog;
  readonly #readers: FleetReaders;
  readonly #standings: Pick<FleetStandings, 'of'>;
  readonly #targets: { list(): Promise<readonly ClaimedTarget[]> };
  readonly #settings: OwnershipSettings;
  /** Of who has looked within a minute. */
  readonly #kept = new LRUCache<string, RenewedAhead<readonly FleetEntity[]>>({
    max: MOST_READERS,
    ttl: TURNED_MS,
    ttlAutopurge: true,
    perf: steadyClock,
  });

  constructor(options: {
    catalog: PagedCatalog;
    readers: FleetReaders;
    standings: Pick<FleetStandings, 'of'>;
    targets: { list(): Promise<readonly ClaimedTarget[]> };
    settings: OwnershipSettings;
  }) {
    this.#catalog = options.catalog;
    this.#readers = options.readers;
    this.#standings = options.standings;
    this.#targets = options.targets;
    this.#settings = options.settings;
  }

  /**
   * @param turning - for a page after the first, which may be of what that one was made of
   * @throws when the catalog does not answer
   */
  async of(
    credentials: BackstageCredentials,
    { turning = false } = {},
  ): Promise<readonly FleetEntity[]> {
    const reader = JSON.stringify(credentials.principal);
    const present = this.#kept.get(reader) ?? new RenewedAhead(FRESH_MS);
    this.#kept.set(reader, present);
    return present.get(
      () => this.#read(credentials),
      turning ? TURNED_MS : undefined,
    );
  }

  async #read(credentials: BackstageCredentials): Promise<FleetEntity[]> {
    const [items, targets] = await Promise.all([
      allEntities(
        this.#catalog,
        {
          filter: inAMesh,
          fields: [
            'kind',
            'metadata.namespace',
            'metadata.name',
            'metadata.title',
            'metadata.etag',
            'metadata.annotations',
            'metadata.tags',
            'spec.type',
            'spec.lifecycle',
            'relations',
          ],
        },
        { credentials },
      ),
      this.#targets.list(),
    ]);
    const seen = new Map(items.map(one => [stringifyEntityRef(one), one]));
    const claimed = targets.filter(({ claimant }) =>
      seen.has(claimant.entityRef),
    );
    const [readable, others] = await Promise.all([
      this.#readers.allowed([...seen.keys()], credentials),
      this.#readers.look(
        [
          ...new Set(
            claimed.flatMap(({ services }) =>
              services.flatMap(({ ownership }) => ownership.owners),
            ),
          ),
        ].filter(ref => !seen.has(ref)),
        credentials,
      ),
    ]);
    const standings = await this.#standings.of(
      claimed.flatMap(({ claimant: { entityRef } }) =>
        readable.has(entityRef) ? seen.get(entityRef)! : [],
      ),
    );
    const mayRead = (ref: string) =>
      readable.has(ref) || others.readable.has(ref);
    return claimed.flatMap(({ claimant: { entityRef }, services }) =>
      readable.has(entityRef)
        ? this.#entityOf(
            seen.get(entityRef)!,
            standings.get(entityRef)!,
            services.flatMap(({ ref, ownership }) =>
              mayReadByClaim(ownership, entityRef, this.#settings, mayRead)
                ? ref
                : [],
            ),
            services.length,
          )
        : [],
    );
  }

  /** Of those that only the Kubernetes plugin's annotations lead somewhere else, nothing is in a mesh. */
  #entityOf(
    entity: Entity,
    standing: FleetStanding,
    services: readonly ServiceRef[],
    claims: number,
  ): FleetEntity[] {
    if (
      services.length === 0 &&
      entity.metadata.annotations?.[ANNOTATION_SERVICE] === undefined
    ) {
      return [];
    }
    const { mostServices } = this.#settings;
    const isTooWide = claims > mostServices;
    const { type } = entity.spec ?? {};
    return [
      {
        entityRef: stringifyEntityRef(entity),
        title: entity.metadata.title,
        ...(typeof type === 'string' && { type }),
        owners: related(entity, RELATION_OWNED_BY),
        systems: related(entity, RELATION_PART_OF).filter(
          ref => parseEntityRef(ref).kind === 'system',
        ),
        services: isTooWide ? [] : services,
        ...(isTooWide && {
          tooWide: wording('target.tooWide', {
            count: claims,
            most: mostServices,
          }),
        }),
        ...standing,
      },
    ];
  }
}

function related({ relations = [] }: Entity, wanted: string): string[] {
  return relations
    .filter(({ type }) => type === wanted)
    .map(({ targetRef }) => targetRef.toLocaleLowerCase('en-US'))
    .sort();
}
