import { StubApi } from './__testUtils__/StubApi';
import { KindCache } from './KindCache';
import { kindTable } from './kindTable';
import type { WatchEvent } from './KubernetesApi';
import { watchKind } from './watchKind';
import { defaultTimings, WatchTimings } from './WatchTimings';

const row = kindTable.find(({ kind }) => kind === 'Service')!;
const list = {
  metadata: { resourceVersion: '10' },
  items: [
    { metadata: { name: 'a', namespace: 'n', resourceVersion: '3', uid: 'a' } },
    { metadata: { name: 'b', namespace: 'n', resourceVersion: '4', uid: 'b' } },
  ],
};

const quick: WatchTimings = {
  ...defaultTimings,
  retry: { baseMs: 20, mostMs: 2000 },
};

async function runFor(
  ms: number,
  api: StubApi,
  timings = quick,
): Promise<KindCache> {
  const cache = new KindCache({ row, cluster: 'demo' });
  cache.served('v1');
  const stop = new AbortController();
  setTimeout(() => stop.abort(), ms);
  await watchKind({ api, path: '/services', cache, timings }, stop.signal);
  return cache;
}

describe('watchKind', () => {
  it('does not storm a server that ends every watch at once', async () => {
    const api = new StubApi({ '/services': list }, async function* ends() {});
    await runFor(1000, api);
    // 20 ms doubling, each at least half: 7 fit in a second.
    expect(api.requests.length).toBeLessThan(10);
    expect(api.requests.filter(({ query }) => !query.watch)).toHaveLength(1);
  });

  it('does not storm a server that has forgotten every version', async () => {
    const api = new StubApi({ '/services': list }, async function* gone() {
      yield { type: 'ERROR', object: { code: 410, message: 'too old' } };
    });
    const cache = await runFor(1000, api);
    expect(api.requests.length).toBeLessThan(20);
    expect(cache.view().state.status).toBe('synced');
  });

  it('goes on from the last event or bookmark', async () => {
    const events: WatchEvent[][] = [
      [
        {
          type: 'MODIFIED',
          object: {
            metadata: { name: 'a', namespace: 'n', resourceVersion: '11' },
          },
        },
        {
          type: 'DELETED',
          object: {
            metadata: { name: 'b', namespace: 'n', resourceVersion: '12' },
          },
        },
      ],
      [{ type: 'BOOKMARK', object: { metadata: { resourceVersion: '20' } } }],
    ];
    const api = new StubApi({ '/services': list }, async function* next() {
      yield* events.shift() ?? [];
    });
    const cache = await runFor(300, api);
    expect(
      api.requests
        .filter(({ query }) => query.watch)
        .map(({ query }) => query.resourceVersion)
        .slice(0, 3),
    ).toEqual(['10', '12', '20']);
    expect(cache.view().objects.get('n', 'a')?.metadata).toMatchObject({
      resourceVersion: '11',
    });
    expect(cache.view().objects.get('n', 'b')).toBeUndefined();
  });

  it('asks for bookmarks and for an end', async () => {
    const api = new StubApi({ '/services': list });
    await runFor(50, api);
    const { query } = api.requests[1];
    expect(query).toMatchObject({ allowWatchBookmarks: 'true' });
    expect(Number(query.timeoutSeconds)).toBeGreaterThanOrEqual(240);
    expect(Number(query.timeoutSeconds)).toBeLessThanOrEqual(600);
  });

  it('keeps the objects that a new list did not change', async () => {
    const api = new StubApi({ '/services': list });
    const cache = new KindCache({ row, cluster: 'demo' });
    cache.served('v1');
    cache.listed(list.items.map(one => cache.strip(one)));
    const before = cache.view().objects;
    cache.listed(structuredClone(list.items).map(one => cache.strip(one)));
    expect(cache.view().objects).toBe(before);
    expect(api.requests).toEqual([]);
  });

  it('shows what it could not read as unreachable, and goes on', async () => {
    const api = new StubApi({
      '/services': {
        ...list,
        items: [{ metadata: { name: 'a' }, spec: { ports: 'none' } }],
      },
    });
    const cache = await runFor(50, api);
    expect(cache.view().state).toMatchObject({
      status: 'unreachable',
      message: expect.stringContaining('its answer could not be read'),
    });
  });

  it('ends when the kind is served no more', async () => {
    const api = new StubApi({});
    const cache = await runFor(5000, api);
    expect(cache.view().state).toMatchObject({
      status: 'not-served',
      message: expect.stringContaining('does not serve services'),
    });
    expect(api.requests).toHaveLength(1);
  });
});
