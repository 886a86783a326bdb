import {
  AiMeshCanaryClient,
  AiMeshClient,
  type AiMeshApi,
  type AiMeshCanaryApi,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  coreServices,
  createServiceFactory,
  createServiceRef,
  type AuthService,
  type BackstageCredentials,
  type DiscoveryService,
} from '@backstage/backend-plugin-api';

/**
 * The mesh for other backend plugins: scorecards, software templates, notifications.
 *
 * @public
 */
export interface AiMeshService {
  /**
   * AI Mesh as somebody sees it: with a user's credentials it answers what that user may see, with a plugin's own
   * (`auth.getOwnServiceCredentials()`) what the plugin may.
   */
  onBehalfOf(credentials: BackstageCredentials): AiMeshApi;
  /** Canaries likewise: asked for, watched and acted on as somebody. */
  canariesOnBehalfOf(credentials: BackstageCredentials): AiMeshCanaryApi;
}

class DefaultAiMeshService implements AiMeshService {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  onBehalfOf(credentials: BackstageCredentials): AiMeshApi {
    return new AiMeshClient(this.#apisFor(credentials));
  }

  canariesOnBehalfOf(credentials: BackstageCredentials): AiMeshCanaryApi {
    return new AiMeshCanaryClient(this.#apisFor(credentials));
  }

  #apisFor(credentials: BackstageCredentials) {
    return {
      discoveryApi: this.#discovery,
      fetchApi: {
        // Tokens live for minutes, clients as long as their owners keep them: each call gets its own.
        fetch: async (...[input, init]: Parameters<typeof fetch>) => {
          const { token } = await this.#auth.getPluginRequestToken({
            onBehalfOf: credentials,
            targetPluginId: 'ai-mesh',
          });
          const headers = new Headers(init?.headers);
          headers.set('Authorization', `Bearer ${token}`);
          return fetch(input, { ...init, headers });
        },
      },
    };
  }
}

/** @public */
export const aiMeshServiceRef = createServiceRef<AiMeshService>({
  id: 'ai-mesh.client',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { auth: coreServices.auth, discovery: coreServices.discovery },
      factory: options => new DefaultAiMeshService(options),
    }),
});
