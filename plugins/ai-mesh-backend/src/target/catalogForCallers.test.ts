import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { CatalogServiceRequestOptions } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { allEntities } from './allEntities';
import { catalogForCallers } from './catalogForCallers';

it.each([
  ['a person', mockCredentials.user('user:default/ada'), undefined],
  ['a plugin', mockCredentials.service('plugin:other'), undefined],
  [
    'a service that may use AI Mesh alone',
    mockCredentials.service('external:ci', {
      permissionNames: ['ai-mesh.read'],
    }),
    'plugin:ai-mesh',
  ],
])(
  'asks the catalog as %s or on its behalf',
  async (_, credentials, instead) => {
    const catalog = catalogServiceMock.mock({
      getEntityByRef: async () => undefined,
      async *streamEntities() {
        yield [];
      },
      getEntitiesByRefs: async () => ({ items: [] }),
    });
    const asked = catalogForCallers(
      catalog,
      mockServices.auth({ pluginId: 'ai-mesh' }),
    );
    await asked.getEntityByRef('component:default/chat', { credentials });
    await allEntities(asked, {}, { credentials });
    await asked.getEntitiesByRefs({ entityRefs: [] }, { credentials });
    const used = [
      catalog.getEntityByRef,
      catalog.streamEntities,
      catalog.getEntitiesByRefs,
    ].map(called => {
      const [, options] = called.mock.calls[0];
      return (options as CatalogServiceRequestOptions).credentials.principal;
    });
    const principal = instead
      ? { type: 'service', subject: instead }
      : credentials.principal;
    expect(used).toEqual([principal, principal, principal]);
  },
);
