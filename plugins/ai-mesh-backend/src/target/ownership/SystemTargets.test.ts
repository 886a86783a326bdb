import { mockCredentials } from '@backstage/backend-test-utils';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { snapshotOf } from '../../kubernetes/__testUtils__/snapshotOf';
import { clusterTargetOf, targetOf } from '../__testUtils__/targetOf';
import { SystemTargets } from './SystemTargets';

const SYSTEM = 'system:default/assistant';

const system: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'System',
  metadata: { name: 'assistant', namespace: 'default' },
};

const part = (name: string, of = SYSTEM): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name,
    namespace: 'default',
    annotations: { 'ai-mesh.io/service': `ai/${name}` },
  },
  relations: [{ type: 'partOf', targetRef: of }],
});

const snapshot = snapshotOf({}, { cluster: 'eu' });

/** @param denied - whose mesh may not be seen */
function targetsOf(
  entities: Entity[],
  { denied = [] as string[], mostComponents = 200 } = {},
) {
  const catalog = catalogServiceMock({ entities });
  const asked = { catalog: 0, policy: 0 };
  const targets = new SystemTargets({
    catalog: {
      getEntityByRef: (...question) => {
        asked.catalog++;
        return catalog.getEntityByRef(...question);
      },
      streamEntities: (...question) => {
        asked.catalog++;
        return catalog.streamEntities(...question);
      },
    },
    readers: {
      allowed: async refs => {
        asked.policy++;
        return new Set(refs.filter(ref => !denied.includes(ref)));
      },
    },
    targets: {
      resolveAll: async components =>
        components.map(component =>
          component.metadata.name === 'malformed'
            ? {
                status: 'rejected' as const,
                reason: new InputError('it cannot be read'),
              }
            : {
                status: 'fulfilled' as const,
                value: {
                  ...targetOf(
                    clusterTargetOf(snapshot, [
                      { namespace: 'ai', name: component.metadata.name },
                    ]),
                  ),
                  entityRef: stringifyEntityRef(component),
                },
              },
        ),
    },
    mostComponents,
  });
  return {
    asked,
    resolve: () => targets.resolve(SYSTEM, mockCredentials.user()),
  };
}

const servicesOf = ({
  target,
}: Awaited<ReturnType<SystemTargets['resolve']>>) =>
  target.clusters.flatMap(({ services }) => services.map(({ name }) => name));

const sayings = ({ target }: Awaited<ReturnType<SystemTargets['resolve']>>) =>
  target.system!.leftOut.map(({ key }) => key);

it('is what its components own together, and says whose each is', async () => {
  const found = await targetsOf([
    system,
    part('chat'),
    part('gateway'),
    part('elsewhere', 'system:default/other'),
  ]).resolve();
  expect(servicesOf(found)).toEqual(['chat', 'gateway']);
  expect(found.target.entityRef).toBe(SYSTEM);
  expect(found.target.clusters).toHaveLength(1);
  expect(found.target.searched).toHaveLength(1);
  expect(found.target.system!.componentOf.get('eu/ai/gateway')).toBe(
    'component:default/gateway',
  );
  expect(sayings(found)).toEqual([]);
});

it('leaves out what the reader may not see, and says so', async () => {
  const found = await targetsOf([system, part('chat'), part('secret')], {
    denied: ['component:default/secret'],
  }).resolve();
  expect(servicesOf(found)).toEqual(['chat']);
  expect(sayings(found)).toEqual(['system.denied']);
  expect(JSON.stringify(found.target.system!.leftOut)).not.toContain('secret');
});

it('loses one component alone where its annotation cannot be read', async () => {
  const found = await targetsOf([
    system,
    part('chat'),
    part('malformed'),
  ]).resolve();
  expect(servicesOf(found)).toEqual(['chat']);
  expect(sayings(found)).toEqual(['system.unread']);
});

it('asks the catalog and the policy as often for fifty components as for one', async () => {
  const one = targetsOf([system, part('chat')]);
  const fifty = targetsOf([
    system,
    ...Array.from({ length: 50 }, (_, index) => part(`part-${index}`)),
  ]);
  await one.resolve();
  expect(servicesOf(await fifty.resolve())).toHaveLength(50);
  expect(fifty.asked).toEqual(one.asked);
});

it('looks at no more components than a graph shows, and says how many there are', async () => {
  const found = await targetsOf([system, part('a'), part('b'), part('c')], {
    mostComponents: 2,
  }).resolve();
  expect(servicesOf(found)).toEqual(['a', 'b']);
  expect(sayings(found)).toEqual(['system.tooMany']);
});

it.each<[string, Entity[], string[], string]>([
  ['there is no such System', [part('chat')], [], 'NotFoundError'],
  ['no component is in the mesh', [system], [], 'NoComponentsError'],
  [
    'the reader may see the mesh of none',
    [system, part('chat')],
    ['component:default/chat'],
    'NotAllowedError',
  ],
])('refuses where %s', async (_, entities, denied, name) => {
  await expect(targetsOf(entities, { denied }).resolve()).rejects.toMatchObject(
    { name },
  );
});
