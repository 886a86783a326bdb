import { defaultLevels } from '@ai-mesh/plugin-ai-mesh-common';
import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { Knex } from 'knex';
import {
  migrated,
  testDatabases,
} from '../canary/store/__testUtils__/testDatabases';
import { scorecardRules } from './checks/scorecardRules';
import { fact, noFact } from './core/ComputedFact';
import { everyFactIs } from './core/computeFacts';
import { FactsService } from './read/FactsService';
import { ChangedPlaces } from './refresh/ChangedPlaces';
import { FactsRefresh } from './refresh/FactsRefresh';
import { DatabaseFactsStore } from './store/DatabaseFactsStore';

const { databases, ids } = testDatabases();
const PERIOD_MS = 900_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const STARTS = '2026-11-26T10:00:00.000Z';

const chat: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { namespace: 'default', name: 'chat', etag: 'e1' },
  spec: { type: 'service' },
};
const REF = 'component:default/chat';
const timings = {
  periodMs: PERIOD_MS,
  tickMs: 45_000,
  outdatedAfterMs: 3 * PERIOD_MS,
  keepChangesMs: 7 * DAY_MS,
  keepDaysMs: 400 * DAY_MS,
};

type Mesh = 'there' | 'does not answer' | 'cannot be looked at';

describe.each(ids)('a mesh that is away for a day, on %s', id => {
  let knex: Knex;
  let mesh: Mesh;
  let time: number;
  let refresh: FactsRefresh;
  let service: FactsService;

  beforeEach(async () => {
    knex = await migrated(await databases.init(id));
    mesh = 'there';
    time = Date.parse(STARTS);
    const store = new DatabaseFactsStore(knex);
    const now = () => new Date(time);
    refresh = new FactsRefresh({
      store,
      timings,
      entities: async () => [chat],
      gather: async () => {
        if (mesh === 'cannot be looked at') {
          throw new Error('nobody answers');
        }
        return {
          computed: {
            ...everyFactIs(noFact('source-unreachable')),
            ...(mesh === 'there' && { reviewFindingsHigh: fact(0) }),
          },
          models: { status: 'known', models: [] },
          places: ['shop/ai'],
        };
      },
      tell: async () => {},
      changed: new ChangedPlaces(() => time),
      now,
      logger: mockServices.logger.mock(),
    });
    service = new FactsService({
      store,
      timings,
      rules: scorecardRules({
        levels: defaultLevels,
        readyMade: ['findings'],
        checks: [],
      }),
      now,
    });
  }, 60_000);

  afterEach(() => knex.destroy());

  /** Ticks as the scheduler does, while the mesh is as it is. */
  async function pass(ms: number) {
    for (const end = time + ms; time < end; time += PERIOD_MS) {
      await refresh.tick();
    }
  }

  const found = async () => {
    const { facts, history } = await service.facts(REF, { history: '7d' });
    const { checks, trend, counts } = await service.scorecard(chat);
    return {
      fact: facts.reviewFindingsHigh,
      points: history!.points.map(({ at, values }) => [
        at,
        values.reviewFindingsHigh,
      ]),
      outcome: checks[0].outcome,
      counts,
      failed: trend.map(({ counts: { fail } }) => fail),
      lastDay: trend.at(-1)?.counts,
    };
  };

  it.each<[Mesh, string]>([
    ['does not answer', 'source-unreachable'],
    ['cannot be looked at', 'outdated'],
  ])(
    'that %s: facts are unknown with what they were and when, history has a gap, and no check turns red',
    async (away, reason) => {
      await pass(2 * HOUR_MS);
      const before = await found();
      expect(before).toMatchObject({ outcome: 'pass', lastDay: { pass: 1 } });

      mesh = away;
      await pass(DAY_MS);
      const during = await found();
      expect(during).toMatchObject({
        fact: {
          status: 'unknown',
          reason,
          last: { value: 0, at: expect.stringMatching(/^2026-11-26T1[12]:/) },
        },
        outcome: 'unknown',
        counts: { pass: 0, fail: 0, unknown: 1 },
      });

      mesh = 'there';
      await pass(HOUR_MS);
      const after = await found();
      expect(after).toMatchObject({
        fact: { status: 'known', value: 0 },
        outcome: 'pass',
        lastDay: { pass: 1, fail: 0, unknown: 0 },
      });
      // Known, a gap, and known again; that it was known before is no value for the time between.
      expect(after.points.map(([, value]) => value)).toEqual([0, null, 0]);
      const [[, gap], [back]] = [after.points[1], after.points[2]];
      expect(gap).toBeNull();
      expect(Date.parse(String(back))).toBeGreaterThanOrEqual(
        Date.parse(STARTS) + DAY_MS,
      );
      for (const { failed } of [before, during, after]) {
        expect(failed.every(count => count === 0)).toBe(true);
      }
    },
    120_000,
  );
});
