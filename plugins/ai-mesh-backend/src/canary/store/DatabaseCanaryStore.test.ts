import type { CanaryTransition } from '@ai-mesh/plugin-ai-mesh-common';
import type { Knex } from 'knex';
import type { CanaryRecord, Intent } from '../machine';
import { aCanary, check, weights } from '../machine/__testUtils__/aCanary';
import { IdempotencyKeyReused, RouteBusy, StaleCanary } from './CanaryStore';
import { DatabaseCanaryStore } from './DatabaseCanaryStore';
import { routeKey } from './routeKey';
import { databaseService, testDatabases } from './__testUtils__/testDatabases';

const { databases, ids, hasPostgres } = testDatabases();
const lease = { owner: 'replica-a', durationMs: 60_000 };
const other = { owner: 'replica-b', durationMs: 60_000 };

const requested: CanaryTransition = {
  seq: 1,
  at: '2025-06-01T12:00:00.000Z',
  by: 'user:default/olivia',
  from: null,
  to: 'requested',
  what: 'requested',
  reason: 'A better model',
};

function row(seq: number): CanaryTransition {
  return {
    ...requested,
    seq,
    from: 'requested',
    to: 'approved',
    what: 'approve',
    evidence: check('pass', new Date(0)),
    weightsBefore: weights(5),
    weightsAfter: weights(15),
  };
}

const intent: Intent = {
  id: 'i1',
  move: { kind: 'step', step: 1 },
  before: weights(5),
  after: weights(15),
  at: '2025-06-01T12:05:00.000Z',
};

/** A canary of its own route. */
function canary(id: string, changes: Partial<CanaryRecord> = {}): CanaryRecord {
  const { route, ...rest } = aCanary();
  return {
    ...rest,
    id,
    route: { object: { ...route.object, name: `chat-${id}` } },
    ...changes,
  };
}

const byId = (a: CanaryRecord, b: CanaryRecord) => a.id.localeCompare(b.id);

describe.each(ids)('DatabaseCanaryStore on %s', id => {
  let knex: Knex;
  let store: DatabaseCanaryStore;

  beforeEach(async () => {
    knex = await databases.init(id);
    store = await DatabaseCanaryStore.create(databaseService(knex));
  }, 60_000);

  afterEach(async () => {
    await knex.destroy();
  });

  const create = async (record: CanaryRecord) =>
    (await store.create(record, [requested])).stored;

  it('gives back what it was given', async () => {
    await create(canary('c1'));
    expect((await store.get('c1'))?.record).toEqual(canary('c1'));
    expect(await store.get('c2')).toBeUndefined();
    expect(await store.transitions('c1')).toEqual([requested]);
  });

  describe('the canaries of one request', () => {
    const group = {
      id: 'g1',
      order: 'together' as const,
      clusters: ['east', 'west'],
    };
    const idempotency = { key: 'k', requestHash: 'h' };
    const createBoth = () =>
      store.createGroup(
        ['c1', 'c2'].map(one => ({
          record: canary(one, { group }),
          transitions: [requested],
        })),
        idempotency,
      );
    const visited = async () => {
      const claimed = await store.claim(lease, 10);
      await store.release(lease.owner);
      return claimed.sort();
    };

    it('are kept together, once however often they are asked for', async () => {
      const first = await createBoth();
      expect([first.created, first.stored.record.id]).toEqual([true, 'c1']);
      const again = await createBoth();
      expect([again.created, again.stored.record.id]).toEqual([false, 'c1']);
      const found = await store.ofGroup('g1');
      expect(found.map(({ record }) => record).sort(byId)).toEqual([
        canary('c1', { group }),
        canary('c2', { group }),
      ]);
      expect(await store.ofGroup('g2')).toEqual([]);
    });

    it('are kept all or none', async () => {
      await create(canary('c2'));
      await expect(
        store.createGroup([
          { record: canary('c1', { group }), transitions: [requested] },
          {
            record: {
              ...canary('c3', { group }),
              route: canary('c2').route,
            },
            transitions: [requested],
          },
        ]),
      ).rejects.toEqual(new RouteBusy('c2'));
      expect(await store.get('c1')).toBeUndefined();
    });

    it('are decided on all or none', async () => {
      await createBoth();
      const both = await store.ofGroup('g1');
      const approve = (stored: (typeof both)[number]) => ({
        stored,
        save: {
          record: { ...stored.record, state: 'approved' as const, version: 2 },
          transitions: [row(2)],
        },
      });
      await store.saveForPerson(both[1], { record: both[1].record });
      await expect(store.saveAllForPerson(both.map(approve))).rejects.toThrow(
        StaleCanary,
      );
      expect((await store.get(both[0].record.id))?.record.state).toBe(
        'requested',
      );
      expect(await store.transitions(both[0].record.id)).toEqual([requested]);
      await store.saveAllForPerson((await store.ofGroup('g1')).map(approve));
      expect(
        (await store.ofGroup('g1')).map(({ record }) => record.state),
      ).toEqual(['approved', 'approved']);
    });

    it('are looked at again when one goes back, and a look that began before is not saved', async () => {
      await createBoth();
      const promoted = await store.saveForPerson((await store.get('c1'))!, {
        record: canary('c1', {
          group,
          state: 'promoted',
          endedAt: '2025-06-01T13:00:00.000Z',
        }),
        notifiedVersion: 1,
      });
      expect(await visited()).toEqual(['c2']);
      const begun = (await store.get('c2'))!;
      await store.saveForPerson(begun, {
        record: { ...begun.record, state: 'rollingBack' },
      });
      expect(await visited()).toEqual(['c1', 'c2']);
      await expect(
        store.saveForPerson(promoted, { record: promoted.record }),
      ).rejects.toThrow(StaleCanary);
      const seen = (await store.get('c1'))!;
      await store.saveForPerson(seen, { record: seen.record });
      expect(await visited()).toEqual(['c2']);
    });

    it('cannot take a route back that the next canary holds', async () => {
      await createBoth();
      const promoted = await store.saveForPerson((await store.get('c1'))!, {
        record: canary('c1', { group, state: 'promoted' }),
        notifiedVersion: 1,
      });
      await create({ ...canary('c3'), route: canary('c1').route });
      await expect(
        store.saveForPerson(promoted, {
          record: { ...promoted.record, state: 'rollingBack' },
        }),
      ).rejects.toEqual(new RouteBusy('c3'));
    });

    it('are forgotten only when none of them runs', async () => {
      await createBoth();
      const end = async (one: string) =>
        store.saveForPerson((await store.get(one))!, {
          record: canary(one, {
            group,
            state: 'cancelled',
            endedAt: '2025-06-01T13:00:00.000Z',
          }),
          notifiedVersion: 1,
        });
      const forget = () =>
        store.forget({ endedBefore: '2025-06-02T00:00:00.000Z', most: 100 });
      await end('c1');
      expect(await forget()).toBe(0);
      await end('c2');
      expect(await forget()).toBe(2);
    });
  });

  it('lists active canaries first, then the latest', async () => {
    const at = (hour: number) => `2025-06-01T0${hour}:00:00.000Z`;
    await create(canary('old', { state: 'rolledBack', requestedAt: at(1) }));
    await create(canary('new', { state: 'promoted', requestedAt: at(3) }));
    await create(canary('running', { state: 'paused', requestedAt: at(2) }));
    await create(canary('elsewhere', { entityRef: 'component:default/x' }));
    const subjects = await store.subjects({
      of: { entityRefs: [canary('').entityRef], services: [] },
    });
    const list = async (filter: object) =>
      (await store.list({ limit: 10, subjects, ...filter })).map(
        s => s.record.id,
      );
    expect(await list({})).toEqual(['running', 'new', 'old']);
    expect(await list({ active: true })).toEqual(['running']);
    expect(await list({ limit: 1 })).toEqual(['running']);
    expect(await list({ subjects: [] })).toEqual([]);
    const after = (last: string, active: boolean, hour: number) => ({
      after: { id: last, active, requestedAt: at(hour) },
    });
    expect(await list(after('running', true, 2))).toEqual(['new', 'old']);
    expect(await list(after('new', false, 3))).toEqual(['old']);
    expect(await list(after('old', false, 1))).toEqual([]);
    // It has ended since the page before: it is told once more, and nothing is passed over.
    expect(await list(after('running', false, 2))).toEqual(['old']);
  });

  it('lists those that go on or ended no sooner than at a moment', async () => {
    const at = (hour: number) => `2025-06-01T0${hour}:00:00.000Z`;
    await create(canary('running', { state: 'paused' }));
    for (const hour of [1, 2, 3]) {
      const endedAt = at(hour);
      await create(canary(`c${hour}`, { state: 'rolledBack', endedAt }));
    }
    const subjects = await store.subjects({});
    const found = await store.list({ subjects, since: at(2), limit: 10 });
    expect(found.map(({ record }) => record.id)).toEqual([
      'running',
      'c3',
      'c2',
    ]);
  });

  it('pages through canaries of the same moment, each once', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await create(canary(name, { state: 'rolledBack' }));
    }
    const subjects = await store.subjects({});
    const seen: string[] = [];
    for (let after; seen.length < 10;) {
      const page = await store.list({ subjects, limit: 2, after });
      const last = page.at(-1)?.record;
      if (!last) {
        break;
      }
      seen.push(...page.map(({ record }) => record.id));
      const { id: lastId, requestedAt } = last;
      after = { active: false, requestedAt, id: lastId };
    }
    expect(seen).toEqual(['e', 'd', 'c', 'b', 'a']);
  });

  it('says what there are canaries about, also by Service', async () => {
    const service = canary('').service;
    const another = { ...service, name: 'other' };
    await create(canary('ended', { state: 'rolledBack' }));
    await create(canary('running', { entityRef: 'component:default/x' }));
    await create(
      canary('else', { entityRef: 'component:default/x', service: another }),
    );
    const all = [
      { entityRef: canary('').entityRef, service },
      { entityRef: 'component:default/x', service },
      { entityRef: 'component:default/x', service: another },
    ];
    expect(await store.subjects({})).toHaveLength(3);
    expect(await store.subjects({})).toEqual(expect.arrayContaining(all));
    expect(await store.subjects({ active: true })).toHaveLength(2);
    const of = { entityRefs: [canary('').entityRef], services: [another] };
    expect(await store.subjects({ of })).toEqual(
      expect.arrayContaining([all[0], all[2]]),
    );
    expect(await store.subjects({ of })).toHaveLength(2);
  });

  it('marks what there are canaries about anew with every change, whichever replica makes it', async () => {
    const replica = await DatabaseCanaryStore.create(databaseService(knex));
    const of = { entityRefs: [canary('').entityRef], services: [] };
    const marksOf = () => store.marks({ of });
    const seen = new Set<string>();
    const expectAnother = async () => {
      const marks = await marksOf();
      const before = seen.size;
      expect(seen.add(JSON.stringify(marks)).size).toBe(before + 1);
      return marks;
    };
    expect(await expectAnother()).toEqual([]);

    const { stored } = await replica.create(
      canary('c1', {
        state: 'rolledBack',
        requestedAt: '2020-01-01T00:00:00.000Z',
        endedAt: '2020-01-01T01:00:00.000Z',
      }),
      [requested],
    );
    const [{ service, entityRef }] = await expectAnother();
    expect({ service, entityRef }).toEqual({
      service: stored.record.service,
      entityRef: stored.record.entityRef,
    });
    await replica.saveForPerson(stored, {
      record: stored.record,
      notifiedVersion: stored.record.version,
    });
    const marks = await expectAnother();
    expect(await marksOf()).toEqual(marks);
    await replica.create(canary('x', { entityRef: 'component:default/x' }), [
      requested,
    ]);
    expect(await marksOf()).toEqual(marks);

    // One has gone, another has come and was saved as often.
    const endedBefore = '2024-01-01T00:00:00.000Z';
    expect(await replica.forget({ endedBefore, most: 100 })).toBe(1);
    const next = await replica.create(canary('c2'), [requested]);
    await replica.saveForPerson(next.stored, { record: next.stored.record });
    await expectAnother();
  });

  it('gives the latest part of a history, and what is before', async () => {
    const stored = await create(canary('c1'));
    await store.saveForPerson(stored, {
      record: { ...stored.record, version: 4 },
      transitions: [row(2), row(3), row(4)],
    });
    const seqs = async (page: { before?: number; limit: number }) =>
      (await store.latestTransitions('c1', page)).map(({ seq }) => seq);
    expect(await seqs({ limit: 2 })).toEqual([3, 4]);
    expect(await seqs({ before: 3, limit: 2 })).toEqual([1, 2]);
    expect(await seqs({ before: 1, limit: 2 })).toEqual([]);
  });

  it('forgets what ended long ago as a whole, and the oldest of too many', async () => {
    const ended = async (name: string, endedAt: string) => {
      const record = canary(name, { state: 'rolledBack', endedAt });
      await store.create(record, [requested]);
      await store.saveForPerson((await store.get(name))!, {
        record,
        notifiedVersion: record.version,
      });
    };
    await ended('old', '2024-01-01T00:00:00.000Z');
    await ended('older', '2023-01-01T00:00:00.000Z');
    await ended('new', '2025-06-01T00:00:00.000Z');
    await ended('newer', '2025-06-02T00:00:00.000Z');
    // Nobody has been told of its end yet.
    await create(
      canary('untold', {
        state: 'rolledBack',
        endedAt: '2020-01-01T00:00:00.000Z',
      }),
    );
    await create(canary('running'));
    const limits = { endedBefore: '2024-06-01T00:00:00.000Z', most: 100 };
    expect(await store.forget(limits)).toBe(2);
    expect(await store.get('old')).toBeUndefined();
    expect(await store.transitions('older')).toEqual([]);
    expect(await store.forget({ ...limits, most: 1 })).toBe(1);
    expect(await store.get('new')).toBeUndefined();
    expect(await store.sizes()).toEqual({
      active: 1,
      ended: 2,
      transitions: 3,
      byState: expect.arrayContaining([{ state: 'rolledBack', count: 2 }]),
    });
    await expect(
      knex('canary_transitions').where('canary_id', 'newer').delete(),
    ).rejects.toThrow('rows are never changed');
  });

  it('counts canaries by state, and active ones by what their last check came to', async () => {
    const checked = (outcome: 'pass' | 'hold') => {
      const { progress } = canary('any');
      return {
        ...progress,
        check: { verdict: { outcome } } as CanaryRecord['progress']['check'],
      };
    };
    await create(canary('new', { state: 'requested' }));
    for (const [name, outcome] of [
      ['a', 'pass'],
      ['b', 'pass'],
      ['c', 'hold'],
    ] as const) {
      await create(
        canary(name, { state: 'progressing', progress: checked(outcome) }),
      );
    }
    const ended = canary('ended', {
      state: 'promoted',
      endedAt: '2025-06-01T00:00:00.000Z',
      progress: checked('pass'),
    });
    await create(ended);
    const { byState } = await store.sizes();
    expect(byState).toHaveLength(4);
    expect(byState).toEqual(
      expect.arrayContaining([
        { state: 'requested', count: 1 },
        { state: 'progressing', verdict: 'pass', count: 2 },
        { state: 'progressing', verdict: 'hold', count: 1 },
        { state: 'promoted', count: 1 },
      ]),
    );
  });

  it('finds by Service what an older release wrote, once it has been filled in', async () => {
    await create(canary('c1'));
    await knex('canaries').update({ service_key: null });
    expect(await store.subjects({})).toEqual([]);
    await DatabaseCanaryStore.create(databaseService(knex));
    expect(await store.subjects({})).toHaveLength(1);
  });

  it('lets one active canary have a route, and names it to the next', async () => {
    const record = canary('c1');
    const first = await create(record);
    const second = { ...record, id: 'c2' };
    await expect(create(second)).rejects.toThrow(new RouteBusy('c1'));
    expect(await store.get('c2')).toBeUndefined();
    expect(await store.holderOf(routeKey(record.route))).toBe('c1');
    await store.saveForPerson(first, {
      record: { ...first.record, state: 'rejected' },
    });
    await expect(create(second)).resolves.toBeDefined();
  });

  it('gives a route to one of many that ask at the same moment', async () => {
    const record = canary('c');
    const asked = await Promise.allSettled(
      Array.from({ length: 8 }, (_, i) => create({ ...record, id: `c${i}` })),
    );
    expect(asked.filter(a => a.status === 'fulfilled')).toHaveLength(1);
  });

  it('answers a repeated request with the canary that it made', async () => {
    const idempotency = { key: 'k', requestHash: 'a' };
    const again = (record: CanaryRecord, hash = idempotency) =>
      store.create(record, [requested], hash);
    expect((await again(canary('c1'))).created).toBe(true);
    const repeated = await again(canary('c2'));
    expect([repeated.created, repeated.stored.record.id]).toEqual([
      false,
      'c1',
    ]);
    await expect(
      again(canary('c3'), { key: 'k', requestHash: 'b' }),
    ).rejects.toThrow(IdempotencyKeyReused);
    const somebodyElse = canary('c4', { requestedBy: 'user:default/bob' });
    expect((await again(somebodyElse)).created).toBe(true);
  });

  it('saves a decision with its row and its intent in one go', async () => {
    const stored = await create(canary('c1'));
    await store.claim(lease, 10);
    const saved = await store.saveForEngine(
      stored,
      {
        record: { ...stored.record, version: 2, state: 'approved' },
        transitions: [row(2)],
        intent,
      },
      lease,
    );
    const read = await store.get('c1');
    expect(read).toEqual(saved);
    expect(read?.record.intent).toEqual(intent);
    expect(await store.transitions('c1', 1)).toEqual([row(2)]);
    const done = await store.saveForEngine(
      saved,
      { record: saved.record, intent: null },
      lease,
    );
    expect(done.record.intent).toBeUndefined();
    expect((await store.get('c1'))?.record.intent).toBeUndefined();
  });

  it('keeps an intent that a save says nothing of', async () => {
    const stored = await create(canary('c1'));
    const withIntent = await store.saveForPerson(stored, {
      record: stored.record,
      intent,
    });
    await store.saveForPerson(withIntent, {
      record: { ...stored.record, state: 'paused' },
    });
    expect((await store.get('c1'))?.record.intent).toEqual(intent);
  });

  it('writes nothing of a save that came too late', async () => {
    const stored = await create(canary('c1'));
    await store.saveForPerson(stored, {
      record: { ...stored.record, state: 'cancelled' },
    });
    await expect(
      store.saveForPerson(stored, {
        record: { ...stored.record, state: 'approved' },
        transitions: [row(2)],
        intent,
      }),
    ).rejects.toThrow(StaleCanary);
    const read = await store.get('c1');
    expect(read?.record.state).toBe('cancelled');
    expect(read?.record.intent).toBeUndefined();
    expect(await store.transitions('c1')).toHaveLength(1);
  });

  it('takes nothing from an engine that does not hold the lease', async () => {
    const stored = await create(canary('c1'));
    await expect(
      store.saveForEngine(stored, { record: stored.record }, lease),
    ).rejects.toThrow(StaleCanary);
    await store.claim(other, 10);
    await expect(
      store.saveForEngine(stored, { record: stored.record }, lease),
    ).rejects.toThrow(StaleCanary);
  });

  it('lets a person take a canary from the engine that works on it', async () => {
    const stored = await create(canary('c1'));
    await store.claim(lease, 10);
    await store.saveForPerson(stored, { record: stored.record });
    expect(await store.renew(lease)).toEqual([]);
    expect(await store.claim(other, 10)).toEqual(['c1']);
  });

  it('leaves a canary to the engine that is about to write, whatever a person does', async () => {
    const stored = await create(canary('c1'));
    await store.claim(lease, 10);
    const writing = await store.saveForEngine(
      stored,
      { record: stored.record, intent },
      lease,
    );
    await store.saveForPerson(writing, { record: stored.record });
    expect(await store.claim(other, 10)).toEqual([]);
    expect(await store.renew(lease)).toEqual(['c1']);
  });

  it('takes over a lease that ends too late to be true: the clock went back', async () => {
    await create(canary('c1'));
    await store.claim(lease, 10);
    await knex('canaries').update({ lease_until: Date.now() + 3_600_000 });
    expect(await store.claim(other, 10)).toEqual(['c1']);
  });

  it('shares canaries out among replicas, each to one', async () => {
    await Promise.all(
      Array.from({ length: 30 }, (_, i) => create(canary(`c${i}`))),
    );
    const taken = await Promise.all([
      ...Array.from({ length: 5 }, () => store.claim(lease, 5)),
      ...Array.from({ length: 5 }, () => store.claim(other, 5)),
    ]);
    const all = taken.flat();
    expect(new Set(all).size).toBe(all.length);
    const rest = await store.claim(lease, 100);
    expect(new Set([...all, ...rest]).size).toBe(30);
    expect(await store.claim(other, 100)).toEqual([]);
  });

  it('leaves what another replica takes between the look and the update', async () => {
    await create(canary('c1'));
    let claimed: Promise<string[]> | undefined;
    await knex.transaction(async taking => {
      await taking('canaries').update({
        lease_owner: other.owner,
        lease_until: Date.now() + 60_000,
      });
      claimed = store.claim(lease, 10);
      await new Promise(resolve => setTimeout(resolve, 300));
    });
    expect(await claimed).toEqual([]);
  });

  it('takes over what nobody renewed, the longest unattended first', async () => {
    const endedMs = { c1: 1000, c2: 60_000, c3: -30_000 };
    for (const name of Object.keys(endedMs)) {
      await create(canary(name));
    }
    await store.claim(lease, 10);
    for (const [name, ms] of Object.entries(endedMs)) {
      await knex('canaries')
        .where('id', name)
        .update({ lease_until: Date.now() - ms });
    }
    expect(await store.claim(other, 1)).toEqual(['c2']);
    expect(await store.claim(other, 1)).toEqual(['c1']);
    expect(await store.claim(other, 1)).toEqual([]);
  });

  it("renews and gives back what is one's own, and renews only what needs somebody", async () => {
    await create(canary('c1'));
    await store.claim(lease, 10);
    await create(canary('c2'));
    await store.claim(other, 10);
    expect(await store.renew(other)).toEqual(['c2']);
    await store.release(lease.owner);
    expect(await store.renew(lease)).toEqual([]);
    expect(await store.renew(other)).toEqual(['c2']);
    await knex('canaries').where('id', 'c2').update({ needs_engine: false });
    expect(await store.renew(other)).toEqual([]);
  });

  it('takes over a lease that was not renewed, and not one that was', async () => {
    await create(canary('c1'));
    await create(canary('c2'));
    const short = { owner: 'replica-a', durationMs: 40 };
    expect(await store.claim(short, 10)).toHaveLength(2);
    await new Promise(resolve => setTimeout(resolve, 60));
    await store.release('replica-a', ['c2']);
    expect((await store.renew(lease)).sort()).toEqual(['c1']);
    expect(await store.claim(other, 10)).toEqual(['c2']);
  });

  it('leaves alone what has ended and was told, and not what was not told', async () => {
    const told = await create(canary('c1', { state: 'cancelled' }));
    await create(canary('c2', { state: 'cancelled' }));
    await create(
      canary('c3', {
        state: 'promoted',
        progress: {
          ...canary('').progress,
          cleanUp: { status: 'soaking', workloads: [], promotedAt: 'now' },
        },
      }),
    );
    await store.saveForPerson(told, {
      record: told.record,
      notifiedVersion: 1,
    });
    expect((await store.claim(lease, 10)).sort()).toEqual(['c2', 'c3']);
  });

  it('reads what an older release wrote', async () => {
    const stored = await create(canary('c1'));
    const { plan, progress, ...rest } = stored.record;
    const { minRequests, gates, ...oldPlan } = plan;
    const { breaches, confirmed, ...oldProgress } = progress;
    await knex('canaries').update({
      record: JSON.stringify({
        ...rest,
        plan: {
          ...oldPlan,
          intervalSeconds: 1,
          gates: { errorRate: { rollBackAbove: 0.5 } },
        },
        progress: oldProgress,
      }),
    });
    const read = (await store.get('c1'))?.record;
    expect(read?.plan).toMatchObject({
      // Allowed once, although it would not be allowed now.
      intervalSeconds: 1,
      minRequests: 50,
      gates: { errorRate: { rollBackAbove: 0.5, advanceBelow: 0.01 } },
    });
    expect(read?.progress).toMatchObject({ breaches: {}, confirmed: [] });
  });
});

// Skipped by name where no PostgreSQL is given.
(hasPostgres ? describe : describe.skip)(
  'DatabaseCanaryStore on PostgreSQL',
  () => {
    it('is tested as above', () => {
      expect(ids.length).toBeGreaterThan(1);
    });
  },
);
