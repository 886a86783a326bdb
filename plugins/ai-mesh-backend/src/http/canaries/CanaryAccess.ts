import {
  aiMeshCanaryApprovePermission,
  aiMeshCanaryCleanUpPermission,
  aiMeshCanaryControlPermission,
  aiMeshCanaryRequestPermission,
  type CanaryActionName,
} from '@ai-mesh/plugin-ai-mesh-common';
import type {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import type { ResourcePermission } from '@backstage/plugin-permission-common';
import type { CanaryCaller } from '../../canary';

/** Credentials as the API takes them. */
export type CallerCredentials = BackstageCredentials<
  BackstageUserPrincipal | BackstageServicePrincipal
>;

/** Who acts: a person, also where a service passes a person's token on, or a service under its own subject. */
export function callerOf({ principal }: CallerCredentials): CanaryCaller {
  return principal.type === 'user'
    ? { kind: 'person', ref: principal.userEntityRef }
    : { kind: 'service', ref: principal.subject };
}

/** What an action needs on the canary's entity. Whoever asked for a canary may take it back. */
export function permissionFor(
  action: CanaryActionName,
  { requestedBy }: { requestedBy: string },
  caller: CanaryCaller,
): ResourcePermission {
  switch (action) {
    case 'approve':
    case 'reject':
      return aiMeshCanaryApprovePermission;
    case 'cancel':
      return caller.ref === requestedBy
        ? aiMeshCanaryRequestPermission
        : aiMeshCanaryControlPermission;
    case 'cleanUp':
    case 'undoCleanUp':
      return aiMeshCanaryCleanUpPermission;
    default:
      return aiMeshCanaryControlPermission;
  }
}
