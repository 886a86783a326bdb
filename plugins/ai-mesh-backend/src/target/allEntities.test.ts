import { mockCredentials } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { allEntities } from './allEntities';

const credentials = mockCredentials.user();

it.each([0, 1, 1000, 2500])(
  'finds each of %d entities once, with what was asked for of it',
  async count => {
    const entities = Array.from({ length: count }, (_, number) => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { namespace: 'default', name: `chat-${number}` },
      spec: { type: 'service' },
    }));
    const other = {
      ...entities[0],
      kind: 'System',
      metadata: { namespace: 'default', name: 'shop' },
    } as Entity;
    const found = await allEntities(
      catalogServiceMock({ entities: [...entities, other] }),
      { filter: { kind: 'Component' }, fields: ['metadata.name'] },
      { credentials },
    );
    expect(found.map(({ metadata }) => metadata.name).sort()).toEqual(
      entities.map(({ metadata }) => metadata.name).sort(),
    );
    expect(found.every(({ spec }) => spec === undefined)).toBe(true);
  },
);

it('never takes some for all where a page fails', async () => {
  const catalog = {
    async *streamEntities() {
      yield [{ kind: 'Component' } as Entity];
      throw new Error('The catalog is away.');
    },
  };
  await expect(allEntities(catalog, {}, { credentials })).rejects.toThrow(
    'The catalog is away.',
  );
});
