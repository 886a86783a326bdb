import { aiMeshReadPermission, wording } from '@ai-mesh/plugin-ai-mesh-common';
import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { worded } from '../worded';
import { requirePermission } from './requirePermission';

/** The entities whose mesh a reader may see. */
export class ReadableEntities {
  readonly #catalog: Pick<
    CatalogService,
    'getEntityByRef' | 'getEntitiesByRefs'
  >;
  readonly #permissions: Pick<PermissionsService, 'authorize'>;

  constructor(options: {
    catalog: Pick<CatalogService, 'getEntityByRef' | 'getEntitiesByRefs'>;
    permissions: Pick<PermissionsService, 'authorize'>;
  }) {
    this.#catalog = options.catalog;
    this.#permissions = options.permissions;
  }

  /**
   * The entity, as the reader sees it in the catalog.
   *
   * @throws NotFoundError where the catalog has none that the reader may see
   * @throws NotAllowedError where the reader may see the entity, but not its mesh
   */
  async get(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<Entity> {
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials,
    });
    if (!entity) {
      throw worded(
        NotFoundError,
        wording('request.noEntity', { entity: entityRef }),
      );
    }
    await requirePermission(
      this.#permissions,
      aiMeshReadPermission,
      [stringifyEntityRef(entity)],
      wording('deed.see'),
      credentials,
    );
    return entity;
  }

  /** Of many entities those that the reader may see, with their mesh: one question to the catalog, one to the policy. */
  async among(
    entityRefs: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<string[]> {
    return [...(await this.look(entityRefs, credentials)).readable];
  }

  /** Of many entities those that the reader may see in the catalog, and of these those whose mesh may be seen. */
  async look(
    entityRefs: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<{ seen: ReadonlySet<string>; readable: ReadonlySet<string> }> {
    if (entityRefs.length === 0) {
      return { seen: new Set(), readable: new Set() };
    }
    const { items } = await this.#catalog.getEntitiesByRefs(
      {
        entityRefs: [...entityRefs],
        fields: ['kind', 'metadata.namespace', 'metadata.name'],
      },
      { credentials },
    );
    const seen = items.flatMap(entity =>
      entity ? [stringifyEntityRef(entity)] : [],
    );
    // Asked also where the catalog shows none: how long it takes must not tell one that is hidden from one that is not.
    const allowed = await this.allowed(
      seen.length > 0 ? seen : entityRefs,
      credentials,
    );
    return {
      seen: new Set(seen),
      readable: new Set(seen.filter(ref => allowed.has(ref))),
    };
  }

  /** Of entities that the catalog shows to the reader, those whose mesh may be seen: one question to the policy. */
  async allowed(
    entityRefs: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<ReadonlySet<string>> {
    if (entityRefs.length === 0) {
      return new Set();
    }
    const decisions = await this.#permissions.authorize(
      entityRefs.map(resourceRef => ({
        permission: aiMeshReadPermission,
        resourceRef,
      })),
      { credentials },
    );
    return new Set(
      entityRefs.filter(
        (_, index) => decisions[index].result === AuthorizeResult.ALLOW,
      ),
    );
  }
}
