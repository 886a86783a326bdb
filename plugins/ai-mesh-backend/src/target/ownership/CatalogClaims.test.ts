import type { Entity } from '@backstage/catalog-model';
import { snapshotOf } from '../../kubernetes/__testUtils__/snapshotOf';
import { CatalogClaims } from './CatalogClaims';
import { serviceThing } from './MeshThing';

const CLAIMS = 'component:default/claims';
const NAMED = 'component:default/named';
const MORE = 'group:default/more';

/** The Service is said to be `named`'s, which claims nothing itself. */
const thing = serviceThing(
  snapshotOf({
    Service: [
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: {
          namespace: 'ai',
          name: 'chat',
          annotations: { 'ai-mesh.io/entity': NAMED },
        },
        spec: {},
      },
    ],
  }),
  { namespace: 'ai', name: 'chat' },
);

/** A catalog that answers when it is told to. */
function setUp() {
  let now = 1000;
  const all: ((items: Entity[] | Error) => void)[] = [];
  const byRefs: ((exists: boolean | Error) => void)[] = [];
  const settle = () => new Promise(resolve => setImmediate(resolve));
  const claims = new CatalogClaims({
    catalog: {
      async *streamEntities() {
        yield await new Promise<Entity[]>((resolve, reject) => {
          all.push(items =>
            items instanceof Error ? reject(items) : resolve(items),
          );
        });
      },
      getEntitiesByRefs: ({ entityRefs }) =>
        new Promise((resolve, reject) => {
          byRefs.push(exists =>
            exists instanceof Error
              ? reject(exists)
              : resolve({
                  items: entityRefs.map(() =>
                    exists ? ({ kind: 'Component' } as Entity) : undefined,
                  ),
                }),
          );
        }),
    },
    auth: { getOwnServiceCredentials: async () => ({}) as never },
    clusters: ['eu'],
    now: () => now,
  });
  return {
    claims,
    all,
    byRefs,
    settle,
    at: (ms: number) => {
      now = 1000 + ms;
    },
    /** What is known; `waits` where the catalog has to be asked first. */
    look: async () => {
      const about = claims.about([thing], [MORE]);
      about.catch(() => undefined);
      await settle();
      return Promise.race([
        about.then(({ exists }) => [CLAIMS, NAMED, MORE].filter(exists)),
        settle().then(() => 'waits'),
      ]);
    },
  };
}

const claiming: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'claims',
    annotations: { 'ai-mesh.io/service': 'ai/chat' },
  },
};

/** One that has been told all of it once. */
async function told() {
  const one = setUp();
  expect(await one.look()).toBe('waits');
  one.all[0]([claiming]);
  await one.settle();
  one.byRefs[0](true);
  await one.settle();
  expect(await one.look()).toEqual([CLAIMS, NAMED, MORE]);
  return one;
}

describe('CatalogClaims', () => {
  it('asks the catalog anew behind the back of whoever asks, and once for all of them', async () => {
    const { look, all, byRefs, at, settle } = await told();
    at(29_999);
    await look();
    expect([all.length, byRefs.length]).toEqual([1, 1]);
    at(30_000);
    expect(await look()).toEqual([CLAIMS, NAMED, MORE]);
    expect(await look()).toEqual([CLAIMS, NAMED, MORE]);
    expect([all.length, byRefs.length]).toEqual([2, 2]);
    byRefs[1](false);
    all[1]([]);
    await settle();
    // `claims` does not claim any more, and nobody names it.
    expect(await look()).toEqual([]);
    at(60_001);
    expect(await look()).toEqual([]);
  });

  it('tells nobody what is older than a minute', async () => {
    const { look, all, byRefs, at, settle } = await told();
    at(60_001);
    expect(await look()).toBe('waits');
    all[1]([]);
    await settle();
    expect(await look()).toBe('waits');
    byRefs[1](false);
    await settle();
    byRefs[2](false);
    await settle();
    expect(await look()).toEqual([]);
  });

  it('goes on with what it knows while the catalog fails, and tells whoever has to wait', async () => {
    const { claims, look, all, byRefs, at, settle } = await told();
    at(40_000);
    await look();
    all[1](new Error('The catalog is away.'));
    byRefs[1](new Error('The catalog is away.'));
    await settle();
    expect(await look()).toEqual([CLAIMS, NAMED, MORE]);
    expect([all.length, byRefs.length]).toEqual([3, 3]);
    at(60_001);
    const waiting = claims.claimants();
    all[2](new Error('The catalog is away.'));
    await expect(waiting).rejects.toThrow('The catalog is away.');
  });
});
