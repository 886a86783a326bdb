import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { Knex } from 'knex';
import {
  migrated,
  testDatabases,
} from '../../canary/store/__testUtils__/testDatabases';
import { fact } from '../core/ComputedFact';
import { everyFactIs } from '../core/computeFacts';
import { noFact } from '../core/ComputedFact';
import { DatabaseFactsStore } from '../store/DatabaseFactsStore';
import { ChangedPlaces } from './ChangedPlaces';
import { FactsRefresh } from './FactsRefresh';

const { databases, ids } = testDatabases();
const PERIOD_MS = 900_000;

function component(name: string, etag = 'e1'): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { namespace: 'default', name, etag },
  };
}

const chat = 'component:default/chat';

describe.each(ids)('FactsRefresh on %s', id => {
  let knex: Knex;
  let store: DatabaseFactsStore;
  let time: number;
  let entities: Entity[] | Error;
  let value: number | Error;
  let placesOf: (name: string) => string[];
  const asked: string[] = [];
  let open = 0;
  let mostOpen = 0;
  let changed: ChangedPlaces;
  let untold: Error | undefined;
  let refresh: FactsRefresh;

  beforeEach(async () => {
    knex = await migrated(await databases.init(id));
    store = new DatabaseFactsStore(knex);
    time = Date.parse('2026-11-27T10:00:00.000Z');
    entities = [component('chat')];
    value = 1;
    placesOf = () => ['shop/ai'];
    asked.length = 0;
    mostOpen = 0;
    untold = undefined;
    changed = new ChangedPlaces(() => time);
    refresh = new FactsRefresh({
      store,
      timings: {
        periodMs: PERIOD_MS,
        tickMs: 45_000,
        outdatedAfterMs: 3 * PERIOD_MS,
        keepChangesMs: 1,
        keepDaysMs: 1,
      },
      entities: async () => {
        if (entities instanceof Error) {
          throw entities;
        }
        return entities;
      },
      gather: async entity => {
        asked.push(entity.metadata.name);
        mostOpen = Math.max(mostOpen, ++open);
        await new Promise(resolve => setImmediate(resolve));
        open--;
        if (value instanceof Error) {
          throw value;
        }
        return {
          computed: {
            ...everyFactIs(noFact('no-traffic')),
            retriesBilled: fact(value),
          },
          models: { status: 'known', models: [] },
          places: placesOf(entity.metadata.name),
        };
      },
      tell: async () => {
        if (untold) {
          throw untold;
        }
      },
      changed,
      now: () => new Date(time),
      logger: mockServices.logger.mock(),
    });
  }, 60_000);

  afterEach(() => knex.destroy());

  const billed = async () => (await store.get(chat))?.facts.retriesBilled;

  it('computes an entity once in a period, and stores a change alone', async () => {
    expect(await refresh.tick()).toBe(1);
    expect(await refresh.tick()).toBe(0);
    time += 2 * PERIOD_MS;
    expect(await refresh.tick()).toBe(1);
    expect(await billed()).toEqual({
      status: 'known',
      value: 1,
      since: '2026-11-27T10:00:00.000Z',
    });
    value = 0;
    time += 2 * PERIOD_MS;
    await refresh.tick();
    expect(await store.changes(chat, '2026')).toEqual([
      {
        at: '2026-11-27T10:00:00.000Z',
        values: expect.objectContaining({ retriesBilled: 1, mtlsStrict: null }),
      },
      { at: '2026-11-27T11:00:00.000Z', values: { retriesBilled: 0 } },
    ]);
  });

  it('keeps facts of which nothing could be told', async () => {
    untold = new Error('nobody listens');
    expect(await refresh.tick()).toBe(1);
    expect(await billed()).toMatchObject({ value: 1 });
  });

  it('computes at once what was edited, in the cluster or in the catalog', async () => {
    await refresh.tick();
    time += 10_000;
    changed.changed('VirtualService', { cluster: 'shop', namespace: 'ai' });
    time += 10_000;
    expect(await refresh.tick()).toBe(1);
    expect(await refresh.tick()).toBe(0);
    entities = [component('chat', 'e2')];
    expect(await refresh.tick()).toBe(1);
    expect(await refresh.tick()).toBe(0);
  });

  it('never computes all in one tick, however many there are', async () => {
    entities = Array.from({ length: 900 }, (_, i) => component(`s${i}`));
    const counts = [];
    for (let tick = 0; tick < 10; tick++) {
      counts.push(await refresh.tick());
      time += 45_000;
    }
    expect(counts).toEqual(Array(10).fill(90));
    expect(new Set(asked).size).toBe(900);
  });

  it('takes those of one namespace after each other', async () => {
    entities = Array.from({ length: 4 }, (_, i) => component(`s${i}-${i % 2}`));
    placesOf = name => [`shop/${name.split('-')[1]}`];
    await refresh.tick();
    time += 2 * PERIOD_MS;
    await refresh.tick();
    expect(asked.slice(4)).toEqual(['s0-0', 's2-0', 's1-1', 's3-1']);
  });

  it('never has more than two hundred at once under way', async () => {
    entities = Array.from({ length: 2_500 }, (_, i) => component(`s${i}`));
    expect(await refresh.tick()).toBe(250);
    expect(mostOpen).toBe(200);
  });

  it('keeps the facts of an entity that fails, which grow old, and asks again in its next turn', async () => {
    await refresh.tick();
    time += 2 * PERIOD_MS;
    value = new Error('the catalog is away');
    expect(await refresh.tick()).toBe(0);
    expect(await store.get(chat)).toMatchObject({
      observedAt: '2026-11-27T10:00:00.000Z',
    });
    expect(await refresh.tick()).toBe(0);
    expect(asked).toHaveLength(2);
    value = 1;
    time += 2 * PERIOD_MS;
    expect(await refresh.tick()).toBe(1);
  });

  it('tries one that fails once after it was edited, and then in its next turn', async () => {
    await refresh.tick();
    time += 10_000;
    value = new Error('it cannot be read');
    entities = [component('chat', 'e2')];
    for (const edit of [
      () => undefined,
      () => changed.changed('VirtualService', { cluster: 'shop' }),
      () => {
        entities = [component('chat', 'e3')];
      },
    ]) {
      edit();
      asked.length = 0;
      for (let tick = 0; tick < 3; tick++) {
        time += 1000;
        await refresh.tick();
      }
      expect(asked).toEqual(['chat']);
    }
    value = 2;
    time += 2 * PERIOD_MS;
    expect(await refresh.tick()).toBe(1);
    expect(await billed()).toMatchObject({ value: 2 });
  });

  it('loses nothing while the catalog is away or has forgotten an entity', async () => {
    await refresh.tick();
    entities = new Error('the catalog is away');
    await expect(refresh.tick()).rejects.toThrow('the catalog is away');
    entities = [];
    time += 2 * PERIOD_MS;
    expect(await refresh.tick()).toBe(0);
    expect(await billed()).toMatchObject({ value: 1 });
    expect(await store.turns()).toMatchObject([
      { goneAt: '2026-11-27T10:30:00.000Z' },
    ]);
    entities = [component('chat')];
    expect(await refresh.tick()).toBe(1);
    expect(await billed()).toMatchObject({ since: '2026-11-27T10:00:00.000Z' });
  });

  it('begins anew for an entity that was renamed, and leaves the old name to be pruned', async () => {
    await refresh.tick();
    entities = [component('assistant')];
    expect(await refresh.tick()).toBe(1);
    expect(await store.refs({ limit: 9 })).toEqual([
      'component:default/assistant',
      chat,
    ]);
    const old = '2020-01-01T00:00:00.000Z';
    expect(
      await store.prune({
        changes: old,
        days: old,
        gone: '2026-11-28T00:00:00.000Z',
      }),
    ).toBe(1);
    expect(await store.refs({ limit: 9 })).toEqual([
      'component:default/assistant',
    ]);
  });

  it('goes on with a clock that was set back by a day', async () => {
    await refresh.tick();
    time -= 86_400_000;
    value = 0;
    expect(await refresh.tick()).toBe(1);
    expect(await billed()).toEqual({
      status: 'known',
      value: 0,
      since: '2026-11-26T10:00:00.000Z',
    });
  });

  it('computes what was edited before the clock was set back once, and then whose turn it is', async () => {
    const many = 60;
    entities = Array.from({ length: many }, (_, i) => component(`s${i}`));
    placesOf = name => [Number(name.slice(1)) < 30 ? 'shop/ai' : 'shop/web'];
    while (asked.length < many) {
      await refresh.tick();
      time += 45_000;
    }
    changed.changed('VirtualService', { cluster: 'shop', namespace: 'ai' });
    time -= 86_400_000;
    asked.length = 0;
    for (let tick = 0; tick < 2 * (PERIOD_MS / 45_000); tick++) {
      await refresh.tick();
      time += 45_000;
    }
    const counts = Array.from(
      { length: many },
      (_, i) => asked.filter(name => name === `s${i}`).length,
    );
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...counts)).toBeLessThanOrEqual(4);
  });

  it('stops where the scheduler says so', async () => {
    entities = Array.from({ length: 300 }, (_, i) => component(`s${i}`));
    const stop = new AbortController();
    stop.abort();
    expect(await refresh.tick(stop.signal)).toBe(0);
  });
});
