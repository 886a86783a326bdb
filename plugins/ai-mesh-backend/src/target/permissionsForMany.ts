import type { PermissionsService } from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  type AuthorizePermissionRequest,
  type DefinitivePolicyDecision,
  type PolicyDecision,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';

/**
 * Backstage's permission backend reads 100 KB of a request, of which a question takes a quarter of a kilobyte, and a
 * plugin whose conditions are applied reads as much, in which each resource has the conditions beside it.
 */
const MOST_AT_ONCE = 50;
const PARTS_AT_ONCE = 4;

/**
 * The same permissions, of any number of resources. What a policy decides of a permission whatever the resource is asked
 * for once; what depends on the resource is asked in parts.
 */
export function permissionsForMany(
  permissions: PermissionsService,
): PermissionsService {
  return {
    authorizeConditional: (requests, options) =>
      permissions.authorizeConditional(requests, options),
    authorize: async (requests, options) => {
      if (requests.length <= MOST_AT_ONCE) {
        return permissions.authorize(requests, options);
      }
      const general = await generalDecisions(requests, policies =>
        permissions.authorizeConditional(policies, options),
      );
      const decisions = requests.map(({ permission }) =>
        general.get(permission.name),
      );
      const open = [...decisions.keys()].filter(at => !decisions[at]);
      const parts = partsOf(open);
      for (let first = 0; first < parts.length; first += PARTS_AT_ONCE) {
        await Promise.all(
          parts.slice(first, first + PARTS_AT_ONCE).map(async part => {
            const answers = await permissions.authorize(
              part.map(at => requests[at]),
              options,
            );
            part.forEach((at, index) => {
              decisions[at] = answers[index];
            });
          }),
        );
      }
      return decisions.map(decision => decision!);
    },
  };
}

/** By the permission's name, what is decided of it whatever the resource. */
async function generalDecisions(
  requests: readonly AuthorizePermissionRequest[],
  ask: (
    policies: { permission: ResourcePermission }[],
  ) => Promise<PolicyDecision[]>,
): Promise<Map<string, DefinitivePolicyDecision>> {
  const permissions = new Map<string, ResourcePermission>();
  for (const { permission } of requests) {
    if (permission.type === 'resource') {
      permissions.set(permission.name, permission);
    }
  }
  const names = [...permissions.keys()];
  const decisions = await ask(
    names.map(name => ({ permission: permissions.get(name)! })),
  );
  return new Map(
    names.flatMap((name, index) => {
      const decision = decisions[index];
      return decision.result === AuthorizeResult.CONDITIONAL
        ? []
        : [[name, { result: decision.result }] as const];
    }),
  );
}

function partsOf(positions: readonly number[]): number[][] {
  return Array.from(
    { length: Math.ceil(positions.length / MOST_AT_ONCE) },
    (_, part) =>
      positions.slice(part * MOST_AT_ONCE, (part + 1) * MOST_AT_ONCE),
  );
}
