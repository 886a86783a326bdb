import { ACTIVE_CANARY_STATES } from '@ai-mesh/plugin-ai-mesh-common';
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
import type { PrometheusTrouble } from '../__testUtils__/EvidencePrometheus';
import { StaleCanary } from '../store/CanaryStore';
import { testDatabases } from '../store/__testUtils__/testDatabases';

const { ids } = testDatabases();
/** PostgreSQL where there is one. */
const [database] = ids.at(-1)!;
const all = [20, 40, 60, 80, 100];
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

jest.setTimeout(60_000);

describe(`a canary survives, on ${database} and a sandbox's API server:`, () => {
  let sandbox: CanarySandbox;
  let shared: SharedDatabase;
  let rig: FaultRig;
  /** Every test has a service of its own. */
  let next = 0;

  beforeAll(async () => {
    // One for each test, and for its second try.
    sandbox = await CanarySandbox.start(60);
    shared = await sharedDatabase(database);
    rig = new FaultRig(sandbox, shared.store);
    await rig.start();
  }, 120_000);

  afterAll(async () => {
    await rig?.stop();
    await sandbox?.stop();
    await shared?.remove();
  });

  afterEach(async () => {
    sandbox.proxy.beforePatch = () => 'goes-on';
    sandbox.proxy.afterPatch = () => 'goes-on';
    sandbox.proxy.comeBack();
    await sandbox.clearFaults();
    rig.prometheus.trouble = undefined;
    rig.prometheus.canaryErrorRatio = 0;
    // What is still running runs on without being looked at; it must not meet the next test's faults.
    for (let i = 0; i < next; i++) {
      while (!(await stopped(`c${i}`))) {
        await pause(10);
      }
    }
  });

  /** Whether it has ended; what runs is made to, unless the engine was quicker. */
  async function stopped(id: string): Promise<boolean> {
    const stored = await shared.store.get(id);
    if (!stored || !ACTIVE_CANARY_STATES.includes(stored.record.state)) {
      return true;
    }
    try {
      await shared.store.saveForPerson(stored, {
        record: { ...stored.record, state: 'failed' },
        intent: null,
      });
      return true;
    } catch (error) {
      if (error instanceof StaleCanary) {
        return false;
      }
      throw error;
    }
  }

  const canary = (plan = {}) => rig.canary(next++, plan);

  it('nothing at all: goes to its promotion', async () => {
    const chat = await canary();
    await chat.until(({ state }) => state === 'promoted');
    const history = await chat.history();
    expect(inconsistencies(history)).toEqual([]);
    expect(recordedSteps(history)).toEqual(all);
    expect(await chat.weights()).toEqual({ v1: 0, v2: 100 });
  });

  it('a storm of edits by somebody else', async () => {
    const index = next;
    let edits = 0;
    sandbox.proxy.beforePatch = async () => {
      edits += 1;
      // Four of five attempts meet an object that has just changed.
      if (edits % 5 !== 0) {
        await sandbox.touch(`edit ${edits}`, index);
      }
      return 'goes-on' as const;
    };
    const running = await canary();
    await running.until(({ state }) => state === 'promoted');
    expect(recordedSteps(await running.history())).toEqual(all);
    // Five attempts for each step, and for the promotion.
    expect(edits).toBe(30);
    expect((await sandbox.route(running.index)).metadata.annotations).toEqual({
      note: expect.stringMatching(/^edit /),
    });
  });

  it('edits that never end: holds and says so, and goes on when they do', async () => {
    const chat = await canary();
    const { index } = chat;
    let edits = 0;
    sandbox.proxy.beforePatch = async () => {
      edits += 1;
      await sandbox.touch(`edit ${edits}`, index);
      return 'goes-on' as const;
    };
    const held = await chat.until(
      ({ progress }) => progress.hold?.reason === 'write-conflict',
    );
    expect(held.state).toBe('progressing');
    expect(held.progress.hold?.message).toBe(
      'Somebody else changed the route each of the 5 times that it was to be written.',
    );
    sandbox.proxy.beforePatch = () => 'goes-on';
    await chat.until(({ state }) => state === 'promoted');
    expect(recordedSteps(await chat.history())).toEqual(all);
  });

  it('an edit of the weights by hand: pauses as drift, overwrites nothing, and does what a person chooses', async () => {
    const chat = await canary();
    await sandbox.setWeights(55, 45, chat.index);
    const paused = await chat.until(({ state }) => state === 'paused');
    expect(paused.progress.pause?.cause).toBe('drift');
    await pause(300);
    expect(await chat.weights()).toEqual({ v1: 55, v2: 45 });
    await chat.act('adoptDrift');
    const adopted = await chat.until(({ progress }) => progress.step >= 2);
    expect(adopted.progress.steps[adopted.progress.step]).toBe(60);
    await sandbox.setWeights(1, 99, chat.index);
    await chat.until(({ state }) => state === 'paused');
    await chat.act('rollBack');
    await chat.until(({ state }) => state === 'rolledBack');
    expect(await chat.weights()).toEqual({ v1: undefined });
    expect(inconsistencies(await chat.history())).toEqual([]);
    expect((await sandbox.route(chat.index)).metadata.annotations).toEqual({
      note: 'keep',
    });
  });

  it('the VirtualService deleted: pauses as drift, and a roll-back ends it', async () => {
    const chat = await canary();
    await sandbox.delete('VirtualService', chat.index);
    const paused = await chat.until(({ state }) => state === 'paused');
    expect(paused.progress).toMatchObject({
      pause: {
        cause: 'drift',
        message: expect.stringContaining('There is no'),
      },
      drift: { choices: ['resume', 'rollBack'] },
    });
    await chat.act('rollBack');
    await chat.until(({ state }) => state === 'rolledBack');
  });

  it("the canary's subset deleted: pauses as drift, and a roll-back restores the weights", async () => {
    const chat = await canary();
    await sandbox.removeSubset(chat.index);
    const paused = await chat.until(({ state }) => state === 'paused');
    expect(paused.progress.pause).toMatchObject({
      cause: 'drift',
      message: expect.stringContaining('The subset v2 is not defined'),
    });
    await chat.act('rollBack');
    await chat.until(({ state }) => state === 'rolledBack');
    expect(await chat.weights()).toEqual({ v1: undefined });
  });

  it.each([
    [403, "with the verb 'patch' on the resource 'virtualservices'"],
    [401, "does not accept the portal's token"],
  ])(
    'a right that is revoked (%s): pauses and names it; given back, goes on when a person says so',
    async (status, message) => {
      const chat = await canary();
      await sandbox.setFault({
        type: 'status',
        status,
        method: 'PATCH',
        resource: 'virtualservices',
      });
      const paused = await chat.until(({ state }) => state === 'paused');
      expect(paused.progress.pause).toMatchObject({
        cause: 'forbidden',
        message: expect.stringContaining(message),
      });
      await sandbox.clearFaults();
      await chat.act('resume');
      await chat.until(({ state }) => state === 'promoted');
      expect(recordedSteps(await chat.history())).toEqual(all);
    },
  );

  it('a right that is revoked while it rolls back: says so, keeps trying, and restores once it may', async () => {
    const chat = await canary();
    await sandbox.setFault({
      type: 'status',
      status: 403,
      method: 'PATCH',
      resource: 'virtualservices',
    });
    rig.prometheus.canaryErrorRatio = 0.5;
    const paused = await chat.until(({ state }) => state === 'paused');
    expect(paused.progress.pause?.cause).toBe('could-not-restore');
    await sandbox.clearFaults();
    await chat.until(({ state }) => state === 'rolledBack');
    expect(await chat.weights()).toEqual({ v1: undefined });
    expect(inconsistencies(await chat.history())).toEqual([]);
  });

  it('an API server that is away for two minutes: holds and says so, and goes on', async () => {
    const chat = await canary();
    sandbox.proxy.goAway();
    const held = await chat.until(
      ({ progress }) => progress.hold?.reason === 'source-unreachable',
    );
    expect(held.progress.hold?.message).toContain("The cluster 'demo'");
    // Two minutes of its clock.
    await pause(1200);
    expect((await chat.record()).state).toBe('progressing');
    sandbox.proxy.comeBack();
    await chat.until(({ state }) => state === 'promoted', 40_000);
    expect(recordedSteps(await chat.history())).toEqual(all);
    expect(inconsistencies(await chat.history())).toEqual([]);
  });

  it('an API server that starts again: is judged meanwhile, and goes back as soon as it may', async () => {
    const chat = await canary({
      intervalSeconds: 100_000,
      longestHoldSeconds: 1_000_000,
    });
    await sandbox.setFault({ type: 'starting', seconds: 3600 });
    const held = await chat.until(
      ({ progress: { hold, check } }) =>
        hold?.reason === 'source-unreachable' &&
        check?.gates.some(
          ({ gate, outcome }) => gate === 'error-rate' && outcome === 'pass',
        ) === true,
    );
    expect(held.state).toBe('progressing');
    expect(held.progress.hold?.message).toContain('RBAC: clusterrole');
    rig.prometheus.canaryErrorRatio = 0.5;
    await chat.until(({ state }) => state !== 'progressing');
    expect((await chat.history()).map(({ what }) => what)).toContain('breach');
    await sandbox.clearFaults();
    await chat.until(({ state }) => state === 'rolledBack');
    expect(await chat.weights()).toEqual({ v1: undefined });
    expect(inconsistencies(await chat.history())).toEqual([]);
  });

  it('answers to every other write that never arrive', async () => {
    let writes = 0;
    sandbox.proxy.afterPatch = () => (++writes % 2 ? 'lost' : 'goes-on');
    const taken = sandbox.proxy.taken.length;
    const chat = await canary();
    await chat.until(({ state }) => state === 'promoted', 40_000);
    expect(recordedSteps(await chat.history())).toEqual(all);
    expect(
      sandbox.proxy.taken.slice(taken).map(({ weights }) => weights.v2),
    ).toEqual([...all, 100]);
  });

  it.each<[PrometheusTrouble, string]>([
    ['away', 'source-unreachable'],
    ['slow', 'source-unreachable'],
    ['nan', 'no-data'],
    ['empty', 'no-data'],
  ])(
    'Prometheus %s: holds as %s, neither steps nor rolls back, and goes on',
    async (trouble, reason) => {
      const chat = await canary();
      rig.prometheus.trouble = trouble;
      const held = await chat.until(
        ({ progress }) => progress.hold?.reason === reason,
      );
      await pause(600);
      const later = await chat.record();
      expect(later).toMatchObject({
        state: 'progressing',
        progress: { step: held.progress.step, hold: { reason } },
      });
      rig.prometheus.trouble = undefined;
      await chat.until(({ state }) => state === 'promoted');
      expect(recordedSteps(await chat.history())).toEqual(all);
    },
  );

  it.each([
    ['forward', 3_600_000],
    ['back', -3_600_000],
  ])(
    'a clock that jumps %s by an hour: observes every weight for its interval all the same',
    async (_, jump) => {
      const chat = await canary({ intervalSeconds: 50 });
      const before = await chat.until(({ progress }) => progress.step >= 1);
      rig.jumpMs += jump;
      await pause(200);
      // A fifth of a second is 20 s of the clock's, and not 50.
      const after = await chat.record();
      expect(after.state).toBe('progressing');
      expect(after.progress.step - before.progress.step).toBeLessThanOrEqual(1);
      // Right after a step it is too soon to say anything.
      expect([undefined, 'insufficient-traffic']).toContain(
        after.progress.hold?.reason,
      );
      await chat.until(({ state }) => state === 'promoted');
      expect(recordedSteps(await chat.history())).toEqual(all);
    },
  );
});
