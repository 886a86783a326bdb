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

/**
 * Ask for a canary of an entity's service.
 *
 * @public
 */
export const aiMeshCanaryRequestPermission = createPermission({
  name: 'ai-mesh.canary.request',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * Approve or reject a canary that somebody else asked for.
 *
 * @public
 */
export const aiMeshCanaryApprovePermission = createPermission({
  name: 'ai-mesh.canary.approve',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * Pause, resume, advance, roll back, confirm steps and decide about drift.
 *
 * @public
 */
export const aiMeshCanaryControlPermission = createPermission({
  name: 'ai-mesh.canary.control',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * Scale the old version down after a promotion, and up again.
 *
 * @public
 */
export const aiMeshCanaryCleanUpPermission = createPermission({
  name: 'ai-mesh.canary.cleanup',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * Say that a pull request was opened for findings of an entity's review.
 *
 * @public
 */
export const aiMeshFixRequestPermission = createPermission({
  name: 'ai-mesh.fix.request',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * Ask that the fix of a finding is written into the cluster, approve that of somebody else, and undo it.
 *
 * @public
 */
export const aiMeshFixApplyPermission = createPermission({
  name: 'ai-mesh.fix.apply',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/** All of AI Mesh's permissions. @public */
export const aiMeshPermissions = [
  aiMeshReadPermission,
  aiMeshCanaryRequestPermission,
  aiMeshCanaryApprovePermission,
  aiMeshCanaryControlPermission,
  aiMeshCanaryCleanUpPermission,
  aiMeshFixRequestPermission,
  aiMeshFixApplyPermission,
];
