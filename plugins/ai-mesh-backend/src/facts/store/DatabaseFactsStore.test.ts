import type { Knex } from 'knex';
import {
  migrated,
  testDatabases,
} from '../../canary/store/__testUtils__/testDatabases';
import { DatabaseFactsStore } from './DatabaseFactsStore';
import type { FactsSave } from './FactsStore';

const { databases, ids } = testDatabases();

const chat = 'component:default/chat';
const search = 'component:default/search';

function saveOf(
  entityRef: string,
  observedAt: string,
  value: number,
  more: Partial<FactsSave> = {},
): FactsSave {
  return {
    stored: {
      entityRef,
      version: 1,
      observedAt,
      facts: {
        plaintextCallers: { status: 'known', value, since: observedAt },
      },
    },
    models: { status: 'known', models: [] },
    changes: [{ at: observedAt, values: { plaintextCallers: value } }],
    day: { plaintextCallers: value },
    unchanged: false,
    turn: { dueAt: observedAt, places: ['shop/ai'], etag: 'e1' },
    ...more,
  };
}

describe.each(ids)('DatabaseFactsStore on %s', id => {
  let knex: Knex;
  let store: DatabaseFactsStore;

  beforeEach(async () => {
    knex = await migrated(await databases.init(id));
    store = new DatabaseFactsStore(knex);
  }, 60_000);

  afterEach(() => knex.destroy());

  it('is ready once the migrations have made its tables', async () => {
    expect(await DatabaseFactsStore.isReady(knex)).toBe(true);
    await knex.schema.dropTable('fact_days');
    expect(await DatabaseFactsStore.isReady(knex)).toBe(false);
  });

  it('keeps the models of those that the catalog has, and forgets them with the facts', async () => {
    const models = { status: 'unknown', reason: 'outdated' } as const;
    await store.save(saveOf(chat, '2026-11-27T00:00:00.000Z', 1, { models }));
    await store.save(saveOf(search, '2026-11-27T00:00:00.000Z', 1));
    await store.gone([search], '2026-11-27T01:00:00.000Z');
    expect(await store.models()).toEqual([
      { entityRef: chat, observedAt: '2026-11-27T00:00:00.000Z', models },
    ]);
    await store.prune({
      changes: '2026-11-28T00:00:00.000Z',
      days: '2026-11-28T00:00:00.000Z',
      gone: '2026-11-28T00:00:00.000Z',
    });
    expect(await knex('entity_models').pluck('entity_ref')).toEqual([chat]);
  });

  it('gives the models of all, each once, however many there are', async () => {
    const refs = Array.from(
      { length: 450 },
      (_, n) => `component:default/a${'-_.'[n % 4] ?? ''}${n}`,
    );
    await knex.batchInsert(
      'entity_facts',
      refs.map(entity_ref => ({
        entity_ref,
        due_at: '2026-11-27',
        facts: '{}',
        places: '[]',
      })),
      100,
    );
    await knex.batchInsert(
      'entity_models',
      refs.map(entity_ref => ({
        entity_ref,
        observed_at: '2026-11-27',
        models: '{"status":"known","models":[]}',
      })),
      100,
    );
    const found = await store.models();
    expect(found.map(({ entityRef }) => entityRef).sort()).toEqual(refs.sort());
  });

  it('gives the models and findings of some, and how many have facts of what age', async () => {
    const gone = 'component:default/gone';
    expect(await store.sizes('2026-11-27T00:30:00.000Z')).toEqual({
      fresh: 0,
      outdated: 0,
      none: 0,
    });
    await store.save(saveOf(chat, '2026-11-27T00:00:00.000Z', 1));
    await store.save(saveOf(search, '2026-11-27T01:00:00.000Z', 1));
    await store.save(saveOf(gone, '2026-11-26T01:00:00.000Z', 1));
    await store.gone([gone], '2026-11-27T01:00:00.000Z');
    await store.enrol(['component:default/new'], '2026-11-27T01:00:00.000Z');
    expect(await store.sizes('2026-11-27T00:30:00.000Z')).toEqual({
      fresh: 1,
      outdated: 1,
      none: 1,
      oldest: '2026-11-27T00:00:00.000Z',
    });
    await store.save(
      saveOf(search, '2026-11-27T01:00:00.000Z', 1, {
        findingCodes: ['AIM103'],
      }),
    );
    const codes = async () =>
      (await store.models()).map(({ findingCodes }) => findingCodes);
    expect(await codes()).toEqual([undefined, ['AIM103']]);
    await store.save(
      saveOf(chat, '2026-11-27T00:00:00.000Z', 1, { findingCodes: [] }),
    );
    // That there are none is known; what is saved without any is not known any more.
    await store.save(saveOf(search, '2026-11-27T01:00:00.000Z', 1));
    expect(await codes()).toEqual([[], undefined]);
    const some = await store.models([search, gone, 'component:default/who']);
    expect(some.map(({ entityRef }) => entityRef)).toEqual([search]);
  });

  it('keeps what was saved, and tells entities that had no turn from those that had', async () => {
    await store.enrol([chat, search], '2026-11-27T00:00:00.000Z');
    expect(await store.get(chat)).toBeUndefined();
    expect(await store.refs({ limit: 10 })).toEqual([]);
    const save = saveOf(chat, '2026-11-27T01:00:00.000Z', 2);
    await store.save(save);
    expect(await store.get(chat)).toEqual(save.stored);
    expect(await store.getMany([search, chat])).toEqual([save.stored]);
    expect(await store.refs({ limit: 10 })).toEqual([chat]);
    const turns = await store.turns();
    expect(turns).toHaveLength(2);
    expect(turns).toContainEqual({
      entityRef: chat,
      dueAt: '2026-11-27T01:00:00.000Z',
      observedAt: '2026-11-27T01:00:00.000Z',
      places: ['shop/ai'],
      etag: 'e1',
      goneAt: undefined,
    });
  });

  it('says when what is told of each was computed, also of those that are gone', async () => {
    const [first, second] = [
      '2026-02-20T10:00:00.000Z',
      '2026-02-20T11:00:00.000Z',
    ];
    await store.enrol([chat, search, 'component:default/new'], first);
    await store.save(saveOf(chat, first, 1));
    await store.save(saveOf(search, first, 1));
    await store.save(saveOf(chat, second, 1, { unchanged: true }));
    await store.gone([search], second);
    const observed = await store.observed();
    expect(
      observed.sort((a, b) => a.entityRef.localeCompare(b.entityRef)),
    ).toEqual([
      { entityRef: chat, observedAt: second },
      { entityRef: search, observedAt: first, goneAt: second },
    ]);
  });

  it('pages through references in their order', async () => {
    for (const ref of [search, chat]) {
      await store.save(saveOf(ref, '2026-11-27T01:00:00.000Z', 2));
    }
    expect(await store.refs({ limit: 1 })).toEqual([chat]);
    expect(await store.refs({ limit: 9, after: chat })).toEqual([search]);
    expect(await store.refs({ limit: 9, after: search })).toEqual([]);
  });

  it('writes the time alone where nothing changed', async () => {
    const first = saveOf(chat, '2026-11-27T01:00:00.000Z', 2);
    await store.save(first);
    await store.save({
      ...saveOf(chat, '2026-11-27T02:00:00.000Z', 2),
      unchanged: true,
      changes: [],
      day: undefined,
    });
    expect(await store.get(chat)).toEqual({
      ...first.stored,
      observedAt: '2026-11-27T02:00:00.000Z',
    });
    expect(await store.changes(chat, '2026')).toHaveLength(1);
  });

  it('has one row for a moment and one for a day, also where the clock was set back', async () => {
    await store.save(saveOf(chat, '2026-11-27T02:00:00.000Z', 2));
    await store.save(saveOf(chat, '2026-11-27T01:00:00.000Z', 3));
    await store.save(saveOf(chat, '2026-11-27T02:00:00.000Z', 4));
    expect(await store.changes(chat, '2026-11-27T01:30:00.000Z')).toEqual([
      { at: '2026-11-27T02:00:00.000Z', values: { plaintextCallers: 4 } },
    ]);
    expect(await store.days(chat, '2026-11-01T00:00:00.000Z')).toEqual([
      { day: '2026-11-27', values: { plaintextCallers: 4 } },
    ]);
  });

  it('prunes by age, and entities that have been gone for long with all that they had', async () => {
    await store.save(saveOf(chat, '2026-01-01T02:00:00.000Z', 2));
    await store.save(saveOf(chat, '2026-11-27T02:00:00.000Z', 3));
    await store.save(saveOf(search, '2026-11-27T02:00:00.000Z', 3));
    const before = {
      changes: '2026-11-20T00:00:00.000Z',
      days: '2025-11-01T00:00:00.000Z',
      gone: '2026-11-20T00:00:00.000Z',
    };
    expect(await store.prune(before)).toBe(0);
    expect(await store.changes(chat, '2025')).toHaveLength(1);
    expect(await store.days(chat, '2025')).toHaveLength(2);
    await store.gone([search], '2026-11-19T00:00:00.000Z');
    await store.gone([search], '2026-11-27T00:00:00.000Z');
    expect(await store.prune(before)).toBe(1);
    expect(await store.get(search)).toBeUndefined();
    expect(await store.days(search, '2025')).toEqual([]);
    expect(await store.changes(search, '2025')).toEqual([]);
    expect(await store.get(chat)).toBeDefined();
  });

  it('takes an entity back that the catalog had lost', async () => {
    await store.save(saveOf(chat, '2026-11-27T02:00:00.000Z', 3));
    await store.gone([chat], '2026-11-19T00:00:00.000Z');
    await store.enrol([chat], '2026-11-27T03:00:00.000Z');
    expect(await store.turns()).toMatchObject([
      { goneAt: undefined, dueAt: '2026-11-27T03:00:00.000Z' },
    ]);
    expect((await store.get(chat))?.facts).toMatchObject({
      plaintextCallers: { value: 3 },
    });
  });

  it('postpones a turn and leaves the facts', async () => {
    const save = saveOf(chat, '2026-11-27T02:00:00.000Z', 3);
    await store.save(save);
    await store.postpone(chat, '2026-11-27T05:00:00.000Z');
    expect(await store.get(chat)).toEqual(save.stored);
    expect(await store.turns()).toMatchObject([
      { dueAt: '2026-11-27T05:00:00.000Z' },
    ]);
  });

  it('asks about more entities than one statement takes', async () => {
    const refs = Array.from(
      { length: 1200 },
      (_, i) => `component:default/s${i}`,
    );
    await store.enrol(refs, '2026-11-27T00:00:00.000Z');
    expect(await store.turns()).toHaveLength(1200);
    expect(await store.getMany(refs)).toEqual([]);
  });
});
