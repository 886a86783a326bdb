import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';

const PLATFORM = 'group:default/platform';

/** Of the mesh, everybody sees all; the platform's group alone changes it. */
export class ReadersPolicy implements PermissionPolicy {
  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const isChange =
      permission.name.startsWith('ai-mesh.') &&
      permission.name !== 'ai-mesh.read';
    const isAllowed =
      !isChange || user?.info.ownershipEntityRefs.includes(PLATFORM);
    return {
      result: isAllowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
    };
  }
}
