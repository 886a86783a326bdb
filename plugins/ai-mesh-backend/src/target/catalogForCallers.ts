import type {
  AuthService,
  BackstageCredentials,
  BackstageServicePrincipal,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';

/** The catalog, for the callers' own credentials. */
export type CallersCatalog = Pick<
  CatalogService,
  'streamEntities' | 'getEntitiesByRefs' | 'getEntityByRef'
>;

/**
 * The catalog as whoever asks sees it. Backstage passes a service's restricted access on to no other plugin, so for one
 * that may use AI Mesh alone, such as a pipeline's token, the portal looks by itself: a service has no view of the catalog
 * of its own, and what it may see of the mesh its restrictions decide.
 */
export function catalogForCallers(
  catalog: CatalogService,
  auth: Pick<AuthService, 'getOwnServiceCredentials'>,
): CallersCatalog {
  const known = async <T extends { credentials: BackstageCredentials }>(
    options: T,
  ): Promise<T> =>
    isRestrictedService(options.credentials)
      ? { ...options, credentials: await auth.getOwnServiceCredentials() }
      : options;
  return {
    async *streamEntities(request, options) {
      yield* catalog.streamEntities(request, await known(options));
    },
    getEntitiesByRefs: async (request, options) =>
      catalog.getEntitiesByRefs(request, await known(options)),
    getEntityByRef: async (entityRef, options) =>
      catalog.getEntityByRef(entityRef, await known(options)),
  };
}

function isRestrictedService({ principal }: BackstageCredentials): boolean {
  const { type, accessRestrictions } =
    principal as Partial<BackstageServicePrincipal>;
  return type === 'service' && accessRestrictions !== undefined;
}
