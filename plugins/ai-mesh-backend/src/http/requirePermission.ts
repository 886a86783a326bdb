import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';

/**
 * With the entity as resource, a policy's conditions (such as "owners only") are applied by the permission framework:
 * there is no third answer.
 *
 * @param resourceRefs - it has to be allowed on one of these
 * @param deed - what may not be done otherwise: `see the mesh of`
 * @param named - how the refusal calls what it needs the permission on
 * @throws NotAllowedError that names the permission
 */
export async function requirePermission(
  permissions: Pick<PermissionsService, 'authorize'>,
  permission: ResourcePermission,
  resourceRefs: readonly string[],
  deed: string,
  credentials: BackstageCredentials,
  named: string = resourceRefs[0],
): Promise<void> {
  const decisions = await permissions.authorize(
    resourceRefs.map(resourceRef => ({ permission, resourceRef })),
    { credentials },
  );
  if (!decisions.some(({ result }) => result === AuthorizeResult.ALLOW)) {
    throw new NotAllowedError(
      `You may not ${deed} ${named}: that needs the permission ${permission.name} on it.`,
    );
  }
}
