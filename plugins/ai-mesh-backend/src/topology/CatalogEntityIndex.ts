import { TARGET_ANNOTATIONS } from '@ai-mesh/plugin-ai-mesh-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { LRUCache } from 'lru-cache';
import { meets } from '../target/LabelSelector';
import { parseTargetQuery } from '../target/parseTargetQuery';
import type { TargetQuery } from '../target/TargetQuery';
import type { EntityIndex, OwnedService } from './EntityIndex';

/** An entity, and what it says to own. */
interface Claim {
  entityRef: string;
  kind: string;
  query: TargetQuery;
}

const FRESH_MS = 60_000;
const MOST_READERS = 200;

/**
 * Finds entities by the annotations that lead into the mesh. Asks the catalog once for all of them, and keeps the
 * answer for a minute for each reader, because readers may see different entities.
 */
export class CatalogEntityIndex {
  readonly #catalog: Pick<CatalogService, 'getEntities'>;
  readonly #clusters: readonly string[];
  readonly #claims = new LRUCache<string, Promise<Claim[]>>({
    max: MOST_READERS,
    ttl: FRESH_MS,
  });

  /** @param options - `clusters`: the names that are configured, which annotations may name */
  constructor(options: {
    catalog: Pick<CatalogService, 'getEntities'>;
    clusters: readonly string[];
  }) {
    this.#catalog = options.catalog;
    this.#clusters = options.clusters;
  }

  /** The catalog as one reader may see it. */
  forReader(credentials: BackstageCredentials): EntityIndex {
    return {
      findMany: async services => {
        if (services.length === 0) {
          return [];
        }
        const claims = await this.#claimsFor(credentials);
        return services.map(
          service =>
            claims.find(({ query }) => claimsService(query, service))
              ?.entityRef,
        );
      },
    };
  }

  #claimsFor(credentials: BackstageCredentials): Promise<Claim[]> {
    const reader = JSON.stringify(credentials.principal);
    const present = this.#claims.get(reader);
    if (present) {
      return present;
    }
    const claims = this.#readClaims(credentials);
    this.#claims.set(reader, claims);
    claims.catch(() => this.#claims.delete(reader));
    return claims;
  }

  async #readClaims(credentials: BackstageCredentials): Promise<Claim[]> {
    const { items } = await this.#catalog.getEntities(
      {
        filter: TARGET_ANNOTATIONS.map(annotation => ({
          [`metadata.annotations.${annotation}`]: CATALOG_FILTER_EXISTS,
        })),
        fields: [
          'kind',
          'metadata.namespace',
          'metadata.name',
          'metadata.annotations',
        ],
      },
      { credentials },
    );
    return items.flatMap(entity => this.#claimOf(entity)).sort(byCloseness);
  }

  #claimOf(entity: Entity): Claim[] {
    try {
      return [
        {
          entityRef: stringifyEntityRef(entity),
          kind: entity.kind,
          query: parseTargetQuery(entity, this.#clusters),
        },
      ];
    } catch (error) {
      if (isError(error) && error.name === 'InputError') {
        // An annotation that cannot be read owns nothing; that entity's own page says what is wrong with it.
        return [];
      }
      throw error;
    }
  }
}

function claimsService(query: TargetQuery, service: OwnedService): boolean {
  const { cluster, namespace, name, labels } = service;
  return query.find === 'services'
    ? query.services.some(
        wanted =>
          wanted.namespace === namespace &&
          wanted.name === name &&
          (wanted.cluster ?? cluster) === cluster,
      )
    : (query.namespace ?? namespace) === namespace &&
        (query.cluster ?? cluster) === cluster &&
        meets(labels, query.requirements);
}

/** Of several entities: the one with the most exact annotation, a Component before others, then by name. */
function byCloseness(a: Claim, b: Claim): number {
  const rank = ({ query, kind }: Claim) =>
    2 * TARGET_ANNOTATIONS.findIndex(name => name === query.annotation) +
    (kind.toLowerCase() === 'component' ? 0 : 1);
  return rank(a) - rank(b) || a.entityRef.localeCompare(b.entityRef);
}
