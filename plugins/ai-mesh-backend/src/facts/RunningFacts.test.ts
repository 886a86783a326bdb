import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  migrated,
  testDatabases,
} from '../canary/store/__testUtils__/testDatabases';
import { factTimings } from './FactTimings';
import { RunningFacts } from './RunningFacts';

const { databases } = testDatabases();

function runningOn(getClient: () => Promise<Knex>) {
  const scheduler = mockServices.scheduler();
  const facts = new RunningFacts({
    database: { getClient },
    scheduler,
    timings: factTimings({
      periodMs: 900_000,
      keepChangesMs: 604_800_000,
      keepDaysMs: 34_560_000_000,
    }),
    rules: { levels: [], checks: [] },
    entities: async () => [],
    gather: jest.fn(),
    changed: { since: () => false },
    events: { publish: jest.fn() },
    notifications: { send: jest.fn() },
    languages: ['en'],
    logger: mockServices.logger.mock(),
  });
  return { facts, scheduler };
}

describe('RunningFacts', () => {
  it('schedules its tasks for one replica at a time', async () => {
    const knex = await migrated(await databases.init('SQLITE_3'));
    const { facts, scheduler } = runningOn(async () => knex);
    await facts.start();
    facts.stop();
    expect(await scheduler.getScheduledTasks()).toMatchObject([
      { id: 'refresh-facts', scope: 'global' },
      { id: 'prune-facts', scope: 'global' },
    ]);
    expect(await facts.service.refs({ limit: 1 })).toEqual([]);
    await knex.destroy();
  }, 60_000);

  it('prunes what is older than it is to be kept, and nothing else', async () => {
    const knex = await migrated(await databases.init('SQLITE_3'));
    const { facts, scheduler } = runningOn(async () => knex);
    await facts.start();
    const ago = (days: number) =>
      new Date(Date.now() - days * 86_400_000).toISOString();
    await knex('fact_changes').insert(
      [6, 8].map(days => ({ entity_ref: 'a', at: ago(days), facts: '{}' })),
    );
    await knex('fact_days').insert(
      [399, 402].map(days => ({
        entity_ref: 'a',
        day: ago(days).slice(0, 10),
        facts: '{}',
      })),
    );
    await knex('entity_facts').insert(
      [undefined, 6, 8].map(gone => ({
        entity_ref: `gone for ${gone}`,
        due_at: ago(0),
        facts: '{}',
        places: '[]',
        gone_at: gone === undefined ? null : ago(gone),
      })),
    );
    await scheduler.triggerTask('prune-facts');
    facts.stop();
    expect({
      changes: await knex('fact_changes').pluck('at'),
      days: await knex('fact_days').pluck('day'),
      entities: await knex('entity_facts').pluck('entity_ref'),
    }).toEqual({
      changes: [expect.stringContaining(ago(6).slice(0, 10))],
      days: [ago(399).slice(0, 10)],
      entities: ['gone for 6', 'gone for undefined'],
    });
    await knex.destroy();
  }, 60_000);

  it.each([
    ['has no tables yet', async () => databases.init('SQLITE_3')],
    ['refuses', async () => Promise.reject(new Error('ECONNREFUSED'))],
  ] as [string, () => Promise<Knex>][])(
    'says so while the database %s, and does not keep the portal from starting',
    async (_, open) => {
      const { facts } = runningOn(open);
      await facts.start();
      facts.stop();
      expect(() => facts.service).toThrow(
        "The portal's database cannot be used at present",
      );
    },
    60_000,
  );

  it('waits no longer than a few seconds for a database that does not answer', async () => {
    const { facts } = runningOn(() => new Promise(() => undefined));
    await facts.start();
    facts.stop();
    expect(() => facts.service).toThrow('cannot be used at present');
  }, 60_000);
});
