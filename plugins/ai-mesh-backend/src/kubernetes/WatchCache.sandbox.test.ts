import { mockServices } from '@backstage/backend-test-utils';
import { startSandbox } from '@ai-mesh/mesh-sandbox/testing';
import { eventually } from './__testUtils__/eventually';
import { cluster, ShopCluster, weights } from './__testUtils__/ShopCluster';
import type { MeshKind } from './kinds';
import { meshConfig } from './meshConfig';
import { WatchCache } from './WatchCache';
import type { WatchTimings } from './WatchTimings';

jest.setTimeout(30_000);

const quick: Partial<WatchTimings> = {
  retry: { baseMs: 50, mostMs: 300 },
  rediscoverMs: 1000,
};
const logger = mockServices.logger.mock();

const shop = new ShopCluster();

beforeAll(() => shop.start());
afterAll(() => shop.stop());

describe('WatchCache over the sandbox', () => {
  let cache: WatchCache;

  function watch(
    timings: Partial<WatchTimings> = {},
    token = shop.sandbox.tokens.reader,
  ) {
    cache = new WatchCache({
      cluster,
      api: shop.apiWith(token),
      logger,
      timings: { ...quick, ...timings },
    });
    return cache;
  }

  afterEach(async () => {
    await shop.clearFaults();
    await cache.stop();
    await shop.setWeights(90, 10);
  });

  it('reads the configuration of the mesh in its root namespace, and of it only what it needs', async () => {
    const snapshot = await watch().snapshot();
    const configMaps = snapshot.all('ConfigMap');
    expect(configMaps.map(({ metadata }) => metadata.namespace)).toContain(
      'istio-system',
    );
    expect(
      new Set(configMaps.map(({ metadata }) => metadata.namespace)).size,
    ).toBe(1);
    expect(meshConfig(snapshot, 'ai-services')?.trustDomain).toBe(
      'cluster.local',
    );
  });

  it('has the whole mesh at the first snapshot', async () => {
    const snapshot = await watch().snapshot();
    expect(snapshot.state('VirtualService')).toMatchObject({
      status: 'synced',
      apiVersion: 'networking.istio.io/v1',
      observedAt: expect.any(Date),
    });
    expect(weights(snapshot)).toEqual([90, 10]);
    expect(
      snapshot
        .inNamespace('Service', 'ai-services')
        .map(({ metadata }) => metadata.name),
    ).toContain('ai-chat-service');
    expect(
      snapshot
        .inNamespace('Pod', 'ai-services')
        .filter(({ spec }) => spec?.containers.includes('istio-proxy')).length,
    ).toBeGreaterThan(3);
    expect(cache.statistics).toMatchObject({
      syncedAt: expect.any(Date),
      objects: { VirtualService: expect.any(Number) },
    });
  });

  it('keeps nothing of an object that only the server needs', async () => {
    const snapshot = await watch().snapshot();
    const text = JSON.stringify([
      snapshot.all('Pod'),
      snapshot.all('VirtualService'),
      snapshot.all('Deployment'),
    ]);
    expect(text).not.toContain('managedFields');
    expect(text).not.toContain('last-applied-configuration');
  });

  it('shows a change, and not in a snapshot that was taken before', async () => {
    const before = await watch().snapshot();
    await shop.setWeights(80, 20);
    const after = await eventually(
      cache,
      snapshot => String(weights(snapshot)) === '80,20',
    );
    expect(weights(after)).toEqual([80, 20]);
    expect(weights(before)).toEqual([90, 10]);
    expect(after.inNamespace('Service', 'ai-services')).toBe(
      before.inNamespace('Service', 'ai-services'),
    );
  });

  it.each([
    ['is cut', { type: 'drop-watch', mode: 'close', count: 1 }],
    ['is told that its version is gone', { type: 'expire-watch', count: 1 }],
    ['is refused with 410', { type: 'status', status: 410, count: 2 }],
    ['is refused with 500', { type: 'status', status: 500, count: 2 }],
    ['is cut before an answer', { type: 'disconnect', count: 2 }],
  ])('goes on after a watch %s', async (_, fault) => {
    await watch().snapshot();
    await shop.setFault({ type: 'drop-watch', mode: 'close', count: 1 });
    await shop.setFault({
      ...fault,
      method: 'GET',
      resource: 'virtualservices',
    });
    await shop.setWeights(70, 30);
    const after = await eventually(
      cache,
      snapshot =>
        String(weights(snapshot)) === '70,30' &&
        snapshot.state('VirtualService').status === 'synced',
    );
    expect(weights(after)).toEqual([70, 30]);
    expect(after.state('VirtualService').status).toBe('synced');
  });

  it('finds out that a watch died in silence', async () => {
    await watch({ silenceMs: 700 }).snapshot();
    await shop.setFault({
      type: 'drop-watch',
      mode: 'silent',
      resource: 'virtualservices',
      count: 1,
    });
    await shop.setWeights(60, 40);
    const after = await eventually(
      cache,
      snapshot => String(weights(snapshot)) === '60,40',
    );
    expect(weights(after)).toEqual([60, 40]);
  });

  it('marks a kind that may not be listed, and picks it up when it may', async () => {
    await shop.setFault({ type: 'status', status: 403, resource: 'pods' });
    const snapshot = await watch().snapshot();
    expect(snapshot.state('Pod')).toMatchObject({
      status: 'forbidden',
      message: expect.stringMatching(
        /may not list pods on the cluster 'demo'.*verbs list and watch on the resource 'pods' of the API group ''/,
      ),
    });
    expect(snapshot.all('Pod')).toEqual([]);
    expect(snapshot.state('Service').status).toBe('synced');
    await shop.clearFaults();
    const after = await eventually(
      cache,
      later => later.state('Pod').status === 'synced',
    );
    expect(after.all('Pod').length).toBeGreaterThan(3);
  });

  it.each([401, 403, 404, 429, 500, 503])(
    'keeps what it has, with its age, while a starting API server answers %s',
    async status => {
      const { takenAt } = await watch().snapshot();
      await shop.setFault({ type: 'status', status });
      await shop.setFault({ type: 'drop-watch', mode: 'close' });
      const during = await eventually(cache, snapshot =>
        ['VirtualService', 'Pod', 'Service'].every(
          kind => snapshot.state(kind as MeshKind).status === 'stale',
        ),
      );
      expect(weights(during)).toEqual([90, 10]);
      expect(during.all('Pod').length).toBeGreaterThan(3);
      expect(during.state('Pod')).toMatchObject({
        apiVersion: 'v1',
        message: expect.stringMatching(/./),
      });
      expect(
        during.state('Pod').observedAt!.getTime() - takenAt.getTime(),
      ).toBeLessThan(5000);
      await shop.clearFaults();
      await shop.setWeights(55, 45);
      const after = await eventually(
        cache,
        snapshot => String(weights(snapshot)) === '55,45',
      );
      expect(after.state('VirtualService').status).toBe('synced');
    },
  );

  it.each([
    [403, 'forbidden', 'may not list pods'],
    [404, 'not-served', 'does not serve pods'],
  ])(
    'shows no more of a kind for which %s stands, and comes back to it within moments',
    async (status, expected, message) => {
      await watch({ giveUp: { tries: 3, afterMs: 600 } }).snapshot();
      await shop.setFault({ type: 'status', status, resource: 'pods' });
      await shop.setFault({ type: 'drop-watch', mode: 'close' });
      const given = await eventually(
        cache,
        snapshot => snapshot.state('Pod').status === expected,
      );
      expect(given.all('Pod')).toEqual([]);
      expect(given.state('Pod').message).toContain(message);
      await shop.clearFaults();
      const after = await eventually(
        cache,
        snapshot => snapshot.state('Pod').status === 'synced',
      );
      expect(after.all('Pod').length).toBeGreaterThan(3);
    },
  );

  it('says that a kind has vanished once that stands, and has it again when it is installed again', async () => {
    await watch({ giveUp: { tries: 3, afterMs: 600 } }).snapshot();
    await shop.setFault({
      type: 'unserved',
      resource: 'virtualservices.networking.istio.io',
    });
    const vanished = await eventually(
      cache,
      snapshot => snapshot.state('VirtualService').status === 'not-served',
      20_000,
    );
    expect(vanished.state('VirtualService')).toMatchObject({
      status: 'not-served',
      message: expect.stringContaining('does not serve virtualservices'),
    });
    expect(vanished.all('VirtualService')).toEqual([]);
    expect(vanished.state('DestinationRule').status).toBe('synced');
    await shop.clearFaults();
    const back = await eventually(
      cache,
      snapshot => snapshot.state('VirtualService').status === 'synced',
      20_000,
    );
    expect(weights(back)).toEqual([90, 10]);
  }, 60_000);

  it('keeps what it has while the cluster is away, says so, and catches up', async () => {
    await watch().snapshot();
    await shop.setFault({ type: 'disconnect' });
    await shop.setFault({ type: 'drop-watch', mode: 'close' });
    const away = await eventually(
      cache,
      snapshot => snapshot.state('VirtualService').status === 'stale',
    );
    expect(away.state('VirtualService')).toMatchObject({
      status: 'stale',
      observedAt: expect.any(Date),
      message: expect.stringContaining("The cluster 'demo' does not answer"),
    });
    expect(weights(away)).toEqual([90, 10]);
    await shop.clearFaults();
    await shop.setWeights(50, 50);
    const back = await eventually(
      cache,
      snapshot => String(weights(snapshot)) === '50,50',
    );
    expect(back.state('VirtualService').status).toBe('synced');
  });

  it('answers in time when the cluster hangs, and has it all later', async () => {
    await shop.setFault({ type: 'latency', latencyMs: 1500 });
    const first = await watch({ firstSyncMs: 300 }).snapshot();
    expect(first.state('Service')).toEqual({ status: 'syncing' });
    const later = await eventually(
      cache,
      snapshot => snapshot.state('Service').status === 'synced',
    );
    expect(later.state('Service').status).toBe('synced');
  });

  it.each([
    ['nobody', 'forbidden', 'may not list'],
    ['wrong', 'forbidden', 'the credentials may have expired'],
  ])(
    'never rejects, and repeats no token: %s',
    async (who, status, message) => {
      const token =
        who === 'nobody' ? shop.sandbox.tokens.nobody : 'wr0ng-token';
      const snapshot = await watch({}, token).snapshot();
      expect(snapshot.state('Service').status).toBe(status);
      expect(snapshot.state('Service').message).toContain(message);
      expect(snapshot.state('Service').message).not.toContain(token);
    },
  );

  it('comes to a cluster that is not there yet', async () => {
    const gone = await startSandbox();
    await gone.stop();
    cache = new WatchCache({
      cluster,
      api: shop.apiWith(shop.sandbox.tokens.reader, gone.url),
      logger,
      timings: quick,
    });
    const snapshot = await cache.snapshot();
    expect(snapshot.state('Service')).toEqual({
      status: 'unreachable',
      words: [expect.objectContaining({ key: 'kube.noAnswer' })],
      message: expect.stringContaining('nothing listens there (ECONNREFUSED)'),
    });
    const port = new URL(gone.url).port;
    const back = await startSandbox(['--port', port]);
    const after = await eventually(
      cache,
      later => later.state('Service').status === 'synced',
    );
    await back.stop();
    expect(after.state('Service').status).toBe('synced');
  }, 60_000);
});
