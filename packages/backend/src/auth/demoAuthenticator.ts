import { InputError, NotAllowedError } from '@backstage/errors';
import { createProxyAuthenticator } from '@backstage/plugin-auth-node';
import { DEMO_ROLE_HEADER, DemoRole, demoRoles, isDemoRole } from './demoRoles';

/** Anybody may be anybody here, so it works only where NODE_ENV says development. */
export const demoAuthenticator = createProxyAuthenticator({
  defaultProfileTransform: async (result: { role: DemoRole }) => ({
    profile: { displayName: demoRoles[result.role].split('/')[1] },
  }),
  initialize: () => ({ allowed: process.env.NODE_ENV === 'development' }),
  async authenticate({ req }, { allowed }) {
    if (!allowed) {
      throw new NotAllowedError(
        'The demo sign-in lets anybody in as anybody, so it works only with NODE_ENV=development; configure a real auth provider',
      );
    }
    const role = req.header(DEMO_ROLE_HEADER);
    if (!isDemoRole(role)) {
      throw new InputError(
        `The header ${DEMO_ROLE_HEADER} must be one of ${Object.keys(demoRoles).join(', ')}`,
      );
    }
    return { result: { role } };
  },
});
