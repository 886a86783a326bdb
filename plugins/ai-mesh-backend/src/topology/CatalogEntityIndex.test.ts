import { mockCredentials } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { CatalogEntityIndex } from './CatalogEntityIndex';

function entity(
  name: string,
  annotations: Record<string, string>,
  kind = 'Component',
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, annotations },
  };
}

function service(
  name: string,
  labels: Record<string, string> = {},
  cluster = 'east',
) {
  return { cluster, namespace: 'ai', name, labels };
}

function indexOf(...entities: Entity[]) {
  const catalog = catalogServiceMock({ entities });
  const getEntities = jest.spyOn(catalog, 'getEntities');
  const index = new CatalogEntityIndex({
    catalog,
    clusters: ['east', 'west'],
  });
  return { index, getEntities };
}

const reader = mockCredentials.user();

describe('CatalogEntityIndex', () => {
  it.each<[string, Record<string, string>, boolean]>([
    ['its name', { 'ai-mesh.io/service': 'ai/chat' }, true],
    ['one of several names', { 'ai-mesh.io/service': 'ai/x, ai/chat' }, true],
    ['its name on its cluster', { 'ai-mesh.io/service': 'east/ai/chat' }, true],
    [
      'its name on another cluster',
      { 'ai-mesh.io/service': 'west/ai/chat' },
      false,
    ],
    ['another namespace', { 'ai-mesh.io/service': 'web/chat' }, false],
    ['its label', { 'backstage.io/kubernetes-id': 'chat' }, true],
    [
      'its label in another namespace',
      {
        'backstage.io/kubernetes-id': 'chat',
        'backstage.io/kubernetes-namespace': 'web',
      },
      false,
    ],
    [
      'its labels',
      { 'backstage.io/kubernetes-label-selector': 'tier in (ai,ml)' },
      true,
    ],
    [
      'labels that it lacks',
      { 'backstage.io/kubernetes-label-selector': 'tier=web' },
      false,
    ],
  ])('with %s', async (_, annotations, found) => {
    const { index } = indexOf(entity('owner', annotations));
    expect(
      await index
        .forReader(reader)
        .findMany([
          service('chat', { 'backstage.io/kubernetes-id': 'chat', tier: 'ai' }),
        ]),
    ).toEqual([found ? 'component:default/owner' : undefined]);
  });

  it('prefers the most exact annotation, then a Component', async () => {
    const { index } = indexOf(
      entity('by-label', { 'backstage.io/kubernetes-id': 'chat' }),
      entity('an-api', { 'ai-mesh.io/service': 'ai/chat' }, 'API'),
      entity('z-component', { 'ai-mesh.io/service': 'ai/chat' }),
    );
    const labels = { 'backstage.io/kubernetes-id': 'chat' };
    expect(
      await index.forReader(reader).findMany([service('chat', labels)]),
    ).toEqual(['component:default/z-component']);
  });

  it('passes over an annotation that cannot be read', async () => {
    const { index } = indexOf(
      entity('broken', { 'ai-mesh.io/service': 'what is this' }),
      entity('owner', { 'ai-mesh.io/service': 'ai/chat' }),
    );
    expect(await index.forReader(reader).findMany([service('chat')])).toEqual([
      'component:default/owner',
    ]);
  });

  it('asks the catalog once for each reader', async () => {
    const { index, getEntities } = indexOf(
      entity('owner', { 'ai-mesh.io/service': 'ai/chat' }),
    );
    const other = mockCredentials.user('user:default/other');
    await Promise.all([
      index.forReader(reader).findMany([service('chat')]),
      index.forReader(reader).findMany([service('llm'), service('chat')]),
    ]);
    await index.forReader(other).findMany([service('chat')]);
    expect(getEntities.mock.calls.map(([, options]) => options)).toEqual([
      { credentials: reader },
      { credentials: other },
    ]);
  });

  it('does not ask for nothing', async () => {
    const { index, getEntities } = indexOf();
    expect(await index.forReader(reader).findMany([])).toEqual([]);
    expect(getEntities).not.toHaveBeenCalled();
  });

  it('asks again after the catalog has failed', async () => {
    const { index, getEntities } = indexOf(
      entity('owner', { 'ai-mesh.io/service': 'ai/chat' }),
    );
    getEntities.mockRejectedValueOnce(new Error('away'));
    const entities = index.forReader(reader);
    await expect(entities.findMany([service('chat')])).rejects.toThrow('away');
    expect(await entities.findMany([service('chat')])).toEqual([
      'component:default/owner',
    ]);
  });
});
