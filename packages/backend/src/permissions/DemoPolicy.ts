import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  AuthorizeResult,
  isResourcePermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';

const APPROVERS = /-approvers$/;
const ON_CALL = 'group:default/on-call';

/**
 * The demo's policy, and a sample for yours (docs/permissions.md has smaller ones). Everybody who is signed in may read. The
 * owners of an entity say which pull requests are for it; they and its approvers have fixes applied, which takes two of them.
 * Of a canary, the owners of the entity request and control it; the approvers of the owning group
 * (`group:default/x-approvers` for the group `group:default/x`) approve it and clean up after it; whoever is on call may
 * control any.
 */
export class DemoPolicy implements PermissionPolicy {
  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (
      !/^ai-mesh\.(canary|fix)\./.test(permission.name) ||
      !isResourcePermission(permission, 'catalog-entity')
    ) {
      return { result: AuthorizeResult.ALLOW };
    }
    const refs = user?.info.ownershipEntityRefs ?? [];
    const ownedBy = (claims: string[]): PolicyDecision =>
      claims.length === 0
        ? { result: AuthorizeResult.DENY }
        : createCatalogConditionalDecision(
            permission,
            catalogConditions.isEntityOwner({ claims }),
          );
    switch (permission.name) {
      case 'ai-mesh.canary.request':
      case 'ai-mesh.fix.request':
        return ownedBy(refs);
      case 'ai-mesh.fix.apply':
        return ownedBy([
          ...refs,
          ...refs
            .filter(ref => APPROVERS.test(ref))
            .map(ref => ref.replace(APPROVERS, '')),
        ]);
      case 'ai-mesh.canary.approve':
      case 'ai-mesh.canary.cleanup':
        return ownedBy(
          refs
            .filter(ref => APPROVERS.test(ref))
            .map(ref => ref.replace(APPROVERS, '')),
        );
      case 'ai-mesh.canary.control':
        return refs.includes(ON_CALL)
          ? { result: AuthorizeResult.ALLOW }
          : ownedBy(refs);
      default:
        return { result: AuthorizeResult.DENY };
    }
  }
}
