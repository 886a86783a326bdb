import {
  CanarySandbox,
  HASTE,
  hastyPlan,
  HASTY_SCRAPES,
} from '../__testUtils__/CanarySandbox';
import { createApproved } from '../__testUtils__/createApproved';
import { EngineChild } from '../__testUtils__/EngineChild';
import {
  inconsistencies,
  recordedSteps,
} from '../__testUtils__/inconsistencies';
import { seeded } from '../__testUtils__/seeded';
import {
  sharedDatabase,
  type SharedDatabase,
} from '../__testUtils__/sharedDatabase';
import { testDatabases } from '../store/__testUtils__/testDatabases';

const { ids, hasPostgres } = testDatabases();
/** On each database; `KILLS` and `KILL_SEED` for more of them, and other ones. */
const KILLS = Number(process.env.KILLS ?? (hasPostgres ? 12 : 20));
const SEED = Number(process.env.KILL_SEED ?? 1);
/** A process starts in one second alone, and in ten on a machine that is busy. */
const PATIENCE_MS = 60_000 + KILLS * 15_000;

const steps = Array.from({ length: 33 }, (_, i) => 3 * (i + 1)).concat(100);
const pause = (ms: number) =>
  new Promise<void>(resolve => setTimeout(resolve, ms));

describe.each(ids)('kill -9 during promotions, on %s', id => {
  const epochMs = Date.now();
  const random = seeded(SEED);
  let sandbox: CanarySandbox;
  let database: SharedDatabase;
  let kills = 0;

  beforeAll(async () => {
    sandbox = await CanarySandbox.start();
    database = await sharedDatabase(id);
  }, 120_000);

  afterAll(async () => {
    await sandbox?.stop();
    await database?.remove();
  });

  const startEngine = (owner: string) =>
    EngineChild.start({
      database: database.config,
      kubernetes: sandbox.kubernetes,
      lease: { owner, durationMs: 300 },
      clock: { epochMs, times: HASTE },
      scrapeIntervalSeconds: HASTY_SCRAPES,
      claimMs: 50,
    });

  /** Waits for one of the moments at which a process may die: any, or just before or after a write arrives. */
  async function moment(): Promise<void> {
    const kind = random();
    const after = 1 + Math.floor(random() * 6);
    if (kind < 0.5) {
      await pause(random() * 400);
      return;
    }
    // The write hangs there, unanswered, until whoever sent it is dead.
    const hook = kind < 0.75 ? 'beforePatch' : 'afterPatch';
    let seen = 0;
    await Promise.race([
      pause(2000),
      new Promise<void>(resolve => {
        sandbox.proxy[hook] = async () => {
          seen += 1;
          if (seen < after) {
            return 'goes-on';
          }
          resolve();
          await pause(20);
          return 'lost';
        };
      }),
    ]);
  }

  async function promote(canary: string): Promise<void> {
    const { store } = database;
    const plan = { ...hastyPlan, steps };
    await createApproved(store, canary, 0, plan, new Date());
    const isPromoted = async () =>
      (await store.get(canary))?.record.state === 'promoted';
    const deadline = Date.now() + PATIENCE_MS;
    while (!(await isPromoted())) {
      if (Date.now() > deadline) {
        const stored = await store.get(canary);
        throw new Error(
          `Seed ${SEED}, after ${kills} kills: ${JSON.stringify(stored?.record, null, 1)}`,
        );
      }
      const engine = await startEngine(`${canary}-${kills}`);
      if (kills < KILLS) {
        await moment();
        await engine.kill();
        kills += 1;
      } else {
        while (!(await isPromoted()) && Date.now() < deadline) {
          await pause(50);
        }
        await engine.stop();
      }
      sandbox.proxy.beforePatch = () => 'goes-on';
      sandbox.proxy.afterPatch = () => 'goes-on';
      expect(engine.stderr).toBe('');
    }
  }

  it(
    `loses and doubles no step in ${KILLS} kills`,
    async () => {
      for (let run = 0; kills < KILLS; run++) {
        await sandbox.setWeights(100, 0);
        const before = await sandbox.route();
        sandbox.proxy.taken.length = 0;
        await promote(`c${run}`);
        const history = await database.store.transitions(`c${run}`);
        expect(inconsistencies(history)).toEqual([]);
        expect(recordedSteps(history)).toEqual(steps);
        // The last write takes the marks away, and moves no weight.
        expect(sandbox.proxy.taken.map(({ weights }) => weights.v2)).toEqual([
          ...steps,
          100,
        ]);
        expect(await sandbox.weights()).toEqual({ v1: 0, v2: 100 });
        const after = await sandbox.route();
        expect(after.metadata.annotations).toEqual(before.metadata.annotations);
      }
    },
    // All kills may befall one promotion.
    2 * PATIENCE_MS,
  );
});

// Skipped by name where no PostgreSQL is given.
(hasPostgres ? describe : describe.skip)('kill -9 on PostgreSQL', () => {
  it('is tested as above', () => {
    expect(ids.length).toBeGreaterThan(1);
  });
});
