import type { AuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { LRUCache } from 'lru-cache';
import { labelPair, pairs } from '../../kubernetes/labels';
import { allEntities, inAMesh, type PagedCatalog } from '../allEntities';
import { labelNamed, meets } from '../LabelSelector';
import { RenewedAhead } from '../RenewedAhead';
import type { TargetQuery } from '../TargetQuery';
import { claimantOf, type Claimant } from './Claimant';
import { marksOf } from './marksOf';
import type { MeshThing } from './MeshThing';
import type { KnownEntities } from './Ownership';

const FRESH_MS = 60_000;
const MOST_NAMED = 10_000;

interface Claims {
  byRef: ReadonlyMap<string, Claimant>;
  byName: ReadonlyMap<string, Claimant[]>;
  /** Those that look for a label with its value. */
  byLabel: ReadonlyMap<string, Claimant[]>;
  bySelector: readonly Claimant[];
}

/**
 * Every claim in the catalog, whoever may see it: whose a Service is does not depend on who asks. Of at most a minute ago, and
 * read anew behind the back of whoever asks once half of that is over. Asks the catalog with the plugin's own credentials; what
 * is told of it to a reader is for others to decide.
 */
export class CatalogClaims {
  readonly #catalog: PagedCatalog & Pick<CatalogService, 'getEntitiesByRefs'>;
  readonly #auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  readonly #clusters: readonly string[];
  readonly #claims: RenewedAhead<Claims>;
  /** Entities that marks name and that claim nothing themselves: whether the catalog has them. */
  readonly #named: LRUCache<string, boolean>;
  #renewing?: Promise<void>;

  constructor(options: {
    catalog: PagedCatalog & Pick<CatalogService, 'getEntitiesByRefs'>;
    auth: Pick<AuthService, 'getOwnServiceCredentials'>;
    /** The names that are configured, which annotations may name. */
    clusters: readonly string[];
    now?(): number;
  }) {
    const now = options.now ?? (() => performance.now());
    this.#claims = new RenewedAhead(FRESH_MS, now);
    this.#named = new LRUCache({
      max: MOST_NAMED,
      ttl: FRESH_MS,
      ttlResolution: 0,
      perf: { now },
    });
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#clusters = options.clusters;
  }

  /**
   * What the catalog knows about these.
   *
   * @param more - references that the configuration names
   * @param asking - an entity as it was read just now, which counts more than what was read up to a minute ago
   * @throws when the catalog does not answer
   */
  async about(
    things: readonly MeshThing[],
    more: readonly string[] = [],
    asking?: Claimant,
  ): Promise<KnownEntities> {
    const claims = await this.#all();
    const named = things.flatMap(({ metadata, namespace }) =>
      [marksOf(metadata), marksOf(namespace)].flatMap(marks =>
        marks ? [...marks.entities, ...(marks.byId ? [marks.byId] : [])] : [],
      ),
    );
    await this.#learn(
      [...new Set([...named, ...more])].filter(ref => !claims.byRef.has(ref)),
    );
    return {
      exists: ref =>
        ref === asking?.entityRef ||
        claims.byRef.has(ref) ||
        this.#named.get(ref) === true,
      claiming: thing => claiming(thing, claims, asking),
    };
  }

  /** All entities that claim something. */
  async claimants(): Promise<readonly Claimant[]> {
    return [...(await this.#all()).byRef.values()];
  }

  async #learn(refs: readonly string[]): Promise<void> {
    const unknown = refs.filter(ref => !this.#named.has(ref));
    if (unknown.length > 0) {
      await this.#ask(unknown);
    }
    const ageing = refs.filter(
      ref => this.#named.getRemainingTTL(ref) <= FRESH_MS / 2,
    );
    if (ageing.length > 0) {
      this.#renewing ??= this.#ask(ageing)
        // Whoever asks once they are too old is told.
        .catch(() => undefined)
        .finally(() => {
          this.#renewing = undefined;
        });
    }
  }

  async #ask(refs: readonly string[]): Promise<void> {
    const { items } = await this.#catalog.getEntitiesByRefs(
      {
        entityRefs: [...refs],
        fields: ['kind', 'metadata.namespace', 'metadata.name'],
      },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    refs.forEach((ref, index) =>
      this.#named.set(ref, items[index] !== undefined),
    );
  }

  #all(): Promise<Claims> {
    return this.#claims.get(() => this.#read());
  }

  async #read(): Promise<Claims> {
    const items = await allEntities(
      this.#catalog,
      {
        filter: inAMesh,
        fields: [
          'kind',
          'metadata.namespace',
          'metadata.name',
          'metadata.annotations',
          'relations',
        ],
      },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    return sorted(
      new Map(
        items.map(entity => [
          stringifyEntityRef(entity),
          claimantOf(entity, this.#clusters),
        ]),
      ),
    );
  }
}

function sorted(byRef: ReadonlyMap<string, Claimant>): Claims {
  const byName = new Map<string, Claimant[]>();
  const byLabel = new Map<string, Claimant[]>();
  const bySelector: Claimant[] = [];
  const add = (
    map: Map<string, Claimant[]>,
    key: string,
    claimant: Claimant,
  ) => {
    const present = map.get(key);
    if (present) {
      present.push(claimant);
    } else {
      map.set(key, [claimant]);
    }
  };
  for (const claimant of byRef.values()) {
    const { query } = claimant;
    const label =
      query?.find === 'labels' ? labelNamed(query.requirements) : undefined;
    if (query?.find === 'services') {
      for (const { namespace, name } of query.services) {
        add(byName, `${namespace}/${name}`, claimant);
      }
    } else if (label) {
      for (const value of new Set(label.values)) {
        add(byLabel, labelPair(label.key, value), claimant);
      }
    } else if (query) {
      bySelector.push(claimant);
    }
  }
  return { byRef, byName, byLabel, bySelector };
}

function claiming(
  thing: MeshThing,
  claims: Claims,
  asking?: Claimant,
): Claimant[] {
  const { namespace, name } = thing.ref;
  const candidates = [
    ...(thing.kind === 'Service'
      ? (claims.byName.get(`${namespace}/${name}`) ?? [])
      : []),
    ...thing.labels
      .flatMap(pairs)
      .flatMap(pair => claims.byLabel.get(pair) ?? []),
    ...claims.bySelector,
  ].filter(({ entityRef }) => entityRef !== asking?.entityRef);
  return [...new Set([...candidates, ...(asking ? [asking] : [])])].filter(
    ({ query }) => query !== undefined && claimsThing(query, thing),
  );
}

function claimsThing(query: TargetQuery, { ref, labels }: MeshThing): boolean {
  return query.find === 'services'
    ? query.services.some(
        wanted =>
          wanted.namespace === ref.namespace &&
          wanted.name === ref.name &&
          (wanted.cluster ?? ref.cluster) === ref.cluster,
      )
    : (query.namespace ?? ref.namespace) === ref.namespace &&
        (query.cluster ?? ref.cluster) === ref.cluster &&
        labels.some(one => meets(one, query.requirements));
}
