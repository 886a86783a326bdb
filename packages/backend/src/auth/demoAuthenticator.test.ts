import { mockServices } from '@backstage/backend-test-utils';
import { demoAuthenticator } from './demoAuthenticator';
import { DEMO_ROLE_HEADER, demoRoles } from './demoRoles';

const { NODE_ENV } = process.env;

type Request = Parameters<typeof demoAuthenticator.authenticate>[0]['req'];

function signIn(environment: string, role?: string) {
  Object.assign(process.env, { NODE_ENV: environment });
  const context = demoAuthenticator.initialize({
    config: mockServices.rootConfig(),
  });
  const header = (name: string) =>
    name === DEMO_ROLE_HEADER ? role : undefined;
  const req = { header } as Partial<Request> as Request;
  return demoAuthenticator.authenticate({ req }, context);
}

describe("the demo's sign-in", () => {
  afterEach(() => {
    Object.assign(process.env, { NODE_ENV });
  });

  it.each(Object.keys(demoRoles))('lets %s in while developing', async role => {
    await expect(signIn('development', role)).resolves.toEqual({
      result: { role },
    });
  });

  it.each(['production', 'test', ''])(
    'lets nobody in where NODE_ENV is %j',
    async environment => {
      await expect(signIn(environment, 'approver')).rejects.toThrow(
        'it works only with NODE_ENV=development',
      );
    },
  );

  it.each([undefined, 'admin', 'toString'])('knows no role %s', async role => {
    await expect(signIn('development', role)).rejects.toThrow(
      'must be one of owner, approver, oncall',
    );
  });
});
