import type { AuthService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { LRUCache } from 'lru-cache';
import { allEntities, inAMesh, type PagedCatalog } from '../target/allEntities';

const FRESH_MS = 30_000;

/** All entities of the catalog that say where they are in a mesh, as the portal itself sees them; asked for twice a minute at most. */
export class MeshEntities {
  readonly #catalog: PagedCatalog;
  readonly #auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  readonly #kept = new LRUCache<'all', Entity[]>({ max: 1, ttl: FRESH_MS });

  constructor(options: {
    catalog: PagedCatalog;
    auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
  }

  async list(): Promise<readonly Entity[]> {
    const present = this.#kept.get('all');
    if (present) {
      return present;
    }
    const items = await allEntities(
      this.#catalog,
      {
        filter: inAMesh,
        fields: [
          'apiVersion',
          'kind',
          'metadata',
          'spec.type',
          'spec.lifecycle',
          'spec.owner',
          'spec.system',
          'relations',
        ],
      },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    this.#kept.set('all', items);
    return items;
  }
}
