import { mockServices } from '@backstage/backend-test-utils';
import type {
  FixApplication,
  FixApplicationAction,
  Review,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Knex } from 'knex';
import { FakeCluster } from '../../canary/__testUtils__/FakeCluster';
import {
  migrated,
  testDatabases,
} from '../../canary/store/__testUtils__/testDatabases';
import { Life } from '../../database/__testUtils__/Life';
import { ApplicationStore } from './ApplicationStore';
import { FixApplications } from './FixApplications';

const { databases, ids } = testDatabases();
const entityRef = 'component:default/chat';
const olivia = { kind: 'person' as const, ref: 'user:default/olivia' };
const adam = { kind: 'person' as const, ref: 'user:default/adam' };
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe.each(ids)('fixes that are applied, on %s', id => {
  let knex: Knex;
  let cluster: FakeCluster;
  let owners: string[];
  const clock = { ms: Date.UTC(2026, 0, 1) };
  /** Whose life it is that the store's steps belong to. */
  let living = new Life();
  let store: ApplicationStore;
  const audits: string[] = [];
  /** What people could hear of. */
  const news: string[] = [];

  const replica = async ({
    life = new Life(),
    requesterMayApprove = false,
  } = {}) => {
    const tasks = new Map<string, () => Promise<void>>();
    const told = (what: string) => async () => {
      audits.push(what);
    };
    const applications = new FixApplications({
      database: { getClient: async () => knex },
      scheduler: mockServices.scheduler.mock({
        scheduleTask: async task => {
          tasks.set(task.id, task.fn as never);
        },
      }),
      auditor: mockServices.auditor.mock({
        createEvent: async ({ eventId }) =>
          life.step(async () => ({
            success: told(`${eventId} success`),
            fail: told(`${eventId} fail`),
          })),
      }),
      announcer: {
        happened: async ({ state, words }) =>
          life.step(async () => {
            news.push(words ? `${state} !` : state);
          }),
      },
      clusters: {
        get: name =>
          name === 'shop'
            ? {
                name,
                snapshots: cluster.snapshots,
                editor: Object.assign(Object.create(cluster), {
                  get: (...of: Parameters<FakeCluster['get']>) =>
                    life.step(() => cluster.get(...of)),
                  patch: (...of: Parameters<FakeCluster['patch']>) =>
                    life.step(() => cluster.patch(...of)),
                }),
              }
            : undefined,
      },
      ownershipsOf: async services =>
        services.map(ref => ({
          ref,
          owners,
          byOwners: [],
          claims: [],
          unseen: false,
        })),
      canaryOn: () => undefined,
      rules: { requesterMayApprove, requestExpiryMs: DAY },
      logger: mockServices.logger.mock(),
      now: () => new Date(clock.ms),
    });
    await applications.start();
    return {
      applications,
      run: (task = 'apply-fixes') => tasks.get(task)!(),
    };
  };
  type Replica = Awaited<ReturnType<typeof replica>>;

  /** A review with a timeout that is to be another one, as the cluster is now. */
  const review = (value = '30s') => {
    const object = {
      cluster: 'shop',
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      namespace: 'ai',
      name: 'chat',
    };
    const { resourceVersion } = cluster.route.metadata;
    return {
      entityRef,
      findings: [
        {
          id: 'f1',
          code: 'AIM101',
          service: { cluster: 'shop', namespace: 'ai', name: 'chat' },
          object,
          fix: {
            object,
            jsonPatch: [
              {
                op: 'test',
                path: '/metadata/resourceVersion',
                value: resourceVersion,
              },
              { op: 'replace', path: '/spec/http/1/timeout', value },
            ],
          },
        },
      ],
    } as unknown as Review;
  };
  const timeout = () =>
    (cluster.route.spec?.http as { timeout?: string }[])[1].timeout;
  /** Somebody else changes it. */
  const retouch = (value: string) =>
    cluster.edit('VirtualService', 'chat', object => {
      (object.spec?.http as { timeout?: string }[])[1].timeout = value;
    });
  const ask = ({ applications }: Replica, of = review()) =>
    applications.request(
      { entityRef },
      { finding: 'f1', reason: 'It hangs' },
      olivia.ref,
      of,
    );
  const act = (
    { applications }: Replica,
    one: FixApplication,
    action: FixApplicationAction['action'],
    who = adam,
  ) =>
    applications.act(entityRef, one.id, { action, version: one.version }, who);
  const now = async ({ applications }: Replica) =>
    (
      await applications.addTo(
        { entityRef, findings: [] } as unknown as Review,
        { entityRef, clusters: [], resolution: {} as never },
      )
    ).applications!;
  const applied = async (one: Replica) => {
    await act(one, await ask(one), 'approve');
    await one.applications.stop();
    return (await now(one))[0];
  };

  beforeAll(async () => {
    knex = await migrated(await databases.init(id));
    store = new ApplicationStore(knex);
    (['add', 'due', 'save', 'told'] as const).forEach(word => {
      const say = ApplicationStore.prototype[word] as (
        ...of: unknown[]
      ) => Promise<never>;
      jest
        .spyOn(ApplicationStore.prototype, word)
        .mockImplementation(function step(
          this: ApplicationStore,
          ...of: unknown[]
        ) {
          return living.step(() => say.apply(this, of));
        });
    });
  }, 60_000);

  beforeEach(async () => {
    await knex('fix_applications').delete();
    cluster = new FakeCluster();
    owners = [entityRef];
    living = new Life();
    audits.length = 0;
    news.length = 0;
  });

  afterAll(async () => {
    jest.restoreAllMocks();
    await knex?.destroy();
  });

  it('shows what would change, writes it once another person approves, and undoes it exactly', async () => {
    const one = await replica();
    const before = structuredClone(cluster.route.spec);
    const asked = await ask(one);
    expect(asked).toMatchObject({
      state: 'requested',
      version: 1,
      code: 'AIM101',
      requestedBy: olivia.ref,
      reason: 'It hangs',
      actions: ['approve', 'reject', 'cancel'],
    });
    expect(asked.before).toContain('timeout: 60s');
    expect(asked.after).toContain('timeout: 30s');
    expect(cluster.patches).toEqual([]);

    await act(one, asked, 'approve');
    await one.applications.stop();
    expect(timeout()).toBe('30s');
    const [done] = await now(one);
    expect(done).toMatchObject({
      state: 'applied',
      decidedBy: adam.ref,
      actions: ['undo'],
    });
    // For the very version that was read, so that nothing of others is overwritten.
    expect(cluster.patches).toEqual([
      [
        { op: 'test', path: '/metadata/resourceVersion', value: '1' },
        { op: 'replace', path: '/spec/http/1/timeout', value: '30s' },
      ],
    ]);

    await act(one, done, 'undo');
    await one.applications.stop();
    expect(cluster.route.spec).toEqual(before);
    expect(await now(one)).toMatchObject([{ state: 'undone', actions: [] }]);
    expect(audits).toEqual(['fix-write success', 'fix-write success']);
    expect(news).toEqual(['requested', 'applied', 'undone']);
  });

  it('lets nobody approve their own, unless the rules for canaries do, and no service', async () => {
    const strict = await replica();
    const asked = await ask(strict);
    await expect(act(strict, asked, 'approve', olivia)).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining('somebody else has to approve it'),
    });
    await expect(
      act(strict, asked, 'approve', {
        kind: 'service',
        ref: 'plugin:x',
      } as never),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
    await expect(act(strict, asked, 'cancel', adam)).rejects.toMatchObject({
      name: 'NotAllowedError',
    });
    await strict.run();
    expect(cluster.patches).toEqual([]);
    const lax = await replica({ requesterMayApprove: true });
    await act(lax, asked, 'approve', olivia);
    await lax.applications.stop();
    expect(timeout()).toBe('30s');
  });

  it.each([
    ['reject', adam, 'rejected'],
    ['cancel', olivia, 'cancelled'],
  ] as const)('writes nothing after %s', async (action, who, state) => {
    const one = await replica();
    await act(one, await ask(one), action, who);
    await one.run();
    expect(await now(one)).toMatchObject([{ state, actions: [] }]);
    expect(cluster.patches).toEqual([]);
    // The object is free for the next.
    expect(await ask(one)).toMatchObject({ state: 'requested' });
  });

  it('takes one fix of an object at a time, and a decision on what was looked at alone', async () => {
    const one = await replica();
    const asked = await ask(one);
    await expect(ask(one)).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('Decide about that one first'),
    });
    const both = await Promise.allSettled([
      act(one, asked, 'reject'),
      act(one, asked, 'cancel', olivia),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
    await expect(act(one, asked, 'approve')).rejects.toMatchObject({
      name: 'ConflictError',
    });
  });

  it('asks nothing of a finding that is gone, an object that has moved on, or another’s Service', async () => {
    const one = await replica();
    const old = review();
    await expect(
      one.applications.request(
        { entityRef },
        { finding: 'gone' },
        olivia.ref,
        old,
      ),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    retouch('45s');
    await expect(ask(one, old)).rejects.toMatchObject({
      name: 'ConflictError',
    });
    owners = ['component:default/other'];
    await expect(ask(one)).rejects.toMatchObject({ name: 'NotAllowedError' });
    expect(await now(one)).toEqual([]);
  });

  it.each([
    ['forbidden', 'ConflictError'],
    ['refuses', 'ConflictError'],
    ['away', 'ServiceUnavailableError'],
  ] as const)(
    'keeps nothing where the cluster %s the dry run',
    async (trouble, name) => {
      const one = await replica();
      cluster.trouble = trouble;
      await expect(ask(one)).rejects.toMatchObject({ name });
      expect(await now(one)).toEqual([]);
    },
  );

  it('writes nothing over what others changed before the approval', async () => {
    const one = await replica();
    const asked = await ask(one);
    retouch('45s');
    await act(one, asked, 'approve');
    await one.applications.stop();
    expect(timeout()).toBe('45s');
    expect(await now(one)).toMatchObject([
      { state: 'failed', words: [{ key: 'apply.changed' }] },
    ]);
    expect(audits).toEqual(['fix-write fail']);
  });

  it('writes nothing over what others changed between reading and writing', async () => {
    const one = await replica();
    const asked = await ask(one);
    cluster.beforePatch = () => retouch('45s');
    await act(one, asked, 'approve');
    await one.applications.stop();
    cluster.beforePatch = () => undefined;
    expect(await now(one)).toMatchObject([{ state: 'approved' }]);
    clock.ms += 60_000;
    await one.run();
    expect(timeout()).toBe('45s');
    expect(await now(one)).toMatchObject([
      { state: 'failed', words: [{ key: 'apply.unclear' }] },
    ]);
    expect(cluster.patches).toEqual([]);
  });

  it('goes on where only labels, annotations or the status changed', async () => {
    const one = await replica();
    const asked = await ask(one);
    cluster.edit('VirtualService', 'chat', object => {
      object.metadata.annotations = { note: 'another' };
    });
    await act(one, asked, 'approve');
    await one.applications.stop();
    expect(timeout()).toBe('30s');
    expect(cluster.route.metadata.annotations).toEqual({ note: 'another' });
  });

  it('does not undo what others have changed since, and can be asked again', async () => {
    const one = await replica();
    const done = await applied(one);
    retouch('45s');
    await act(one, done, 'undo');
    await one.applications.stop();
    expect(timeout()).toBe('45s');
    const [refused] = await now(one);
    expect(refused).toMatchObject({
      state: 'applied',
      words: [{ key: 'apply.undoChanged' }],
      actions: ['undo'],
    });
    retouch('30s');
    await act(one, refused, 'undo');
    await one.applications.stop();
    expect(timeout()).toBe('60s');
    expect(await now(one)).toMatchObject([{ state: 'undone' }]);
  });

  it('writes nothing once the Service is not proven to be the entity’s any more', async () => {
    const one = await replica();
    const asked = await ask(one);
    owners = [];
    await act(one, asked, 'approve');
    await one.applications.stop();
    expect(cluster.patches).toEqual([]);
    expect(await now(one)).toMatchObject([
      { state: 'failed', words: [{ key: 'apply.others' }] },
    ]);
  });

  it('tries again while the cluster does not answer, says so, and gives up in the end', async () => {
    const one = await replica();
    cluster.trouble = undefined;
    const asked = await ask(one);
    cluster.trouble = 'away';
    await act(one, asked, 'approve');
    await one.applications.stop();
    expect(await now(one)).toMatchObject([
      {
        state: 'approved',
        message:
          "It is tried again: The cluster 'shop' did not get VirtualService chat: nothing listens there (ECONNREFUSED).",
      },
    ]);
    clock.ms += 2 * HOUR;
    cluster.trouble = undefined;
    await one.run();
    expect(await now(one)).toMatchObject([
      { state: 'failed', words: [{ key: 'apply.unanswered' }] },
    ]);
    expect(cluster.patches).toEqual([]);
  });

  it('fails with what the cluster says where it refuses the write', async () => {
    const one = await replica();
    const asked = await ask(one);
    cluster.trouble = 'refuses';
    await act(one, asked, 'approve');
    await one.applications.stop();
    expect(await now(one)).toMatchObject([
      { state: 'failed', message: 'A webhook says no.' },
    ]);
    expect(news).toEqual(['requested', 'failed !']);
  });

  it('expires where nobody decides, and is forgotten in the end', async () => {
    const one = await replica();
    await ask(one);
    await one.run();
    expect(await now(one)).toMatchObject([{ state: 'requested' }]);
    clock.ms += DAY;
    await one.run();
    expect(await now(one)).toMatchObject([{ state: 'expired' }]);
    expect(news).toEqual(['requested', 'expired']);
    clock.ms += 91 * DAY;
    await one.run('forget-applied-fixes');
    expect(await now(one)).toEqual([]);
  });

  it('shows what waits, then the newest, and says how many there are beside them', async () => {
    const one = await replica();
    const waiting = await ask(one);
    const record = (await store.get(entityRef, waiting.id))!;
    for (let n = 1; n <= 20; n++) {
      const requestedAt = new Date(clock.ms + n * 1000).toISOString();
      const older = `00000000-0000-0000-0000-${String(n).padStart(12, '0')}`;
      await store.add(
        { ...record, id: older, requestedAt, state: 'rejected' },
        {},
      );
    }
    const { applications, moreApplications } = await one.applications.addTo(
      { entityRef, findings: [] } as unknown as Review,
      { entityRef, clusters: [], resolution: {} as never },
    );
    expect(applications).toHaveLength(20);
    expect(applications![0].id).toBe(waiting.id);
    expect(applications![1].id).toMatch(/0020$/);
    expect(moreApplications).toBe(1);
  });

  it('is shown and decided on by its own entity alone', async () => {
    const one = await replica();
    const asked = await ask(one);
    await expect(
      one.applications.act(
        'component:default/other',
        asked.id,
        { action: 'approve', version: 1 },
        adam,
      ),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
    await expect(
      one.applications.act(
        entityRef,
        '\u0000',
        { action: 'approve', version: 1 },
        adam,
      ),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  it.each(['approve', 'undo'] as const)(
    'loses nothing and writes nothing twice, wherever the process dies after %s',
    async action => {
      let deaths = 0;
      for (const after of [false, true]) {
        for (let step = 0, died = true; died; step++) {
          await knex('fix_applications').delete();
          cluster = new FakeCluster();
          living = new Life();
          const starter = await replica();
          let one = await ask(starter);
          if (action === 'undo') {
            await act(starter, one, 'approve');
            await starter.applications.stop();
            [one] = await now(starter);
          }
          const writes = cluster.patches.length;
          // Decided, and not attended to: the process that took the decision does nothing more.
          const decider = await replica();
          const attending = jest
            .spyOn(ApplicationStore.prototype, 'due')
            .mockResolvedValueOnce([]);
          await act(decider, one, action);
          await decider.applications.stop();
          expect(attending).toHaveBeenCalled();

          news.length = 0;
          living = new Life(step, after);
          const doomed = await replica({ life: living });
          await doomed.run().catch(() => undefined);
          died = living.died;
          deaths += Number(died);

          living = new Life();
          clock.ms += 30 * 60_000;
          const next = await replica();
          await next.run();
          await next.run();
          await next.run('tell-of-fixes');
          const [{ state }] = await now(next);
          const end = action === 'approve' ? 'applied' : 'undone';
          expect([after, step, state, timeout()]).toEqual([
            after,
            step,
            end,
            action === 'approve' ? '30s' : '60s',
          ]);
          expect(cluster.patches.length - writes).toBe(1);
          // Twice where it died between telling people and keeping that they were told.
          expect([after, step, new Set(news)]).toEqual([
            after,
            step,
            new Set([end]),
          ]);
          expect(news.length).toBeLessThanOrEqual(2);
        }
      }
      // Claim, audit, read, intent, write, record, news and that it was told, each before and after.
      expect(deaths).toBe(16);
    },
    60_000,
  );

  it.each<[string, string, (of: Replica, one: FixApplication) => unknown]>([
    ['it is asked for', 'requested', of => ask(of)],
    ['it is rejected', 'rejected', (of, one) => act(of, one, 'reject')],
    [
      'it is taken back',
      'cancelled',
      (of, one) => act(of, one, 'cancel', olivia),
    ],
    [
      'it expires',
      'expired',
      of => {
        clock.ms += DAY;
        return of.run();
      },
    ],
  ])(
    'tells of what was kept, and of nothing else, wherever the process dies after %s',
    async (_, end, happens) => {
      let deaths = 0;
      for (const after of [false, true]) {
        for (let step = 0, died = true; died; step++) {
          await knex('fix_applications').delete();
          cluster = new FakeCluster();
          living = new Life();
          const starter = await replica();
          const one =
            end === 'requested' ? ({} as FixApplication) : await ask(starter);
          await knex('fix_applications').update({ tell_at: null });
          news.length = 0;

          living = new Life(step, after);
          const doomed = await replica({ life: living });
          await Promise.resolve(happens(doomed, one)).catch(() => undefined);
          // Whoever asks or decides does not wait until others have heard of it.
          await new Promise(resolve => setTimeout(resolve, 20));
          died = living.died;
          deaths += Number(died);

          living = new Life();
          clock.ms += 61_000;
          const next = await replica();
          await next.run('tell-of-fixes');
          await next.run('tell-of-fixes');
          const isKept = (await now(next))[0]?.state === end;
          expect([after, step, new Set(news)]).toEqual([
            after,
            step,
            new Set(isKept ? [end] : []),
          ]);
          expect(news.length).toBeLessThanOrEqual(2);
          const [{ left }] = await knex('fix_applications')
            .whereNotNull('tell_at')
            .count({ left: '*' });
          expect(Number(left)).toBe(0);
        }
      }
      // At least the record, the news and that it was told, each before and after.
      expect(deaths).toBeGreaterThanOrEqual(6);
    },
    60_000,
  );

  it('writes once where two replicas act, and where one stands still while it writes', async () => {
    const slow = await replica();
    const quick = await replica();
    const asked = await ask(slow);
    let goOn = () => {};
    cluster.patchWaitsFor = new Promise(resolve => {
      goOn = resolve;
    });
    const reached = new Promise<void>(resolve => {
      cluster.beforePatch = resolve;
    });
    await act(slow, asked, 'approve');
    await reached;
    // Nobody else gets it while the claim holds.
    await quick.run();
    expect(await now(quick)).toMatchObject([{ state: 'approved' }]);
    cluster.patchWaitsFor = undefined;
    clock.ms += 30 * 60_000;
    await quick.run();
    expect(await now(quick)).toMatchObject([{ state: 'applied' }]);
    goOn();
    await slow.applications.stop();
    expect(cluster.patches).toHaveLength(1);
    expect(await now(slow)).toMatchObject([{ state: 'applied' }]);
  });
});
