import { aiMeshReadPermission } from '@ai-mesh/plugin-ai-mesh-common';
import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';

/** The entities whose mesh a reader may see. */
export class ReadableEntities {
  readonly #catalog: Pick<CatalogService, 'getEntityByRef'>;
  readonly #permissions: Pick<PermissionsService, 'authorize'>;

  constructor(options: {
    catalog: Pick<CatalogService, 'getEntityByRef'>;
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
      throw new NotFoundError(
        `The catalog has no entity ${entityRef} that you may see.`,
      );
    }
    const resourceRef = stringifyEntityRef(entity);
    // With the entity as resource, a policy's conditions (such as "owners only") are applied by the permission
    // framework: there is no third answer here.
    const [decision] = await this.#permissions.authorize(
      [{ permission: aiMeshReadPermission, resourceRef }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You may not see the mesh of ${resourceRef}: that needs the permission ${aiMeshReadPermission.name} on it.`,
      );
    }
    return entity;
  }
}
