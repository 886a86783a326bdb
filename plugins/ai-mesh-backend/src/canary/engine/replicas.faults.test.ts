import {
  CanarySandbox,
  HASTE,
  hastyPlan,
  HASTY_SCRAPES,
} from '../__testUtils__/CanarySandbox';
import { createApproved } from '../__testUtils__/createApproved';
import { chatName } from '../__testUtils__/canaryWorld';
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
/** Two processes on one file of SQLite's are slow, and nobody runs them. */
const chosen = hasPostgres ? ids.filter(([id]) => id !== 'SQLITE_3') : ids;
const random = seeded(1);
const pause = (ms: number) =>
  new Promise<void>(resolve => setTimeout(resolve, ms));
const CANARIES = 10;
const steps = Array.from({ length: 30 }, (_, i) => 3 * (i + 1)).concat(100);

describe.each(chosen)('two replicas on one %s', id => {
  let sandbox: CanarySandbox;
  let database: SharedDatabase;
  const replicas: EngineChild[] = [];

  beforeAll(async () => {
    sandbox = await CanarySandbox.start(CANARIES);
    database = await sharedDatabase(id);
  }, 120_000);

  afterAll(async () => {
    await Promise.all(replicas.map(replica => replica.stop()));
    await sandbox?.stop();
    await database?.remove();
  });

  it(`take ${CANARIES * steps.length} steps together, and none twice`, async () => {
    const { store, knex } = database;
    const indexes = Array.from({ length: CANARIES }, (_, i) => i);
    const epochMs = Date.now();
    for (const owner of ['replica-a', 'replica-b']) {
      replicas.push(
        await EngineChild.start({
          database: database.config,
          kubernetes: sandbox.kubernetes,
          lease: { owner, durationMs: 400 },
          clock: { epochMs, times: HASTE },
          scrapeIntervalSeconds: HASTY_SCRAPES,
          claimMs: 20,
          claimLimit: 1,
        }),
      );
    }
    for (const index of indexes) {
      const plan = { ...hastyPlan, steps };
      await createApproved(store, `c${index}`, index, plan, new Date());
    }
    const owners = new Set<string>();
    const deadline = Date.now() + 90_000;
    for (let turn = 0; ; turn++) {
      // One of them stands still for longer than its leases last, and goes on with what it had begun.
      const still = replicas[turn % 2];
      still.freeze();
      await pause(500);
      still.thaw();
      await pause(random() * 500);
      const rows = await knex('canaries').select('state', 'lease_owner');
      rows.forEach(row => row.lease_owner && owners.add(row.lease_owner));
      if (rows.every(({ state }) => state === 'promoted')) {
        break;
      }
      if (Date.now() > deadline) {
        throw new Error(JSON.stringify(rows));
      }
    }
    for (const index of indexes) {
      const history = await store.transitions(`c${index}`);
      expect(inconsistencies(history)).toEqual([]);
      expect(recordedSteps(history)).toEqual(steps);
      expect(
        sandbox.proxy.taken
          .filter(({ name }) => name === chatName(index))
          .map(({ weights }) => weights.v2),
      ).toEqual([...steps, 100]);
    }
    expect([...owners].sort()).toEqual(['replica-a', 'replica-b']);
  }, 120_000);
});

// Skipped by name where no PostgreSQL is given.
(hasPostgres ? describe : describe.skip)('two replicas on PostgreSQL', () => {
  it('are tested as above', () => {
    expect(ids.length).toBeGreaterThan(1);
  });
});
