import { RESOURCE_TYPE_CATALOG_ENTITY } from '@backstage/plugin-catalog-common/alpha';
import { createPermission } from '@backstage/plugin-permission-common';

/**
 * See the mesh around an entity. Authorized against the catalog entity, so a policy may say "owners only".
 *
 * @public
 */
export const aiMeshReadPermission = createPermission({
  name: 'ai-mesh.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/** All of AI Mesh's permissions. @public */
export const aiMeshPermissions = [aiMeshReadPermission];
