import { mockServices } from '@backstage/backend-test-utils';
import {
  said,
  wording,
  type FixRequestState,
  type Review,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Knex } from 'knex';
import {
  migrated,
  testDatabases,
} from '../canary/store/__testUtils__/testDatabases';
import { snapshotFromYaml } from '../kubernetes/__testUtils__/snapshotFromYaml';
import type { MeshCluster } from '../target/MeshClusters';
import type { WantedFix } from './FollowedRequest';
import { FixRequests } from './FixRequests';

const { databases, ids } = testDatabases();
const url = 'https://github.com/acme/deployments/pull/7';
const entityRef = 'component:default/chat';
const object = {
  cluster: 'shop',
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  namespace: 'ai',
  name: 'chat',
};
const path = '/spec/http/0/timeout';
const manifest = (timeout: string) => ({ spec: { http: [{ timeout }] } });

/** A review in which the timeout is found, or not any more, beside the object as it is. */
const review = (timeout: string, isFound = true) =>
  ({
    entityRef,
    findings: isFound
      ? [
          {
            id: 'f1',
            code: 'AIM101',
            object,
            fix: { object, jsonPatch: [{ op: 'add', path, value: '30s' }] },
          },
        ]
      : [],
    notJudged: [],
    objects: [{ ref: object, manifest: manifest(timeout) }],
    sources: [{ name: 'kubernetes', cluster: 'shop', status: 'ok' }],
  }) as unknown as Review;

const known = (value: 'open' | 'merged' | 'closed'): FixRequestState => ({
  status: 'known',
  value,
  at: '2026-01-01T00:00:00.000Z',
});

const mends: WantedFix = {
  kind: 'finding',
  findings: [
    {
      id: 'f1',
      code: 'AIM101',
      object,
      patch: [{ op: 'add', path, value: '30s' }],
    },
  ],
  objects: [],
};
const policy = {
  ...object,
  apiVersion: 'security.istio.io/v1',
  kind: 'PeerAuthentication',
};
const strict: WantedFix = {
  kind: 'strict',
  findings: [],
  objects: [{ object: policy, as: { spec: { mtls: { mode: 'STRICT' } } } }],
};
/** The cluster with such a policy. */
const meshWith = (mode: string) => ({
  entityRef,
  searched: [
    {
      cluster: { name: 'shop' } as MeshCluster,
      snapshot: snapshotFromYaml(`
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: chat, namespace: ai }
spec: { mtls: { mode: ${mode} } }
`),
    },
  ],
});

describe.each(ids)('pull requests for findings, on %s', id => {
  let knex: Knex;
  let says: FixRequestState;
  const clock = { ms: Date.UTC(2026, 0, 1) };
  const asked: string[] = [];

  const running = async (getClient = async () => knex) => {
    const tasks = new Map<string, (signal: AbortSignal) => unknown>();
    const requests = new FixRequests({
      database: { getClient },
      scheduler: mockServices.scheduler.mock({
        scheduleTask: async task => {
          tasks.set(task.id, task.fn as never);
        },
      }),
      hosts: {
        addressOf: one => one,
        ask: async one => {
          asked.push(one);
          return {
            state: says,
            ...(says.status === 'known' && says.value === 'merged'
              ? {}
              : { againMs: 60_000 }),
          };
        },
      },
      tickMs: 60_000,
      logger: mockServices.logger.mock(),
      now: () => new Date(clock.ms),
    });
    await requests.start();
    return {
      requests,
      run: async (task: string) =>
        tasks.get(task)!(new AbortController().signal),
    };
  };
  const follow = async (
    { requests }: Awaited<ReturnType<typeof running>>,
    address = url,
  ) =>
    requests.follow(entityRef, address, mends, 'user:default/olivia', {
      review: review('60s'),
    });
  const standing = async (
    { requests }: Awaited<ReturnType<typeof running>>,
    now: Review,
  ) =>
    (await requests.addTo(now)).requests!.map(({ state, findings }) => [
      state.status === 'known' ? state.value : state.reason,
      ...findings.map(one => one.standing),
    ]);

  beforeAll(async () => {
    knex = await migrated(await databases.init(id));
  }, 60_000);

  beforeEach(async () => {
    await knex('fix_requests').delete();
    asked.length = 0;
    says = known('open');
  });

  afterAll(async () => {
    await knex?.destroy();
  });

  it('goes from open to merged, applied and gone, and then asks the host no more', async () => {
    const one = await running();
    const kept = await follow(one);
    expect(kept).toMatchObject({
      url,
      askedBy: 'user:default/olivia',
      state: known('open'),
      findings: [{ id: 'f1', code: 'AIM101', object, standing: 'found' }],
    });
    expect(JSON.stringify(kept)).not.toContain('patch');
    expect((await follow(one)).id).toBe(kept.id);
    expect(await standing(one, review('60s'))).toEqual([['open', 'found']]);

    says = known('merged');
    asked.length = 0;
    await one.run('follow-fix-requests');
    expect(asked).toEqual([]);
    clock.ms += 60_000;
    await one.run('follow-fix-requests');
    expect(asked).toEqual([url]);
    expect(await standing(one, review('60s'))).toEqual([['merged', 'found']]);
    expect(await standing(one, review('30s'))).toEqual([['merged', 'applied']]);
    expect(await standing(one, review('30s', false))).toEqual([
      ['merged', 'gone'],
    ]);
    clock.ms += 3_600_000;
    await one.run('follow-fix-requests');
    expect(asked).toEqual([url]);
  });

  it('says that one was closed without being merged, and keeps its finding as found', async () => {
    const one = await running();
    await follow(one);
    says = known('closed');
    clock.ms += 60_000;
    await one.run('follow-fix-requests');
    expect(await standing(one, review('60s'))).toEqual([['closed', 'found']]);
  });

  it('keeps why it is not known what became of one, for readers of any language', async () => {
    const one = await running();
    says = {
      status: 'unknown',
      reason: 'forbidden',
      ...said(wording('pull.refused', { host: 'github.com', status: 401 })),
    };
    await follow(one);
    const { requests } = await one.requests.addTo(review('60s'));
    expect(requests).toMatchObject([{ state: says }]);
  });

  it('follows one for a manifest in the same way, and says whether the cluster has it', async () => {
    const one = await running();
    const kept = await one.requests.follow(
      entityRef,
      url,
      strict,
      'user:default/olivia',
      { target: meshWith('PERMISSIVE') },
    );
    expect(kept).toMatchObject({
      kind: 'strict',
      state: known('open'),
      findings: [],
      objects: [{ object: policy, standing: 'differs' }],
    });
    expect(JSON.stringify(kept)).not.toContain('STRICT');
    const stands = async (mode: string) =>
      (
        await one.requests.list({ kind: 'strict' }, meshWith(mode))
      ).requests!.map(({ state, objects }) => [
        state.status === 'known' && state.value,
        ...objects.map(({ standing: now }) => now),
      ]);
    expect(await stands('PERMISSIVE')).toEqual([['open', 'differs']]);
    says = known('merged');
    clock.ms += 60_000;
    await one.run('follow-fix-requests');
    expect(await stands('PERMISSIVE')).toEqual([['merged', 'differs']]);
    expect(await stands('STRICT')).toEqual([['merged', 'applied']]);
    // The review has those for its findings alone, and one address is for one thing.
    expect(await standing(one, review('60s'))).toEqual([]);
    await expect(follow(one)).rejects.toMatchObject({ name: 'ConflictError' });
  });

  it('shows the newest twenty, and says how many there are beside them', async () => {
    const one = await running();
    for (let n = 1; n <= 21; n++) {
      clock.ms += 1000;
      await follow(one, `${url}${n}`);
    }
    const { requests, moreRequests } = await one.requests.addTo(review('60s'));
    expect(requests).toHaveLength(20);
    expect(requests![0].url).toBe(`${url}21`);
    expect(moreRequests).toBe(1);
  });

  it('shows an entity none of another, and forgets what is old', async () => {
    const one = await running();
    await follow(one);
    const other = { ...review('60s'), entityRef: 'component:default/other' };
    expect(await standing(one, other)).toEqual([]);
    clock.ms += 91 * 86_400_000;
    await one.run('forget-fix-requests');
    expect(await standing(one, review('60s'))).toEqual([]);
  });

  it('says that they are not known while the database is away, and reviews all the same', async () => {
    const one = await running(async () => {
      throw new Error('ECONNREFUSED');
    });
    const answer = await one.requests.addTo(review('60s'));
    expect(answer.requests).toBeUndefined();
    expect(answer.requestsUnknown).toMatch(/database cannot be used/);
    expect(answer.findings).toHaveLength(1);
    await expect(follow(one)).rejects.toThrow();
    const others = await one.requests.list(
      { kind: 'rules' },
      meshWith('STRICT'),
    );
    expect(others.requests).toBeUndefined();
    expect(others.requestsUnknown).toMatch(/database cannot be used/);
  });
});
