import {
  AuthorizeResult,
  createPermission,
} from '@backstage/plugin-permission-common';
import type { PolicyQueryUser } from '@backstage/plugin-permission-node';
import { DemoPolicy } from './DemoPolicy';

const olivia = ['user:default/olivia', 'group:default/ai-platform'];
const amir = ['user:default/amir', 'group:default/ai-platform-approvers'];
const nora = ['user:default/nora', 'group:default/on-call'];

function permission(name: string) {
  return createPermission({
    name,
    attributes: { action: 'update' },
    resourceType: 'catalog-entity',
  });
}

function signedIn(ownershipEntityRefs: string[]) {
  return {
    info: { userEntityRef: ownershipEntityRefs[0], ownershipEntityRefs },
  } as PolicyQueryUser;
}

describe('DemoPolicy', () => {
  const policy = new DemoPolicy();

  it.each([
    ['ai-mesh.read', nora],
    ['catalog.entity.read', olivia],
    ['ai-mesh.canary.control', nora],
  ])('allows %s', async (name, refs) => {
    expect(
      await policy.handle({ permission: permission(name) }, signedIn(refs)),
    ).toEqual({ result: AuthorizeResult.ALLOW });
  });

  it.each([
    ['ai-mesh.canary.request', olivia, olivia],
    ['ai-mesh.canary.control', olivia, olivia],
    ['ai-mesh.canary.approve', amir, ['group:default/ai-platform']],
    ['ai-mesh.canary.cleanup', amir, ['group:default/ai-platform']],
    ['ai-mesh.fix.request', olivia, olivia],
    ['ai-mesh.fix.apply', olivia, olivia],
    ['ai-mesh.fix.apply', amir, [...amir, 'group:default/ai-platform']],
  ])(
    'makes %s by %p depend on owning the entity',
    async (name, refs, claims) => {
      expect(
        await policy.handle({ permission: permission(name) }, signedIn(refs)),
      ).toEqual(
        expect.objectContaining({
          result: AuthorizeResult.CONDITIONAL,
          conditions: expect.objectContaining({
            rule: 'IS_ENTITY_OWNER',
            params: { claims },
          }),
        }),
      );
    },
  );

  it.each([
    ['ai-mesh.canary.approve', olivia],
    ['ai-mesh.canary.unheard-of', olivia],
  ])('denies %s to somebody with no claim to it', async (name, refs) => {
    expect(
      await policy.handle({ permission: permission(name) }, signedIn(refs)),
    ).toEqual({ result: AuthorizeResult.DENY });
  });
});
