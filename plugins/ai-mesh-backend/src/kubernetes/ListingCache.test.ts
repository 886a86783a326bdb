import { mockServices } from '@backstage/backend-test-utils';
import { discoveryOf, StubApi } from './__testUtils__/StubApi';
import { KubernetesError, type KubernetesFailure } from './KubernetesApi';
import { ListingCache } from './ListingCache';
import { verbatim } from '../worded';

const cluster = {
  name: 'demo',
  rootNamespace: 'mesh',
  clusterDomain: 'cluster.local',
};
const list = {
  metadata: { resourceVersion: '1' },
  items: [{ metadata: { name: 'chat', namespace: 'ai' } }],
};
const SERVICES = '/api/v1/services';
const START = Date.parse('2026-01-01T00:00:00Z');

const names = (services: readonly { metadata: { name: string } }[]) =>
  services.map(({ metadata }) => metadata.name);

describe('ListingCache', () => {
  let answers: Record<string, unknown>;
  let cache: ListingCache;
  let nowMs: number;
  let setBackMs: number;

  beforeEach(async () => {
    nowMs = START;
    setBackMs = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => nowMs);
    jest.spyOn(Date, 'now').mockImplementation(() => nowMs - setBackMs);
    answers = {
      ...discoveryOf({ v1: ['services'] }),
      [SERVICES]: list,
    };
    cache = new ListingCache({
      cluster,
      api: new StubApi(answers),
      logger: mockServices.logger.mock(),
      timings: { listMs: 0, discoveryMs: 0 },
    });
    await look(0);
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await cache.stop();
  });

  /** The cluster at a moment, seconds after the first list. */
  function look(seconds: number) {
    nowMs = START + 1 + seconds * 1000;
    return cache.snapshot();
  }

  const refuse = (path: string, failure: KubernetesFailure, status: number) => {
    answers[path] = new KubernetesError(
      failure,
      verbatim(`HTTP ${status}`),
      status,
    );
  };

  it('keeps what it had, with its age, until a 403 has stood for several tries over half a minute, and has it again with the right', async () => {
    refuse(SERVICES, 'forbidden', 403);
    for (const seconds of [1, 2, 5, 12, 25, 30]) {
      const snapshot = await look(seconds);
      expect(names(snapshot.all('Service'))).toEqual(['chat']);
      expect(snapshot.state('Service')).toMatchObject({
        status: 'stale',
        apiVersion: 'v1',
        observedAt: expect.any(Date),
        message: expect.stringContaining('may not list services'),
      });
    }
    const given = await look(31.5);
    expect(given.state('Service').status).toBe('forbidden');
    expect(given.all('Service')).toEqual([]);

    answers[SERVICES] = list;
    const again = await look(33);
    expect(again.state('Service').status).toBe('synced');
    expect(names(again.all('Service'))).toEqual(['chat']);
  });

  it('lists anew also where the clock was set back', async () => {
    answers[SERVICES] = { ...list, items: [] };
    setBackMs = 3_600_000;
    expect((await look(1)).all('Service')).toEqual([]);
  });

  it('gives nothing up for two refusals that lie far apart', async () => {
    refuse(SERVICES, 'forbidden', 403);
    await look(1);
    expect((await look(120)).state('Service').status).toBe('stale');
  });

  it.each<[number, KubernetesFailure, string]>([
    [401, 'unauthorized', SERVICES],
    [429, 'unreachable', SERVICES],
    [500, 'unreachable', SERVICES],
    [503, 'unreachable', SERVICES],
    [403, 'forbidden', '/apis'],
    [401, 'unauthorized', '/apis'],
    [503, 'unreachable', '/apis'],
  ])(
    'keeps it while a starting server answers %i (%s) at %s',
    async (...of) => {
      const [status, failure, path] = of;
      const before = answers[path];
      refuse(path, failure, status);
      for (const seconds of [1, 10, 20]) {
        const snapshot = await look(seconds);
        expect(names(snapshot.all('Service'))).toEqual(['chat']);
        expect(snapshot.state('Service').status).toBe('stale');
      }
      answers[path] = before;
      expect((await look(21)).state('Service').status).toBe('synced');
    },
  );

  it('believes that a kind has gone once that stands as long', async () => {
    answers['/api/v1'] = { resources: [] };
    expect((await look(1)).state('Service').status).toBe('stale');
    await look(11);
    await look(21);
    const gone = await look(32);
    expect(gone.state('Service').status).toBe('not-served');
    expect(gone.all('Service')).toEqual([]);
  });
});
