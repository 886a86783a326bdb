import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { testDatabases } from './__testUtils__/testDatabases';

const directory = resolvePackagePath(
  '@ai-mesh/plugin-ai-mesh-backend',
  'migrations',
);
const tables = [
  'canaries',
  'canary_transitions',
  'canary_intents',
  'entity_facts',
  'fact_changes',
  'fact_days',
  'entity_models',
  'entity_concerns',
  'fix_requests',
  'fix_applications',
];
const { databases, ids, hasPostgres } = testDatabases();

describe.each(ids)('migrations on %s', id => {
  it('run up, down and up again', async () => {
    const knex = await databases.init(id);
    const existing = async () =>
      Promise.all(tables.map(table => knex.schema.hasTable(table)));
    await knex.migrate.latest({ directory });
    expect(await existing()).toEqual(tables.map(() => true));
    await knex.migrate.rollback({ directory }, true);
    expect(await existing()).toEqual(tables.map(() => false));
    await knex.migrate.latest({ directory });
    expect(await existing()).toEqual(tables.map(() => true));
    await knex.destroy();
  }, 60_000);

  it('keep the pull requests of former releases, for findings, and lose the others on the way back', async () => {
    const knex = await databases.init(id);
    await knex.migrate.latest({ directory });
    const last = '20261129000000_fix_request_kinds.js';
    const row = (url: string) => ({
      id: url,
      entity_ref: 'component:default/chat',
      url,
      asked_by: 'user:default/olivia',
      asked_at: '2025-06-01T12:00:00.000Z',
      findings: '[]',
      state: 'open',
      state_at: '2025-06-01T12:00:00.000Z',
    });
    const later = '20261129190000_fix_request_words.js';
    await knex.migrate.down({ directory, name: later } as object);
    await knex.migrate.down({ directory, name: last } as object);
    await knex('fix_requests').insert(row('old'));
    await knex.migrate.up({ directory, name: last } as object);
    expect(
      await knex('fix_requests').select('url', 'kind', 'canary', 'objects'),
    ).toEqual([{ url: 'old', kind: 'finding', canary: null, objects: null }]);
    await knex('fix_requests').insert({
      ...row('new'),
      kind: 'canary',
      canary: 'c1',
      objects: '[]',
    });
    await knex.migrate.down({ directory, name: last } as object);
    expect(await knex('fix_requests').select()).toEqual([
      { ...row('old'), message: null, check_at: null },
    ]);
    await knex.destroy();
  }, 60_000);

  it('leave a history that nobody can change', async () => {
    const knex = await databases.init(id);
    await knex.migrate.latest({ directory });
    await knex('canaries').insert({
      id: 'c1',
      revision: 1,
      version: 1,
      state: 'requested',
      entity_ref: 'component:default/chat',
      requested_by: 'user:default/olivia',
      requested_at: '2025-06-01T12:00:00.000Z',
      record: '{}',
      needs_engine: true,
    });
    await knex('canary_transitions').insert({
      canary_id: 'c1',
      seq: 1,
      at: '2025-06-01T12:00:00.000Z',
      by: 'user:default/olivia',
      to_state: 'requested',
      what: 'requested',
      reason: 'because',
    });
    await expect(
      knex('canary_transitions').update({ by: 'nobody' }),
    ).rejects.toThrow('rows are never changed');
    await expect(knex('canary_transitions').delete()).rejects.toThrow(
      'rows are never changed',
    );
    await expect(knex('canary_transitions').truncate()).rejects.toThrow(
      'rows are never changed',
    );
    await knex.destroy();
  }, 60_000);
});

// Skipped by name where no PostgreSQL is given.
(hasPostgres ? describe : describe.skip)('migrations on PostgreSQL', () => {
  it('is tested as above', () => {
    expect(ids.length).toBeGreaterThan(1);
  });
});
