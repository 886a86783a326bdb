import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { demoAuthenticator } from './demoAuthenticator';
import { demoRoles } from './demoRoles';

/** Signs in as one of the demo's three people. */
export const demoAuthModule = createBackendModule({
  pluginId: 'auth',
  moduleId: 'ai-mesh-demo',
  register(registry) {
    registry.registerInit({
      deps: { providers: authProvidersExtensionPoint },
      async init({ providers }) {
        providers.registerProvider({
          providerId: 'demo',
          factory: createProxyAuthProviderFactory({
            authenticator: demoAuthenticator,
            signInResolver: async ({ result }, context) =>
              context.signInWithCatalogUser({
                entityRef: demoRoles[result.role],
              }),
          }),
        });
      },
    });
  },
});
