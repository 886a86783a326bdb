import type { Knex } from 'knex';
import { GroupRig } from '../__testUtils__/GroupRig';
import { aCanary } from '../machine/__testUtils__/aCanary';
import { DatabaseCanaryStore, type CanaryStore } from '../store';
import {
  databaseService,
  testDatabases,
} from '../store/__testUtils__/testDatabases';
import { withoutCanaries } from '../store/__testUtils__/withoutCanaries';

const { databases } = testDatabases();
let knex: Knex;
let rig: GroupRig;

beforeEach(async () => {
  knex = await databases.init('SQLITE_3');
  rig = new GroupRig(await DatabaseCanaryStore.create(databaseService(knex)));
}, 60_000);

afterEach(() => knex.destroy());

describe('one request for two clusters, one after another', () => {
  it('starts the second when the first is promoted', async () => {
    await rig.approved('one-after-another');
    await rig.visits(45);
    expect(await rig.states()).toEqual(['progressing', 'approved']);
    expect(rig.weights[1]).toBe(0);
    await rig.visits(150);
    expect(await rig.states()).toEqual(['promoted', 'promoted']);
    expect(rig.weights).toEqual([100, 100]);
    const at = async (cluster: 'east' | 'west', what: string) =>
      (await rig.store.transitions(cluster)).find(row => row.what === what)!.at;
    expect(
      (await at('east', 'promoted')) <= (await at('west', 'started')),
    ).toBe(true);
  });

  it('takes the promoted first back with the second, and leaves nothing of either', async () => {
    const before = structuredClone(rig.east.route.spec);
    await rig.approved('one-after-another');
    await rig.visits(75);
    expect(await rig.states()).toEqual(['promoted', 'progressing']);
    rig.west.prometheus.canaryErrorRatio = 1;
    await rig.visits(60);
    expect(await rig.states()).toEqual(['rolledBack', 'rolledBack']);
    expect(rig.east.route.spec).toEqual(before);
    expect(rig.weights).toEqual([0, 0]);
    expect(await rig.happened('east')).toEqual(
      expect.arrayContaining(['promoted', 'takenBack', 'restored']),
    );
    expect(rig.told.map(({ what }) => what)).toContain('takenBack');
    expect(await rig.visitAll()).toEqual([]);
  });

  it('does not start the second when the first is rolled back', async () => {
    await rig.approved('one-after-another');
    await rig.visits(15);
    await rig.act('rollBack', 'east');
    await rig.visits(30);
    expect(await rig.states()).toEqual(['rolledBack', 'cancelled']);
    expect(await rig.happened('west')).toEqual([
      'requested',
      'approve',
      'stopped',
    ]);
  });

  it('starts the second although the window for the start is over by then', async () => {
    const { plan } = aCanary({
      intervalSeconds: 30,
      checkSeconds: 15,
      steps: [50, 100],
      startWindow: { notAfter: '2025-06-01T12:00:40Z' },
    });
    await rig.request('one-after-another', { plan });
    await rig.act('approve', 'east', 'west');
    await rig.visits(200);
    expect(await rig.states()).toEqual(['promoted', 'promoted']);
  });

  it('waits while the first is held in a cluster that cannot be reached', async () => {
    await rig.approved('one-after-another');
    await rig.visits(15);
    rig.east.trouble = 'away';
    await rig.visits(300);
    expect(await rig.states()).toEqual(['progressing', 'approved']);
    rig.east.trouble = undefined;
    await rig.visits(240);
    expect(await rig.states()).toEqual(['promoted', 'promoted']);
  });

  it('does not offer to scale the old version down before all have ended', async () => {
    const { plan } = aCanary({
      intervalSeconds: 30,
      checkSeconds: 15,
      steps: [50, 100],
      cleanUp: { soakSeconds: 60 },
    });
    await rig.request('one-after-another', { plan });
    await rig.act('approve', 'east', 'west');
    await rig.visits(75);
    rig.west.trouble = 'away';
    await rig.visits(120);
    expect((await rig.record('east')).progress.cleanUp?.status).toBe('soaking');
    rig.west.trouble = undefined;
    await rig.visits(300);
    expect(await rig.states()).toEqual(['promoted', 'promoted']);
    expect((await rig.record('east')).progress.cleanUp?.status).toBe('offered');
  });
});

describe('one request for two clusters, both at once', () => {
  it('takes the other back with the one that fails', async () => {
    await rig.approved('together');
    await rig.visits(15);
    expect(await rig.states()).toEqual(['progressing', 'progressing']);
    rig.west.prometheus.canaryErrorRatio = 1;
    await rig.visits(60);
    expect(await rig.states()).toEqual(['rolledBack', 'rolledBack']);
    expect(rig.weights).toEqual([0, 0]);
  });

  it.each(['east', 'west'] as const)(
    'takes both back when a person rolls %s back, also one that is paused',
    async cluster => {
      await rig.approved('together');
      await rig.visits(15);
      await rig.act('pause', cluster === 'east' ? 'west' : 'east');
      await rig.act('rollBack', cluster);
      await rig.visits(60);
      expect(await rig.states()).toEqual(['rolledBack', 'rolledBack']);
    },
  );

  it('takes promoted ones back when a person asks for it', async () => {
    await rig.approved('together');
    await rig.visits(120);
    expect(await rig.states()).toEqual(['promoted', 'promoted']);
    await rig.act('rollBack', 'west');
    await rig.visits(60);
    expect(await rig.states()).toEqual(['rolledBack', 'rolledBack']);
    expect(rig.weights).toEqual([0, 0]);
    expect((await rig.record('east')).endedAt).toBeDefined();
  });

  it('overwrites nothing that somebody else has changed since, and says so', async () => {
    await rig.approved('together');
    await rig.visits(120);
    rig.east.setWeights(30, 70);
    await rig.act('rollBack', 'west');
    await rig.visits(60);
    expect(await rig.states()).toEqual(['paused', 'rolledBack']);
    expect(rig.weights).toEqual([70, 0]);
    expect((await rig.record('east')).progress.drift?.message).toContain(
      'somebody else has changed them',
    );
    expect(rig.told.map(({ what }) => what)).toContain('drift');
    // What a person decides then is not taken back once more.
    await rig.act('adoptDrift', 'east');
    await rig.visits(15);
    expect((await rig.record('east')).state).toBe('progressing');
  });

  it('leaves a route alone on which the next canary runs', async () => {
    await rig.approved('together');
    await rig.visits(120);
    const { route, service } = await rig.record('east');
    await rig.store.create(
      aCanary(
        { startWindow: { notBefore: '2030-01-01T00:00:00Z' } },
        {
          id: 'next',
          requestedAt: '2025-06-01T12:02:00Z',
          route,
          service,
        },
      ),
      [],
    );
    await rig.act('rollBack', 'west');
    await rig.visits(60);
    expect(await rig.states()).toEqual(['promoted', 'rolledBack']);
    expect(rig.weights).toEqual([100, 0]);
    const last = (await rig.store.transitions('east')).at(-1)!;
    expect(last).toMatchObject({
      what: 'notTakenBack',
      reason: expect.stringContaining('canary next is active on its route'),
    });
    expect(rig.told.map(({ what }) => what)).toContain('notTakenBack');
  });

  it('keeps trying in a cluster that cannot be reached', async () => {
    await rig.approved('together');
    await rig.visits(15);
    rig.east.trouble = 'away';
    await rig.act('rollBack', 'west');
    await rig.visits(120);
    expect(await rig.states()).toEqual(['paused', 'rolledBack']);
    expect((await rig.record('east')).progress.pause?.cause).toBe(
      'could-not-restore',
    );
    rig.east.trouble = undefined;
    await rig.visits(60);
    expect(await rig.states()).toEqual(['rolledBack', 'rolledBack']);
    expect(rig.weights).toEqual([0, 0]);
  });
});

class Killed extends Error {}

/** A store whose process dies at its n-th word to the database: before it is heard, or after. */
function dyingStore(
  store: CanaryStore,
  { at, heard }: { at: number; heard: boolean },
): { store: CanaryStore; died: () => boolean } {
  let words = 0;
  return {
    died: () => words >= at,
    store: new Proxy(store, {
      get(_, name: keyof CanaryStore) {
        const method = store[name] as (...args: unknown[]) => Promise<unknown>;
        return async (...args: unknown[]) => {
          words += 1;
          if (words < at) {
            return method.apply(store, args);
          }
          if (words === at && heard) {
            await method.apply(store, args);
          }
          throw new Killed();
        };
      },
    }),
  };
}

describe('a replica that dies while one request goes through two clusters', () => {
  it.each([
    ['before it is heard', false],
    ['after it was heard', true],
  ])(
    'at any word to the database, %s: another takes both back',
    async (_, heard) => {
      let lived = 0;
      for (let at = 1; lived === 0; at++) {
        await withoutCanaries(knex);
        const store = await DatabaseCanaryStore.create(databaseService(knex));
        rig = new GroupRig(store);
        rig.west.prometheus.canaryErrorRatio = 1;
        await rig.approved('one-after-another');
        const dying = dyingStore(store, { at, heard });
        await rig
          .visits(180, rig.toolsOf('replica-a', dying.store))
          .catch(error => {
            if (!(error instanceof Killed)) {
              throw error;
            }
          });
        // Its leases end.
        await store.release('replica-a');
        await rig.visits(180, rig.toolsOf('replica-b'));
        expect([at, await rig.states()]).toEqual([
          at,
          ['rolledBack', 'rolledBack'],
        ]);
        expect(rig.weights).toEqual([0, 0]);
        for (const cluster of ['east', 'west'] as const) {
          const happened = await rig.happened(cluster);
          expect(happened.filter(what => what === 'restored')).toHaveLength(1);
          expect(new Set(happened.filter(what => what !== 'step')).size).toBe(
            happened.filter(what => what !== 'step').length,
          );
        }
        expect(await rig.happened('east')).toContain('promoted');
        expect(await rig.visitAll()).toEqual([]);
        lived = dying.died() ? 0 : at;
      }
      expect(lived).toBeGreaterThan(20);
    },
    // Some seconds on a quiet machine.
    600_000,
  );
});
