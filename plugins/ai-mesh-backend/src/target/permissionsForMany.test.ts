import {
  aiMeshCanaryApprovePermission,
  aiMeshReadPermission,
} from '@ai-mesh/plugin-ai-mesh-common';
import { mockCredentials } from '@backstage/backend-test-utils';
import type { PermissionsService } from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { permissionsForMany } from './permissionsForMany';

/** So much of a request Backstage's permission backend reads. */
const MOST_BYTES = 100 * 1024;
const { ALLOW, DENY, CONDITIONAL } = AuthorizeResult;
const credentials = mockCredentials.user();
const dependsOnEntity: PolicyDecision = {
  result: CONDITIONAL,
  pluginId: 'catalog',
  resourceType: 'catalog-entity',
  conditions: {
    rule: 'IS_ENTITY_OWNER',
    resourceType: 'catalog-entity',
    params: { claims: ['group:default/ai-team'] },
  },
};

/** Every second entity is allowed where it depends on the entity. */
function policy(decision: PolicyDecision) {
  const sizes: number[] = [];
  const asked: number[] = [];
  const sent = (requests: readonly unknown[]) =>
    sizes.push(
      JSON.stringify({
        items: requests.map(request => ({
          id: '00000000-0000-0000-0000-000000000000',
          ...(request as object),
        })),
      }).length,
    );
  const permissions: PermissionsService = {
    authorize: async requests => {
      sent(requests);
      asked.push(requests.length);
      return requests.map(({ resourceRef }) =>
        decision.result === CONDITIONAL
          ? { result: /[02468]$/.test(resourceRef!) ? ALLOW : DENY }
          : { result: decision.result },
      );
    },
    authorizeConditional: async requests => {
      sent(requests);
      return requests.map(({ permission }) =>
        permission.name === aiMeshReadPermission.name
          ? decision
          : { result: DENY },
      );
    },
  };
  return { permissions: permissionsForMany(permissions), sizes, asked };
}

const entities = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    permission: aiMeshReadPermission,
    resourceRef: `component:${'n'.repeat(63)}/${'s'.repeat(58)}-${n}`,
  }));

describe('permissions on many entities', () => {
  it.each([
    ['all', { result: ALLOW } as const, [ALLOW, ALLOW, ALLOW], 0],
    ['none', { result: DENY } as const, [DENY, DENY, DENY], 0],
    ['some', dependsOnEntity, [ALLOW, DENY, ALLOW], 100],
  ])(
    'are decided for %s in requests that are not too large',
    async (_, decision, first, requests) => {
      const { permissions, sizes, asked } = policy(decision);
      const decisions = await permissions.authorize(entities(5000), {
        credentials,
      });
      expect(decisions).toHaveLength(5000);
      expect(decisions.slice(0, 3).map(({ result }) => result)).toEqual(first);
      expect(decisions[4999].result).toBe(first[1]);
      expect(asked).toHaveLength(requests);
      expect(Math.max(...sizes)).toBeLessThan(MOST_BYTES / 2);
    },
  );

  it('of several kinds are each decided by their own', async () => {
    const { permissions } = policy(dependsOnEntity);
    const decisions = await permissions.authorize(
      entities(60).flatMap(one => [
        { ...one, permission: aiMeshCanaryApprovePermission },
        one,
      ]),
      { credentials },
    );
    expect(decisions.slice(0, 4).map(({ result }) => result)).toEqual([
      DENY,
      ALLOW,
      DENY,
      DENY,
    ]);
  });

  it('of a few are asked at once', async () => {
    const { permissions, sizes } = policy(dependsOnEntity);
    await permissions.authorize(entities(3), { credentials });
    expect(sizes).toHaveLength(1);
  });
});
