import Knex, { type Knex as Database } from 'knex';
import { CanarySandbox } from '../__testUtils__/CanarySandbox';
import { FaultRig } from '../__testUtils__/FaultRig';
import {
  inconsistencies,
  recordedSteps,
} from '../__testUtils__/inconsistencies';
import {
  sharedDatabase,
  type SharedDatabase,
} from '../__testUtils__/sharedDatabase';
import { TcpGate } from '../__testUtils__/TcpGate';
import { DatabaseCanaryStore } from '../store';
import {
  databaseService,
  testDatabases,
} from '../store/__testUtils__/testDatabases';

const { ids } = testDatabases();
const postgres = ids.filter(([id]) => id !== 'SQLITE_3');
const pause = (ms: number) =>
  new Promise<void>(resolve => setTimeout(resolve, ms));

/** How long it is away; all but the waiting is the same for 30 s. */
const AWAY_MS = Number(process.env.DATABASE_AWAY_MS ?? 3000);

// A file has no network to break; what the engine does without a database is in CanaryEngine.test.ts for any.
(postgres.length > 0 ? describe.each(postgres) : describe.skip.each([['-']]))(
  'a database that cannot be reached, %s',
  id => {
    let sandbox: CanarySandbox;
    let shared: SharedDatabase;
    let gate: TcpGate;
    let knex: Database;
    let rig: FaultRig;

    beforeAll(async () => {
      sandbox = await CanarySandbox.start(3);
      shared = await sharedDatabase(id as never);
      const { connection } = shared.config;
      const { host, port } = connection as { host: string; port: number };
      gate = await TcpGate.start(host, Number(port));
      knex = Knex({
        ...shared.config,
        connection: {
          ...(connection as object),
          host: '127.0.0.1',
          port: gate.port,
        },
        acquireConnectionTimeout: 1000,
        // That connections break is what this is about.
        log: { warn: () => undefined, error: () => undefined },
      });
      const store = await DatabaseCanaryStore.create(databaseService(knex));
      rig = new FaultRig(sandbox, store);
      await rig.start();
    }, 120_000);

    afterAll(async () => {
      gate?.open();
      await rig?.stop();
      await sandbox?.stop();
      await knex?.destroy();
      await gate?.stop();
      await shared?.remove();
    });

    it('moves no weight, keeps the last ones, and goes on when it is back', async () => {
      const chat = await rig.canary(0);
      gate.close();
      // A write that was sent before may still arrive.
      await pause(200);
      const weights = await chat.weights();
      const taken = sandbox.proxy.taken.length;
      await pause(AWAY_MS);
      expect(sandbox.proxy.taken).toHaveLength(taken);
      expect(await chat.weights()).toEqual(weights);
      gate.open();
      await chat.until(({ state }) => state === 'promoted', 60_000);
      const history = await chat.history();
      expect(inconsistencies(history)).toEqual([]);
      expect(recordedSteps(history)).toEqual([20, 40, 60, 80, 100]);
      expect(sandbox.proxy.taken.map(({ weights: w }) => w.v2)).toEqual([
        20, 40, 60, 80, 100, 100,
      ]);
    }, 120_000);

    it('that goes away between a write and its record: finds the write when it is back', async () => {
      const chat = await rig.canary(1);
      let times = 0;
      sandbox.proxy.afterPatch = () => {
        times += 1;
        if (times === 1) {
          gate.close();
        }
        return 'goes-on';
      };
      await pause(1000);
      expect(times).toBe(1);
      gate.open();
      await chat.until(({ state }) => state === 'promoted', 60_000);
      const history = await chat.history();
      expect(inconsistencies(history)).toEqual([]);
      expect(recordedSteps(history)).toEqual([20, 40, 60, 80, 100]);
      // Not one of the steps that are left was written twice.
      expect(times).toBe(5);
    }, 120_000);
  },
);
