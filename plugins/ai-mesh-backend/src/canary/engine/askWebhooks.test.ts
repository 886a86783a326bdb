import { known } from '@ai-mesh/plugin-ai-mesh-common';
import type { Knex } from 'knex';
import { EngineRig } from '../__testUtils__/EngineRig';
import {
  inconsistencies,
  recordedSteps,
} from '../__testUtils__/inconsistencies';
import { DatabaseCanaryStore, StaleCanary } from '../store';
import {
  databaseService,
  testDatabases,
} from '../store/__testUtils__/testDatabases';
import type { CanaryWebhook } from './webhookCall';

const { databases, ids: databaseIds } = testDatabases();
const quick = { intervalSeconds: 30, checkSeconds: 15, steps: [5, 50, 100] };

interface Body {
  id: string;
  event: string;
  canary: { id: string; percent: number; toPercent?: number; state: string };
}

type Reply = Awaited<ReturnType<CanaryWebhook['call']>>;

const say = (verdict: string, reason?: string): Reply => ({
  status: 'answered',
  body: { verdict, reason },
  tries: 1,
});

let knex: Knex;
let rig: EngineRig;
let asked: Body[];
let answer: (body: Body) => Reply | Promise<Reply>;

beforeEach(async () => {
  knex = await databases.init('SQLITE_3');
  rig = new EngineRig(await DatabaseCanaryStore.create(databaseService(knex)));
  asked = [];
  answer = () => say('go');
  rig.tools.webhooks = [
    {
      name: 'change-board',
      events: [
        'before-start',
        'before-step',
        'after-promotion',
        'on-roll-back',
      ],
      call: async (id, body) => {
        expect(body).toMatchObject({ id });
        asked.push(body as Body);
        return answer(body as Body);
      },
    },
  ];
}, 60_000);

afterEach(() => knex.destroy());

const calls = async () =>
  (await rig.history())
    .filter(({ what }) => what === 'webhook')
    .map(({ reason }) => reason);

const ids = () => asked.map(({ id }) => id);

describe('webhooks that are asked', () => {
  it('let it start and take each step, each call a row of its history', async () => {
    await rig.running(quick);
    await rig.visits(150);
    expect((await rig.record()).state).toBe('promoted');
    expect(
      asked.map(({ id, canary }) => [id, canary.percent, canary.toPercent]),
    ).toEqual([
      ['c1.before-start.start.1', 0, 5],
      ['c1.before-step.1.1', 5, 50],
      ['c1.before-step.2.1', 50, 100],
      ['c1.after-promotion.end.1', 100, undefined],
    ]);
    expect(await calls()).toEqual([
      'change-board, before-start: go',
      'change-board, before-step: go',
      'change-board, before-step: go',
      'change-board, after-promotion: told.',
    ]);
  });

  it('hold its start until they say go, and are not asked all the time', async () => {
    answer = () => say('hold', 'The freeze ends at noon');
    await rig.request(quick);
    await rig.act('approve');
    await rig.visit();
    rig.pass(10);
    await rig.visit();
    expect(ids()).toEqual(['c1.before-start.start.1']);
    expect(await rig.record()).toMatchObject({
      state: 'approved',
      progress: {
        hold: {
          reason: 'webhook',
          message: 'change-board, before-start: hold. The freeze ends at noon',
        },
      },
    });
    answer = () => say('go');
    rig.pass(30);
    await rig.visit();
    expect(ids()).toEqual([
      'c1.before-start.start.1',
      'c1.before-start.start.2',
    ]);
    expect(await rig.percent()).toBe(5);
    expect((await rig.record()).progress.hold).toBeUndefined();
  });

  it('keep it from starting at all', async () => {
    answer = () => say('stop', 'Not this week');
    await rig.request(quick);
    await rig.act('approve');
    await rig.visit();
    expect((await rig.record()).state).toBe('failed');
    expect((await rig.history()).at(-1)?.reason).toBe(
      'change-board, before-start: stop. Not this week',
    );
    expect(rig.cluster.patches).toHaveLength(0);
  });

  it.each<[string, Reply, string]>([
    ['hold', say('hold', 'Wait'), 'hold. Wait'],
    [
      'are away',
      {
        status: 'failed',
        message: 'It answered text/html, and not JSON.',
        tries: 1,
      },
      'It answered text/html, and not JSON.',
    ],
    [
      'are away for several tries',
      { status: 'failed', message: 'It answered 503.', tries: 3 },
      'It answered 503. (after 3 tries)',
    ],
    [
      'answer something else',
      { status: 'answered', body: { ok: true }, tries: 1 },
      'It answered something that is no verdict: {"verdict": "go", "hold" or "stop", "reason": "..."}.',
    ],
    [
      'answer nothing',
      { status: 'answered', body: undefined, tries: 1 },
      'It answered something that is no verdict: {"verdict": "go", "hold" or "stop", "reason": "..."}.',
    ],
  ])(
    'keep it at its step where they %s, and a person is called in the end',
    async (_, reply, message) => {
      answer = ({ event }) => (event === 'before-step' ? reply : say('go'));
      await rig.running({ ...quick, longestHoldSeconds: 120 });
      await rig.visits(60);
      expect(await rig.percent()).toBe(5);
      expect((await rig.record()).progress.hold).toMatchObject({
        reason: 'webhook',
        message: `change-board, before-step: ${message}`,
      });
      await rig.visits(180);
      expect(await rig.record()).toMatchObject({
        state: 'paused',
        progress: { pause: { cause: 'longest-hold' } },
      });
      expect(await rig.percent()).toBe(5);
      expect(new Set(ids()).size).toBe(ids().length);
    },
  );

  it('take it back', async () => {
    answer = ({ event }) =>
      event === 'before-step' ? say('stop', 'An incident') : say('go');
    await rig.running(quick);
    await rig.visits(90);
    expect((await rig.record()).state).toBe('rolledBack');
    const rows = await rig.history();
    expect(rows.find(({ what }) => what === 'stoppedByWebhook')).toMatchObject({
      by: 'engine',
      to: 'rollingBack',
      reason: 'change-board, before-step: stop. An incident',
    });
    expect(ids().at(-1)).toBe('c1.on-roll-back.end.1');
  });

  it('are asked with the same id where the process died before it could record the answer', async () => {
    await rig.running(quick);
    rig.pass(15);
    await rig.visit();
    const save = rig.store.saveForEngine.bind(rig.store);
    const died = jest
      .spyOn(rig.store, 'saveForEngine')
      .mockImplementation(async (...of) => {
        if (of[1].transitions?.some(({ what }) => what === 'webhook')) {
          throw new Error('the process died');
        }
        return save(...of);
      });
    rig.pass(15);
    await expect(rig.visit()).rejects.toThrow('the process died');
    died.mockRestore();
    await rig.visits(15);
    expect(ids().slice(1, 3)).toEqual([
      'c1.before-step.1.1',
      'c1.before-step.1.1',
    ]);
    expect((await calls()).length).toBe(2);
  });

  it('are not asked about what a person has asked for', async () => {
    await rig.running(quick);
    await rig.act('advance');
    await rig.visit();
    expect(await rig.percent()).toBe(50);
    expect(ids()).toEqual(['c1.before-start.start.1']);
  });
});

describe('webhooks that are told', () => {
  it('are told again where they fail, with the same id, and not for ever', async () => {
    answer = ({ event }) =>
      event === 'on-roll-back'
        ? { status: 'failed', message: 'It answered 503.', tries: 3 }
        : say('go');
    await rig.running(quick);
    await rig.act('rollBack');
    for (let visit = 0; visit < 8; visit++) {
      rig.pass(60);
      await rig.visit();
    }
    expect(ids().slice(1)).toEqual(Array(5).fill('c1.on-roll-back.end.1'));
    expect((await rig.record()).progress.toTell).toBeUndefined();
    await expect(rig.visit()).resolves.toBe('never');
  });

  describe('and hang', () => {
    let reply: (reply: Reply) => void;

    beforeEach(async () => {
      answer = ({ event }) =>
        event === 'on-roll-back'
          ? new Promise<Reply>(resolve => {
              reply = resolve;
            })
          : say('go');
      await rig.running(quick);
      await rig.act('rollBack');
    });

    it('are waited for by no visit, and told once', async () => {
      for (let visit = 0; visit < 3; visit++) {
        const began = performance.now();
        await expect(rig.visit()).resolves.toMatchObject({
          inMs: expect.any(Number),
        });
        expect(performance.now() - began).toBeLessThan(5000);
        rig.pass(15);
      }
      expect((await rig.record()).state).toBe('rolledBack');
      expect(ids().slice(1)).toEqual(['c1.on-roll-back.end.1']);
      reply(say('go'));
      await rig.visit();
      expect((await calls()).slice(1)).toEqual([
        'change-board, on-roll-back: told.',
      ]);
      await expect(rig.visit()).resolves.toBe('never');
    });

    it('are told again by whoever takes over after a kill, with the same id', async () => {
      await rig.visit();
      await rig.visit();
      const heir = new EngineRig(rig.store, 'replica-b', rig.cluster);
      heir.now = rig.now;
      heir.tools.webhooks = rig.tools.webhooks;
      heir.pass(120);
      await rig.store.release('replica-a');
      answer = () => say('go');
      await heir.visit();
      expect(ids().slice(1)).toEqual([
        'c1.on-roll-back.end.1',
        'c1.on-roll-back.end.1',
      ]);
      expect((await calls()).slice(1)).toEqual([
        'change-board, on-roll-back: told.',
      ]);
    });
  });

  it('cost a canary nothing where there are none', async () => {
    rig.tools.webhooks = [];
    await rig.running(quick);
    await rig.act('rollBack');
    await rig.visit();
    await rig.visit();
    expect((await rig.record()).progress.toTell).toBeUndefined();
    await expect(rig.visit()).resolves.toBe('never');
    expect(await calls()).toEqual([]);
  });
});

describe.each(databaseIds)('two replicas on one %s', databaseId => {
  it('ask under one id, and one answer counts, where one of them loses its lease while it waits', async () => {
    const shared = await databases.init(databaseId);
    const store = await DatabaseCanaryStore.create(databaseService(shared));
    const first = new EngineRig(store);
    const second = new EngineRig(store, 'replica-b', first.cluster);
    const received: [string, string][] = [];
    const hookOf = (
      replica: string,
      reply: (id: string) => Promise<Reply>,
    ): CanaryWebhook => ({
      name: 'change-board',
      events: ['before-start', 'before-step'],
      call: async id => {
        received.push([replica, id]);
        return reply(id);
      },
    });
    second.tools.webhooks = [hookOf('replica-b', async () => say('go'))];
    first.tools.webhooks = [
      hookOf('replica-a', async id => {
        if (id === 'c1.before-step.1.1') {
          // It stands still here, for longer than its lease lasts.
          await shared('canaries').update({ lease_until: 0 });
          second.now = first.now;
          await second.visit();
        }
        return id.includes('before-step')
          ? say('stop', 'A late answer')
          : say('go');
      }),
    ];
    await first.running(quick);
    first.pass(15);
    await first.visit();
    first.pass(15);
    await expect(first.visit()).rejects.toThrow(StaleCanary);
    expect(received).toEqual([
      ['replica-a', 'c1.before-start.start.1'],
      ['replica-a', 'c1.before-step.1.1'],
      ['replica-b', 'c1.before-step.1.1'],
    ]);
    const history = await first.history();
    expect(inconsistencies(history)).toEqual([]);
    expect(recordedSteps(history)).toEqual([5, 50]);
    expect(
      history
        .filter(({ what }) => what === 'webhook')
        .map(({ reason }) => reason),
    ).toEqual([
      'change-board, before-start: go',
      'change-board, before-step: go',
    ]);
    expect(first.cluster.weights).toEqual({ v1: 50, v2: 50 });
    await shared.destroy();
  }, 60_000);
});

describe('a webhook that hangs before the start', () => {
  beforeEach(async () => {
    answer = () => new Promise<Reply>(() => undefined);
    await rig.request(quick);
    await rig.act('approve');
    await rig.visit();
  });

  it('keeps it from starting, with no row before there is something to say', async () => {
    await rig.visit();
    expect(ids()).toEqual(['c1.before-start.start.1']);
    expect(await rig.record()).toMatchObject({
      state: 'approved',
      progress: { hold: { reason: 'webhook' } },
    });
    expect(await calls()).toEqual([]);
  });

  it('stands in its history where the canary is cancelled, whoever attends to it then', async () => {
    await rig.act('cancel');
    expect((await rig.record()).state).toBe('cancelled');
    expect(await calls()).toEqual([
      'change-board, before-start: It had been called; the canary went another way before it answered.',
    ]);
    expect(inconsistencies(await rig.history())).toEqual([]);
    await expect(rig.visit()).resolves.toBe('never');
    expect(await calls()).toHaveLength(1);
  });

  it('stands in its history where the canary cannot start any more', async () => {
    rig.owners = known(['component:default/somebody-else']);
    await rig.visit();
    expect((await rig.record()).state).toBe('failed');
    expect(await calls()).toHaveLength(1);
  });
});

describe('a webhook that hangs before a step', () => {
  const overtaken =
    'change-board, before-step: It had been called; the canary went another way before it answered.';
  let reply: (reply: Reply) => void;

  beforeEach(async () => {
    answer = ({ event }) =>
      event === 'before-step'
        ? new Promise<Reply>(resolve => {
            reply = resolve;
          })
        : say('go');
    await rig.running(quick);
    await rig.visits(60);
  });

  it('is heard at a later look, and called once', async () => {
    expect(ids()).toEqual(['c1.before-start.start.1', 'c1.before-step.1.1']);
    expect((await rig.record()).progress.hold).toMatchObject({
      reason: 'webhook',
      message:
        'change-board, before-step: It was asked, and has not answered yet.',
    });
    reply(say('go'));
    await rig.visits(15);
    expect(await rig.percent()).toBe(50);
    expect(ids()).toHaveLength(2);
    expect(await calls()).toEqual([
      'change-board, before-start: go',
      'change-board, before-step: go',
    ]);
  });

  it('keeps no canary from being taken back, and stands in its history', async () => {
    rig.cluster.prometheus.canaryErrorRatio = 1;
    await rig.visits(60);
    expect((await rig.record()).state).toBe('rolledBack');
    expect(await calls()).toEqual(expect.arrayContaining([overtaken]));
  });

  it.each([
    ['rollBack', 'rolledBack', 0],
    ['advance', 'progressing', 50],
  ] as const)(
    'keeps no person from %s, and stands in its history once',
    async (action, state, percent) => {
      await rig.act(action);
      await rig.visit();
      reply(say('stop', 'A late answer'));
      await rig.visits(15);
      expect((await rig.record()).state).toBe(state);
      expect(await rig.percent()).toBe(percent);
      expect(await calls()).toEqual([
        'change-board, before-start: go',
        overtaken,
        ...(state === 'rolledBack'
          ? ['change-board, on-roll-back: told.']
          : []),
      ]);
    },
  );

  it('stands in its history where the process was killed, and a person calls it back', async () => {
    await rig.store.release('replica-a');
    await rig.act('rollBack');
    expect(await calls()).toContain(overtaken);
  });

  it('is called again by whoever takes over after a kill, with the same id', async () => {
    const heir = new EngineRig(rig.store, 'replica-b', rig.cluster);
    heir.now = rig.now;
    heir.tools.webhooks = rig.tools.webhooks!.map(hook => ({ ...hook }));
    heir.pass(120);
    await rig.store.release('replica-a');
    answer = () => say('go');
    await heir.visit();
    expect(ids().slice(1)).toEqual([
      'c1.before-step.1.1',
      'c1.before-step.1.1',
    ]);
    expect(await heir.percent()).toBe(50);
  });
});
