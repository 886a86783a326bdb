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
 * @param deed - what may not be done otherwise: `see the mesh of`
 * @throws NotAllowedError that names the permission
 */
export async function requirePermission(
  permissions: Pick<PermissionsService, 'authorize'>,
  permission: ResourcePermission,
  resourceRef: string,
  deed: string,
  credentials: BackstageCredentials,
): Promise<void> {
  const [decision] = await permissions.authorize(
    [{ permission, resourceRef }],
    { credentials },
  );
  if (decision.result !== AuthorizeResult.ALLOW) {
    throw new NotAllowedError(
      `You may not ${deed} ${resourceRef}: that needs the permission ${permission.name} on it.`,
    );
  }
}
