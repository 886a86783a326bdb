import { mockServices } from '@backstage/backend-test-utils';
import { eventually } from './__testUtils__/eventually';
import { discoveryOf, StubApi } from './__testUtils__/StubApi';
import { KubernetesError, type KubernetesApi } from './KubernetesApi';
import { WatchCache } from './WatchCache';
import { defaultTimings } from './WatchTimings';
import { verbatim } from '../worded';

const cluster = {
  name: 'demo',
  rootNamespace: 'mesh',
  clusterDomain: 'cluster.local',
};
const empty = { metadata: { resourceVersion: '1' }, items: [] };
const timings = { retry: { baseMs: 10, mostMs: 20 }, rediscoverMs: 50 };

describe('WatchCache', () => {
  it('looks within a minute for kinds that came, and believes within a minute that one has gone', () => {
    const { rediscoverMs, giveUp, retry } = defaultTimings;
    expect(rediscoverMs).toBeLessThan(50_000);
    expect(giveUp.afterMs).toBeGreaterThanOrEqual(30_000);
    expect(giveUp.tries).toBeGreaterThan(2);
    expect(giveUp.afterMs + retry.mostMs).toBeLessThan(60_000);
    expect(retry.baseMs).toBeLessThan(1000);
  });

  it('starts to watch a kind that is installed later', async () => {
    const answers: Record<string, unknown> = {
      ...discoveryOf({ v1: ['services'] }),
      '/api/v1/services': empty,
    };
    const logger = mockServices.logger.mock();
    const api = new StubApi(answers);
    const cache = new WatchCache({ cluster, api, logger, timings });
    const before = await cache.snapshot();
    expect(before.state('Service').status).toBe('synced');
    expect(before.state('VirtualService')).toMatchObject({
      status: 'not-served',
      message: expect.stringContaining(
        'does not serve virtualservices.networking.istio.io in a version that AI Mesh reads (v1, v1beta1, v1alpha3)',
      ),
    });
    Object.assign(
      answers,
      discoveryOf({
        v1: ['services'],
        'networking.istio.io/v1beta1': ['virtualservices'],
      }),
      { '/apis/networking.istio.io/v1beta1/virtualservices': empty },
    );
    const after = await eventually(
      cache,
      snapshot => snapshot.state('VirtualService').status === 'synced',
    );
    expect(after.state('VirtualService')).toMatchObject({
      status: 'synced',
      apiVersion: 'networking.istio.io/v1beta1',
    });
    await cache.stop();
  });

  it('lets nobody wait again for an API server that has told nothing since somebody waited in vain', async () => {
    let asked = 0;
    const api: KubernetesApi = {
      get: (_path, _query, signal) => {
        asked += 1;
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        });
      },
      watch: () => {
        throw new Error('not asked for');
      },
    };
    const logger = mockServices.logger.mock();
    const cache = new WatchCache({
      cluster,
      api,
      logger,
      timings: { ...timings, firstSyncMs: 50 },
    });
    await cache.snapshot();
    const waiting = jest.spyOn(global, 'setTimeout');
    const { status } = (await cache.snapshot()).state('Service');
    expect([status, asked, waiting.mock.calls.length]).toEqual([
      'syncing',
      1,
      0,
    ]);
    waiting.mockRestore();
    await cache.stop();
  });

  it('follows an upgrade to a version that replaces the one it watches', async () => {
    const path = (version: string) =>
      `/apis/networking.istio.io/${version}/virtualservices`;
    const answers: Record<string, unknown> = {
      ...discoveryOf({ 'networking.istio.io/v1beta1': ['virtualservices'] }),
      [path('v1beta1')]: empty,
    };
    const ended = new AbortController();
    const api = new StubApi(answers, async function* watch(watched, signal) {
      await new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        ended.signal.addEventListener('abort', resolve);
      });
      if (watched === path('v1beta1')) {
        throw new KubernetesError('not-found', verbatim('gone'), 404);
      }
    });
    const logger = mockServices.logger.mock();
    const cache = new WatchCache({ cluster, api, logger, timings });
    await cache.snapshot();
    Object.assign(
      answers,
      discoveryOf({ 'networking.istio.io/v1': ['virtualservices'] }),
      { [path('v1')]: empty, [path('v1beta1')]: undefined },
    );
    ended.abort();
    const after = await eventually(
      cache,
      snapshot =>
        snapshot.state('VirtualService').apiVersion ===
        'networking.istio.io/v1',
    );
    expect(after.state('VirtualService')).toMatchObject({
      status: 'synced',
      apiVersion: 'networking.istio.io/v1',
    });
    await cache.stop();
  });

  it('logs once that a cluster is away, and once that it is back', async () => {
    const answers: Record<string, unknown> = {};
    const away = new KubernetesError(
      'unreachable',
      verbatim('nothing listens there'),
    );
    answers['/apis'] = away;
    const logger = mockServices.logger.mock();
    const cache = new WatchCache({
      cluster,
      api: new StubApi(answers),
      logger,
      timings,
    });
    await cache.snapshot();
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining("The cluster 'demo' does not answer"),
    );
    Object.assign(answers, discoveryOf({ v1: ['services'] }), {
      '/api/v1/services': empty,
    });
    await eventually(
      cache,
      snapshot => snapshot.state('VirtualService').status === 'not-served',
    );
    await eventually(
      cache,
      snapshot => snapshot.state('Service').status === 'synced',
    );
    const lines = logger.info.mock.calls.map(([line]) => line);
    expect(
      lines.filter(line => line === "The cluster 'demo' answers again."),
    ).toHaveLength(1);
    await cache.stop();
  });

  it('tells what it holds', async () => {
    const api = new StubApi({
      ...discoveryOf({ v1: ['services'] }),
      '/api/v1/services': {
        ...empty,
        items: [{ metadata: { name: 'a', namespace: 'n' } }],
      },
    });
    const logger = mockServices.logger.mock();
    const cache = new WatchCache({ cluster, api, logger });
    expect(cache.statistics.startedAt).toBeUndefined();
    const snapshot = await cache.snapshot();
    expect(snapshot).toMatchObject({ cluster: 'demo', rootNamespace: 'mesh' });
    expect(cache.statistics).toMatchObject({
      startedAt: expect.any(Date),
      syncedAt: expect.any(Date),
      objects: { Service: 1, Pod: 0 },
    });
    await cache.stop();
  });
});
