import {
  CanarySandbox,
  HASTE,
  hastyPlan,
  HASTY_SCRAPES,
} from '../__testUtils__/CanarySandbox';
import { nameOf, type CanaryKind } from '../__testUtils__/canaryWorld';
import { ChangeBoard } from '../__testUtils__/ChangeBoard';
import { createApproved } from '../__testUtils__/createApproved';
import { EngineChild } from '../__testUtils__/EngineChild';
import { EvidenceLedger } from '../__testUtils__/EvidenceLedger';
import { expectToldOf } from '../__testUtils__/expectToldOf';
import { GATES_OF_EVERY_KIND } from '../__testUtils__/gatesOfEveryKind';
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
/** Of each kind. */
const CANARIES = 5;
const steps = Array.from({ length: 10 }, (_, i) => 10 * (i + 1));
/** Long enough that what one does at a visit is done by then, also on a machine that is busy. */
const LEASE_MS = 1000;

const canaries = (['subsets', 'pools'] as CanaryKind[]).flatMap(kind =>
  Array.from({ length: CANARIES }, (_, index) => ({
    id: `${kind}-${index}`,
    kind,
    index,
    name: nameOf(kind, index),
    evidence: new EvidenceLedger(),
  })),
);

describe.each(chosen)('two replicas on one %s', id => {
  let sandbox: CanarySandbox;
  let database: SharedDatabase;
  let board: ChangeBoard;
  const replicas: EngineChild[] = [];

  beforeAll(async () => {
    sandbox = await CanarySandbox.start(CANARIES, CANARIES);
    database = await sharedDatabase(id);
    board = await ChangeBoard.start();
  }, 120_000);

  afterAll(async () => {
    await Promise.all(replicas.map(replica => replica.stop()));
    await board?.stop();
    await sandbox?.stop();
    await database?.remove();
  });

  it(`take ${canaries.length * steps.length} steps together, each once and each allowed, and count every request once`, async () => {
    const { store, knex } = database;
    const epochMs = Date.now();
    // Some are asked for twice.
    board.says = call =>
      call.id.endsWith('.1') && call.toPercent === steps[3] ? 'hold' : 'go';
    for (const owner of ['replica-a', 'replica-b']) {
      replicas.push(
        await EngineChild.start({
          database: database.config,
          kubernetes: sandbox.kubernetes,
          lease: { owner, durationMs: LEASE_MS },
          clock: { epochMs, times: HASTE },
          scrapeIntervalSeconds: HASTY_SCRAPES,
          claimMs: 20,
          claimLimit: 1,
          everyGate: { evaluations: board.evaluations, counts: 'istio' },
          webhooks: [board.webhook],
        }),
      );
    }
    const plan = { ...hastyPlan, steps, qualityGates: GATES_OF_EVERY_KIND };
    for (const { id: canary, index, kind } of canaries) {
      await createApproved(store, canary, index, plan, new Date(), kind);
    }
    const owners = new Set<string>();
    const deadline = Date.now() + 240_000;
    for (let turn = 0; ; turn++) {
      // One of them stands still for longer than its leases last, and goes on with what it had begun.
      const still = replicas[turn % 2];
      still.freeze();
      await pause(1.2 * LEASE_MS);
      still.thaw();
      await pause(random() * 700);
      const rows = await knex('canaries').select('state', 'lease_owner');
      rows.forEach(row => row.lease_owner && owners.add(row.lease_owner));
      const records = await Promise.all(
        canaries.map(async one => (await store.get(one.id))!.record),
      );
      records.forEach(({ progress }, i) => canaries[i].evidence.look(progress));
      if (
        records.every(
          ({ state, progress }) => state === 'promoted' && !progress.toTell,
        )
      ) {
        break;
      }
      if (Date.now() > deadline) {
        throw new Error(JSON.stringify(rows));
      }
    }
    for (const { id: canary, name, evidence } of canaries) {
      const history = await store.transitions(canary);
      const taken = sandbox.proxy.taken.filter(patch => patch.name === name);
      expect(inconsistencies(history)).toEqual([]);
      expect(recordedSteps(history)).toEqual(steps);
      expect(taken.map(({ weights }) => weights.v2)).toEqual([...steps, 100]);
      expect(evidence.wrong).toEqual([]);
      expectToldOf(board, canary, history, taken);
    }
    expect([...owners].sort()).toEqual(['replica-a', 'replica-b']);
  }, 270_000);
});

// Skipped by name where no PostgreSQL is given.
(hasPostgres ? describe : describe.skip)('two replicas on PostgreSQL', () => {
  it('are tested as above', () => {
    expect(ids.length).toBeGreaterThan(1);
  });
});
