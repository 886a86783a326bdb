import { aiMeshPermissions } from '@ai-mesh/plugin-ai-mesh-common';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { readFileSync } from 'fs';
import { resolve } from 'path';
import { OwnersPolicy } from './OwnersPolicy';
import { ReadersPolicy } from './ReadersPolicy';

const page = readFileSync(
  resolve(__dirname, '../../../../../docs/permissions.md'),
  'utf8',
);
const [read, ...changes] = aiMeshPermissions;
const { ALLOW, DENY, CONDITIONAL } = AuthorizeResult;

function signedIn(...ownershipEntityRefs: string[]) {
  return {
    info: { userEntityRef: ownershipEntityRefs[0], ownershipEntityRefs },
  } as PolicyQueryUser;
}

function results(policy: PermissionPolicy, user?: PolicyQueryUser) {
  return Promise.all(
    [read, ...changes].map(
      async permission => (await policy.handle({ permission }, user)).result,
    ),
  );
}

const all = (result: AuthorizeResult) => aiMeshPermissions.map(() => result);

describe('the sample policies', () => {
  it.each(['OwnersPolicy', 'ReadersPolicy'])(
    'are on the page as they are: %s',
    name => {
      const code = readFileSync(resolve(__dirname, `${name}.ts`), 'utf8');
      expect(page).toContain(`\`\`\`ts\n${code}\`\`\``);
    },
  );

  it('let owners alone see and change their part of the mesh', async () => {
    const policy = new OwnersPolicy();
    const olivia = signedIn('user:default/olivia', 'group:default/ai-platform');
    expect(await results(policy, olivia)).toEqual(all(CONDITIONAL));
    expect(await results(policy)).toEqual(all(DENY));
    expect(await policy.handle({ permission: read }, olivia)).toMatchObject({
      conditions: {
        rule: 'IS_ENTITY_OWNER',
        params: {
          claims: ['user:default/olivia', 'group:default/ai-platform'],
        },
      },
    });
  });

  it('let everybody see, and the platform change', async () => {
    const policy = new ReadersPolicy();
    expect(await results(policy, signedIn('group:default/platform'))).toEqual(
      all(ALLOW),
    );
    expect(await results(policy, signedIn('user:default/rita'))).toEqual([
      ALLOW,
      ...changes.map(() => DENY),
    ]);
  });

  it('are told of every permission', () => {
    for (const { name } of aiMeshPermissions) {
      expect(page).toContain(`\`${name}\``);
    }
  });
});
