import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import { worded, wordingWith } from '../worded';

/**
 * With the entity as resource, a policy's conditions (such as "owners only") are applied by the permission framework:
 * there is no third answer.
 *
 * @param resourceRefs - it has to be allowed on one of these
 * @param deed - what may not be done otherwise
 * @param named - how the refusal calls what it needs the permission on
 * @throws NotAllowedError that names the permission
 */
export async function requirePermission(
  permissions: Pick<PermissionsService, 'authorize'>,
  permission: ResourcePermission,
  resourceRefs: readonly string[],
  deed: Words,
  credentials: BackstageCredentials,
  named: Words = wording('denied.entity', { entity: resourceRefs[0] }),
): Promise<void> {
  const decisions = await permissions.authorize(
    resourceRefs.map(resourceRef => ({ permission, resourceRef })),
    { credentials },
  );
  if (!decisions.some(({ result }) => result === AuthorizeResult.ALLOW)) {
    throw worded(
      NotAllowedError,
      wordingWith('request.denied', {
        deed,
        of: named,
        permission: permission.name,
      }),
    );
  }
}
