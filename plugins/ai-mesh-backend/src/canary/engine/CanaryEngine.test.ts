import { known } from '@ai-mesh/plugin-ai-mesh-common';
import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { FakeCluster } from '../__testUtils__/FakeCluster';
import { act, type CanaryRecord } from '../machine';
import { aCanary } from '../machine/__testUtils__/aCanary';
import { preflightOf } from '../preflight';
import { DatabaseCanaryStore, type CanaryStore } from '../store';
import {
  databaseService,
  testDatabases,
} from '../store/__testUtils__/testDatabases';
import { CanaryEngine, usualTimings, type EngineTimings } from './CanaryEngine';
import { backOffMs } from './EngineTools';
import type { CanaryWebhook } from './webhookCall';

const { databases } = testDatabases();
const pause = (ms: number) =>
  new Promise<void>(resolve => setTimeout(resolve, ms));

async function until(isSo: () => unknown, withinMs = 10_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) {
      throw new Error(`Not so within ${withinMs} ms: ${isSo}`);
    }
    await pause(5);
  }
}

/** Stands before a store and fails when told to; counts what it is asked. */
class Door {
  open = true;
  readonly visits: string[] = [];
  readonly attending = new Set<string>();
  mostAtOnce = 0;
  twiceAtOnce = 0;
  /** When it was asked for canaries. */
  readonly asked: number[] = [];
  /** A visit takes at least so long. */
  visitMs = 0;
  readonly store: CanaryStore;

  constructor(behind: CanaryStore) {
    this.store = new Proxy(behind, {
      get: (target, name: keyof CanaryStore) => {
        const method = target[name] as (...args: unknown[]) => unknown;
        return async (...args: unknown[]) => {
          if (name === 'claim' || name === 'renew') {
            this.asked.push(performance.now());
          }
          if (!this.open) {
            throw new Error('The database is away.');
          }
          return name === 'get'
            ? this.#visit(String(args[0]), () => method.apply(target, args))
            : method.apply(target, args);
        };
      },
    });
  }

  async #visit(id: string, read: () => unknown): Promise<unknown> {
    this.visits.push(id);
    this.twiceAtOnce += this.attending.has(id) ? 1 : 0;
    this.attending.add(id);
    this.mostAtOnce = Math.max(this.mostAtOnce, this.attending.size);
    await pause(this.visitMs);
    this.attending.delete(id);
    return read();
  }
}

describe('CanaryEngine', () => {
  let knex: Knex;
  let store: DatabaseCanaryStore;
  const engines: CanaryEngine[] = [];

  beforeEach(async () => {
    knex = await databases.init('SQLITE_3');
    store = await DatabaseCanaryStore.create(databaseService(knex));
  }, 60_000);

  afterEach(async () => {
    await Promise.all(engines.splice(0).map(engine => engine.stop()));
    await knex.destroy();
  });

  function engineOn(
    on: CanaryStore,
    {
      owner = 'replica-a',
      durationMs = 60_000,
      cluster = new FakeCluster(),
      webhooks = [],
      ...timings
    }: Partial<EngineTimings> & {
      owner?: string;
      durationMs?: number;
      cluster?: FakeCluster;
      webhooks?: CanaryWebhook[];
    } = {},
  ): CanaryEngine {
    const clusters = { get: () => cluster, list: () => [cluster] };
    const engine = new CanaryEngine(
      {
        store: on,
        clusters,
        lease: { owner, durationMs },
        webhooks,
        runPreflight: preflightOf({ clusters, store: on }),
        announcer: {
          happened: async () => undefined,
          changed: () => undefined,
        },
        ownersOf: async () => known(['component:default/ai-chat-service']),
        requestExpiryMs: 365 * 86_400_000,
        now: () => new Date(),
        random: () => 0,
        sleep: pause,
        logger: mockServices.logger.mock(),
      },
      { claimMs: 20, ...timings },
    );
    engines.push(engine);
    return engine;
  }

  /** Canaries, each of a route of its own; by default they wait for an approval. */
  async function canaries(
    count: number,
    changes: Partial<CanaryRecord> = {},
    first = 0,
  ) {
    const { route, ...rest } = aCanary();
    for (let i = first; i < first + count; i++) {
      await store.create(
        {
          ...rest,
          id: `c${i}`,
          requestedAt: new Date().toISOString(),
          route: { object: { ...route.object, name: `chat-${i}` } },
          ...changes,
        },
        [],
      );
    }
    // Told of already, so that a visit has nothing to save.
    await knex('canaries').update({ notified_version: 1 });
  }

  it('attends to a thousand, each in its turn and so many at a time', async () => {
    await canaries(1000);
    const door = new Door(store);
    door.visitMs = 1;
    engineOn(door.store, { claimLimit: 100, concurrency: 8 }).start();
    await until(() => door.visits.length >= 1000, 60_000);
    expect(new Set(door.visits).size).toBe(1000);
    expect(door.mostAtOnce).toBe(8);
    expect(engines[0].load.held).toBe(1000);
  }, 120_000);

  it('comes to whoever has waited longest first, and lets none starve', async () => {
    await canaries(60, {
      state: 'progressing',
      plan: { ...aCanary().plan, checkSeconds: 0.05 },
    });
    const door = new Door(store);
    door.visitMs = 5;
    // Without an editor a look ends early: it is the turns that are looked at here.
    const cluster = Object.create(new FakeCluster(), {
      editor: { value: undefined },
    });
    // 60 visits of 5 ms, four at a time, take 75 ms: all the time there is, and more.
    engineOn(door.store, { concurrency: 4, cluster }).start();
    await until(() => door.visits.length >= 60 * 12, 60_000);
    const counts = new Map<string, number>();
    door.visits.forEach(id => counts.set(id, (counts.get(id) ?? 0) + 1));
    const times = [...counts.values()];
    expect(times).toHaveLength(60);
    expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(2);
  }, 120_000);

  it('begins with what it finds at its start, and what is woken at once', async () => {
    await canaries(1);
    const door = new Door(store);
    const engine = engineOn(door.store, { claimMs: 60_000 });
    engine.start();
    await until(() => door.visits.length === 1);
    await until(() => engine.load.attending === 0);
    const stored = (await store.get('c0'))!;
    await store.saveForPerson(
      stored,
      act(
        stored.record,
        { action: 'cancel' },
        'user:default/olivia',
        new Date(),
      ),
    );
    engine.wake();
    await until(() => door.visits.length >= 2);
    // It has ended and is told: the lease goes back.
    await until(
      async () => (await knex('canaries').first()).lease_owner === null,
    );
    expect(engine.load.held).toBe(0);
  });

  it('never attends to one twice at once, whoever takes its lease meanwhile', async () => {
    await canaries(1);
    const door = new Door(store);
    door.visitMs = 60;
    engineOn(door.store).start();
    for (let i = 0; i < 10; i++) {
      await pause(30);
      await knex('canaries').update({ lease_owner: null, lease_until: null });
      engines[0].wake();
    }
    expect(door.visits.length).toBeGreaterThan(2);
    expect(door.twiceAtOnce).toBe(0);
  });

  it('keeps its leases while it lives, and another takes them over when it does not', async () => {
    await canaries(3);
    const other = new Door(store);
    const first = engineOn(store, { durationMs: 300 });
    first.start();
    await until(() => first.load.held === 3);
    engineOn(other.store, { owner: 'replica-b', durationMs: 300 }).start();
    await pause(900);
    expect(other.visits).toEqual([]);
    await first.stop();
    // As if it had been killed: nothing was given back.
    await knex('canaries').update({
      lease_owner: 'replica-a',
      lease_until: Date.now() + 300,
    });
    await until(() => new Set(other.visits).size === 3);
  });

  it('stops cleanly: ends what has begun, begins nothing more, and gives its leases back', async () => {
    await canaries(20);
    const door = new Door(store);
    door.visitMs = 50;
    const engine = engineOn(door.store, { concurrency: 4 });
    engine.start();
    await until(() => door.visits.length >= 4);
    await engine.stop();
    const begun = door.visits.length;
    expect(door.attending.size).toBe(0);
    await pause(100);
    expect(door.visits).toHaveLength(begun);
    const owners = await knex('canaries').pluck('lease_owner');
    expect(owners).toEqual(Array(20).fill(null));
  });

  it('waits for a database that is away, ever longer, and goes on as soon as it is back', async () => {
    await canaries(5);
    const door = new Door(store);
    const engine = engineOn(door.store, { claimMs: 20 });
    engine.start();
    await until(() => engine.load.held === 5 && engine.load.attending === 0);
    door.open = false;
    door.asked.length = 0;
    await pause(1700);
    const waits = door.asked.map((at, i) => at - (door.asked[i - 1] ?? at));
    // At once, after 1 s, after 2 s; claims otherwise come every 20 ms.
    expect(waits).toHaveLength(2);
    expect(waits[1]).toBeGreaterThan(900);
    expect(engine.load.held).toBe(5);
    door.open = true;
    await until(() => door.asked.length > 4, 20_000);
    expect(await knex('canaries').pluck('lease_owner')).toEqual(
      Array(5).fill('replica-a'),
    );
  }, 30_000);

  it('does not let one that fails keep the others waiting', async () => {
    await canaries(3);
    await knex('canaries').where('id', 'c1').update({ record: 'not JSON' });
    const door = new Door(store);
    const engine = engineOn(door.store);
    engine.start();
    await until(() => new Set(door.visits).size === 3);
    await until(() => engine.load.attending === 0);
    // It is tried again, no sooner than the back-off says.
    const tries = () => door.visits.filter(id => id === 'c1').length;
    expect(tries()).toBe(1);
    await until(() => tries() === 2);
  });

  it('does not let those whose webhook hangs keep the others waiting, however many they are', async () => {
    const { concurrency } = usualTimings;
    await canaries(concurrency, {
      state: 'rolledBack',
      progress: {
        ...aCanary().progress,
        toTell: { event: 'on-roll-back', failures: 0 },
      },
    });
    const door = new Door(store);
    let told = 0;
    const engine = engineOn(door.store, {
      webhooks: [
        {
          name: 'change-board',
          events: ['on-roll-back'],
          call: () => {
            told += 1;
            return new Promise(() => {});
          },
        },
      ],
    });
    engine.start();
    await until(() => told === concurrency);
    await canaries(1, {}, concurrency);
    await until(() => door.visits.includes(`c${concurrency}`));
    await until(() => engine.load.attending === 0);
    expect(told).toBe(concurrency);
  });
});

describe('backOffMs', () => {
  it('doubles up to a minute, and scatters over the upper half', () => {
    expect([0, 1, 2, 3, 10, 1000].map(n => backOffMs(n, () => 0))).toEqual([
      500, 1000, 2000, 4000, 30_000, 30_000,
    ]);
    expect(backOffMs(3, () => 1)).toBe(8000);
    expect(backOffMs(1000, () => 1)).toBe(60_000);
  });
});
