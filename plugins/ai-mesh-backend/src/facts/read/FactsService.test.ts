import {
  migrated,
  testDatabases,
} from '../../canary/store/__testUtils__/testDatabases';
import { DatabaseFactsStore } from '../store/DatabaseFactsStore';
import type { FactsStore } from '../store/FactsStore';
import { FactsService } from './FactsService';

const HOUR_MS = 3_600_000;
const chat = 'component:default/chat';

interface Moment {
  now: string;
  observedAt: string;
  goneAt?: string;
}

const morning: Moment = {
  now: '2026-02-20T10:10:00.000Z',
  observedAt: '2026-02-20T10:00:00.000Z',
};
const evening: Moment = {
  now: '2026-02-20T23:50:00.000Z',
  observedAt: '2026-02-20T23:40:00.000Z',
};

it.each<[string, Moment, Partial<Moment>, boolean]>([
  ['nothing', morning, {}, true],
  ['only the time', morning, { now: '2026-02-20T10:30:00.000Z' }, true],
  [
    'when it was computed',
    morning,
    { observedAt: '2026-02-20T10:01:00.000Z' },
    false,
  ],
  [
    'whether the catalog has it',
    morning,
    { goneAt: '2026-02-20T10:01:00.000Z' },
    false,
  ],
  [
    'whether it is too old',
    morning,
    { now: '2026-02-20T12:00:00.001Z' },
    false,
  ],
  [
    'the day, with which exemptions end',
    evening,
    { now: '2026-02-21T00:00:00.000Z' },
    false,
  ],
])(
  'says that facts are as they were where %s changed',
  async (_, first, change, isSame) => {
    const revisionOf = async ({ now, ...observed }: Moment) => {
      const store = {
        observed: async () => [{ entityRef: chat, ...observed }],
      } as unknown as FactsStore;
      const service = new FactsService({
        store,
        timings: { outdatedAfterMs: 2 * HOUR_MS } as never,
        rules: {} as never,
        now: () => new Date(now),
      });
      return (await service.revisions()).get(chat);
    };
    const before = await revisionOf(first);
    const after = await revisionOf({ ...first, ...change });
    expect(before).toBeDefined();
    expect(before === after).toBe(isSame);
  },
);

const { databases, ids } = testDatabases();

describe.each(ids)('the history on %s', id => {
  it.each([
    ['90d', 'days', [89, 88, 0]],
    ['400d', 'days', [399, 91, 89, 88, 0]],
    ['7d', 'changes', [6, 1]],
  ] as const)(
    'of %s has its %s, a gap where there are none, and of the facts those that are asked for',
    async (history, resolution, told) => {
      const knex = await migrated(await databases.init(id));
      const now = new Date('2026-02-20T10:10:00.000Z');
      const ago = (days: number) =>
        new Date(now.getTime() - days * 24 * HOUR_MS).toISOString();
      const facts = (days: number) =>
        JSON.stringify({ retriesBilled: days, mtlsStrict: null });
      await knex('fact_days').insert(
        [401, 399, 91, 89, 88, 0].map(days => ({
          entity_ref: chat,
          day: ago(days).slice(0, 10),
          facts: facts(days),
        })),
      );
      await knex('fact_changes').insert([
        ...[8, 6, 1].map(days => ({
          entity_ref: chat,
          at: ago(days),
          facts: facts(days),
        })),
        // Of what is not asked for.
        { entity_ref: chat, at: ago(2), facts: '{"mtlsStrict":true}' },
      ]);
      const service = new FactsService({
        store: new DatabaseFactsStore(knex),
        timings: { outdatedAfterMs: HOUR_MS } as never,
        rules: {} as never,
        now: () => now,
      });
      const answer = await service.facts(chat, {
        history,
        names: ['retriesBilled'],
      });
      expect(answer.history).toEqual({
        resolution,
        points: told.map(days => ({
          at:
            resolution === 'days'
              ? `${ago(days).slice(0, 10)}T00:00:00.000Z`
              : ago(days),
          values: { retriesBilled: days },
        })),
      });
      await knex.destroy();
    },
    60_000,
  );
});
