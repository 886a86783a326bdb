import type { FixRequestKind } from '@ai-mesh/plugin-ai-mesh-common';
import type { Knex } from 'knex';
import {
  migrated,
  testDatabases,
} from '../canary/store/__testUtils__/testDatabases';
import { FixRequestStore } from './FixRequestStore';

const { databases, ids } = testDatabases();
const at = (seconds: number) =>
  new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString();
const CHAT = 'component:default/chat';
const ofChat = { entityRef: CHAT, kind: 'finding' as const };
const one = (id: string, url = `https://github.com/a/b/pull/${id}`) => ({
  id,
  entityRef: CHAT,
  url,
  askedBy: 'user:default/olivia',
  askedAt: at(Number(id)),
  kind: 'finding' as const,
  findings: [],
  objects: [],
  state: { status: 'known' as const, value: 'open' as const, at: at(0) },
});

describe.each(ids)('pull requests on %s', id => {
  let knex: Knex;
  let store: FixRequestStore;

  beforeAll(async () => {
    knex = await migrated(await databases.init(id));
    store = new FixRequestStore(knex);
  }, 60_000);

  beforeEach(async () => {
    await knex('fix_requests').delete();
  });

  afterAll(async () => {
    await knex?.destroy();
  });

  it('is ready where its table is', async () => {
    expect(await FixRequestStore.isReady(knex)).toBe(true);
    await knex.schema.renameTable('fix_requests', 'others');
    expect(await FixRequestStore.isReady(knex)).toBe(false);
    await knex.schema.renameTable('others', 'fix_requests');
  });

  it('keeps one once, and lists the newest first', async () => {
    expect(await store.add(one('1'), at(5))).toEqual(one('1'));
    const again = { ...one('2'), url: one('1').url };
    expect(await store.add(again, at(5))).toEqual(one('1'));
    await store.add(one('3'), undefined);
    expect(await store.of(ofChat, 10)).toEqual({
      requests: [one('3'), one('1')],
      total: 2,
    });
    expect(await store.of(ofChat, 1)).toEqual({
      requests: [one('3')],
      total: 2,
    });
    expect(
      await store.of({ ...ofChat, entityRef: 'component:default/other' }, 10),
    ).toEqual({
      requests: [],
      total: 0,
    });
  });

  it('keeps those of each kind apart, and those of each canary', async () => {
    const object = {
      cluster: 'shop',
      apiVersion: 'security.istio.io/v1',
      kind: 'PeerAuthentication',
      namespace: 'ai',
      name: 'chat',
    };
    const strict = {
      ...one('2'),
      kind: 'strict' as const,
      objects: [{ object, as: { spec: { mtls: { mode: 'STRICT' } } } }],
    };
    const canary = (name: string, url: string) => ({
      ...one(url),
      kind: 'canary' as const,
      canary: name,
    });
    await store.add(one('1'), undefined);
    await store.add(strict, undefined);
    await store.add(canary('a', '3'), undefined);
    await store.add(canary('b', '4'), undefined);
    const of = async (kind: FixRequestKind, name?: string, most = 10) =>
      store.of({ entityRef: CHAT, kind, canary: name }, most);
    expect((await of('finding')).requests).toEqual([one('1')]);
    expect((await of('strict')).requests).toEqual([strict]);
    expect((await of('rules')).requests).toEqual([]);
    expect(await of('canary', undefined, 1)).toEqual({
      requests: [canary('b', '4')],
      total: 2,
    });
    expect(await of('canary', 'a')).toEqual({
      requests: [canary('a', '3')],
      total: 1,
    });
    // The address is taken, for whatever it is.
    expect(
      (await store.add({ ...strict, id: '9', url: one('1').url }, at(5))).kind,
    ).toBe('finding');
  });

  it('gives what is due to one asker alone, until the claim is over', async () => {
    await store.add(one('1'), at(5));
    await store.add(one('2'), at(50));
    await store.add(one('3'), undefined);
    expect(await store.due(at(4), at(100), 10)).toEqual([]);
    const both = await Promise.all([
      store.due(at(5), at(100), 10),
      store.due(at(5), at(100), 10),
    ]);
    expect(both.flat()).toEqual([one('1')]);
    expect(await store.due(at(100), at(200), 1)).toEqual([one('2')]);
    expect(await store.due(at(100), at(200), 10)).toEqual([one('1')]);
  });

  it('keeps what a host said while it says nothing, and why it never did', async () => {
    const away = {
      status: 'unknown' as const,
      reason: 'unreachable' as const,
      message: 'It is away.',
    };
    const merged = { ...one('1').state, value: 'merged' as const, at: at(9) };
    const state = async () => (await store.of(ofChat, 1)).requests[0].state;
    await store.add({ ...one('1'), state: away }, at(5));
    expect(await state()).toEqual(away);
    await store.note({ id: '1', state: away }, merged, undefined);
    expect(await state()).toEqual(merged);
    expect(await store.due(at(1000), at(2000), 10)).toEqual([]);
    await store.note({ id: '1', state: merged }, away, at(20));
    expect(await state()).toEqual(merged);
    expect(await store.due(at(20), at(30), 10)).toHaveLength(1);
  });

  it('keeps the newest 200 of an entity, and all of others', async () => {
    const others = { ...one('0'), entityRef: 'component:default/other' };
    await store.add(others, at(5));
    for (let n = 1; n <= 201; n++) {
      await store.add(one(String(n)), at(5));
    }
    const { requests, total } = await store.of(ofChat, 300);
    expect([total, requests[0].id, requests.at(-1)!.id]).toEqual([
      200,
      '201',
      '2',
    ]);
    expect(
      (await store.of({ ...ofChat, entityRef: others.entityRef }, 1)).requests,
    ).toEqual([others]);
  });

  it('forgets what is old', async () => {
    await store.add(one('1'), undefined);
    await store.add(one('9'), undefined);
    await store.prune(at(9));
    expect((await store.of(ofChat, 10)).requests).toEqual([one('9')]);
  });
});
