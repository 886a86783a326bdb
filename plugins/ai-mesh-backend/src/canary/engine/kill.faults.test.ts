import {
  CanarySandbox,
  HASTE,
  hastyPlan,
  HASTY_SCRAPES,
} from '../__testUtils__/CanarySandbox';
import type { CanaryKind } from '../__testUtils__/canaryWorld';
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
/** On each database; `KILLS` and `KILL_SEED` for more of them, and other ones. */
const KILLS = Number(process.env.KILLS ?? (hasPostgres ? 12 : 20));
const SEED = Number(process.env.KILL_SEED ?? 1);
/** A process starts in one second alone, and in ten on a machine that is busy. */
const PATIENCE_MS = 60_000 + KILLS * 15_000;

const steps = Array.from({ length: 16 }, (_, i) => 6 * (i + 1)).concat(100);
/** The step that a change board does not let go, and whose canary goes back. */
const STOPPED = 5;
const pause = (ms: number) =>
  new Promise<void>(resolve => setTimeout(resolve, ms));

interface Run {
  id: string;
  kind: CanaryKind;
  ends: 'promoted' | 'rolledBack';
}

const runs: Run[] = [
  { id: 'c0', kind: 'subsets', ends: 'promoted' },
  { id: 'c1', kind: 'pools', ends: 'promoted' },
  { id: 'c2', kind: 'subsets', ends: 'rolledBack' },
  { id: 'c3', kind: 'pools', ends: 'rolledBack' },
];
const KILLS_OF_RUN = Math.ceil(KILLS / runs.length);

describe.each(ids)('kill -9 while canaries run, on %s', id => {
  const epochMs = Date.now();
  const random = seeded(SEED);
  let sandbox: CanarySandbox;
  let database: SharedDatabase;
  let board: ChangeBoard;

  beforeAll(async () => {
    sandbox = await CanarySandbox.start(4, 4);
    database = await sharedDatabase(id);
    board = await ChangeBoard.start();
  }, 120_000);

  afterAll(async () => {
    await board?.stop();
    await sandbox?.stop();
    await database?.remove();
  });

  const startEngine = (owner: string, kind: CanaryKind) =>
    EngineChild.start({
      database: database.config,
      kubernetes: sandbox.kubernetes,
      lease: { owner, durationMs: 800 },
      clock: { epochMs, times: HASTE },
      scrapeIntervalSeconds: HASTY_SCRAPES,
      claimMs: 50,
      everyGate: {
        evaluations: board.evaluations,
        counts: kind === 'pools' ? 'pickers' : 'istio',
      },
      webhooks: [board.webhook],
    });

  /** Waits for one of the moments at which a process may die: any, or just before or after somebody else hears it. */
  async function moment(): Promise<void> {
    const kind = random();
    const after = 1 + Math.floor(random() * 4);
    if (kind < 0.3) {
      await pause(random() * 400);
      return;
    }
    let seen = 0;
    await Promise.race([
      pause(2000),
      new Promise<void>(resolve => {
        // What hangs there is unanswered until whoever sent it is dead.
        const hang = async () => {
          seen += 1;
          if (seen < after) {
            return false;
          }
          resolve();
          await pause(20);
          return true;
        };
        if (kind < 0.65) {
          const hook = kind < 0.47 ? 'beforePatch' : 'afterPatch';
          sandbox.proxy[hook] = async () =>
            (await hang()) ? 'lost' : 'goes-on';
          return;
        }
        const asked = kind < 0.9 ? 'call' : 'evaluation';
        const isHeard = random() < 0.5;
        board.beforeAnswer = async what => {
          if (what !== asked) {
            return 'answers';
          }
          if (isHeard && seen === after - 1) {
            // It hears the answer, and may or may not come to keep it.
            seen += 1;
            setTimeout(resolve, random() * 20);
            return 'answers';
          }
          return (await hang()) ? 'lost' : 'answers';
        };
      }),
    ]);
  }

  /** Carries a canary to its end, by one process after the other. */
  async function carryOut({ id: canary, kind, ends }: Run, index: number) {
    const { store } = database;
    const evidence = new EvidenceLedger();
    await createApproved(
      store,
      canary,
      index,
      { ...hastyPlan, steps, qualityGates: GATES_OF_EVERY_KIND },
      new Date(),
      kind,
    );
    const isOver = async () => {
      const { state, progress } = (await store.get(canary))!.record;
      evidence.look(progress);
      return state === ends && !progress.toTell;
    };
    const deadline = Date.now() + PATIENCE_MS;
    for (let kills = 0; !(await isOver()); kills++) {
      if (Date.now() > deadline) {
        const stored = await store.get(canary);
        throw new Error(
          `Seed ${SEED}, after ${kills} kills: ${JSON.stringify(stored?.record, null, 1)}`,
        );
      }
      const engine = await startEngine(`${canary}-${kills}`, kind);
      if (kills < KILLS_OF_RUN) {
        await moment();
        await engine.kill();
      } else {
        while (!(await isOver()) && Date.now() < deadline) {
          await pause(50);
        }
        await engine.stop();
      }
      sandbox.proxy.beforePatch = () => 'goes-on';
      sandbox.proxy.afterPatch = () => 'goes-on';
      board.beforeAnswer = () => 'answers';
      expect(engine.stderr).toBe('');
    }
    return evidence;
  }

  it.each(runs.map((run, index) => ({ ...run, index })))(
    `loses and doubles neither a step nor a request nor a webhook's word in ${KILLS_OF_RUN} kills: $kind, $ends`,
    async ({ index, ...run }) => {
      const stop = run.ends === 'promoted' ? undefined : steps[STOPPED];
      board.says = ({ id: call, toPercent }) => {
        if (toPercent === stop) {
          return 'stop';
        }
        // Some are asked for twice.
        return call.endsWith('.1') && toPercent === steps[2] ? 'hold' : 'go';
      };
      const before = await sandbox.route(index, run.kind);
      sandbox.proxy.taken.length = 0;
      const evidence = await carryOut(run, index);
      const history = await database.store.transitions(run.id);
      expect(inconsistencies(history)).toEqual([]);
      const taken = run.ends === 'promoted' ? steps : steps.slice(0, STOPPED);
      expect(recordedSteps(history)).toEqual(taken);
      const after = await sandbox.route(index, run.kind);
      // The last write takes the marks away, and with them the weights where it goes back.
      expect(sandbox.proxy.taken.map(({ weights }) => weights.v2)).toEqual([
        ...taken,
        run.ends === 'promoted' ? 100 : undefined,
      ]);
      expect(after.metadata.annotations).toEqual(before.metadata.annotations);
      const left = run.ends === 'rolledBack' ? before.spec : after.spec;
      expect(after.spec).toEqual(left);
      expect(evidence.wrong).toEqual([]);
      expectToldOf(board, run.id, history, sandbox.proxy.taken);
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
