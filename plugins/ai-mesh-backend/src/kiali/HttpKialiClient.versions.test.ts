import { serveKiali, type KialiBehaviour } from './__testUtils__/serveKiali';
import { HttpKialiClient } from './HttpKialiClient';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map(stop => stop()));
});

async function kialiThat(behaviour: KialiBehaviour) {
  const kiali = await serveKiali(behaviour);
  stops.push(() => kiali.stop());
  const client = new HttpKialiClient({
    baseUrl: kiali.url,
    clusterName: 'east',
  });
  return { kiali, client };
}

describe('HttpKialiClient', () => {
  describe('asking by version', () => {
    it.each([
      ['v2.31.0-SNAPSHOT', '/clusters/health'],
      ['v1.82.0', '/clusters/health'],
      ['v1.81.0', '/namespaces/ai/health'],
      ['', '/clusters/health'],
    ])('asks %s for health at %s', async (version, path) => {
      const { kiali, client } = await kialiThat({
        version,
        answers: {
          '/clusters/health': {
            namespaceServiceHealth: {
              ai: { chat: { status: { status: 'Healthy' } } },
            },
          },
          '/namespaces/ai/health': {
            chat: { requests: { inbound: { http: { 200: 5 } } } },
          },
        },
      });
      expect(await client.health(['ai'])).toEqual([
        { namespace: 'ai', service: 'chat', status: 'healthy' },
      ]);
      expect(kiali.asked.pop()).toContain(`GET /kiali/api${path}?type=service`);
    });

    it.each([
      ['v2.0.0', 'networking.istio.io/v1, Kind=VirtualService;'],
      ['v1.89.0', 'virtualservices,destinationrules,'],
    ])('names kinds as %s does', async (version, objects) => {
      const { kiali, client } = await kialiThat({
        version,
        answers: { '/istio/config': { validations: {} } },
      });
      expect((await client.validations(['ai'])).validations).toEqual([]);
      const asked = new URL(kiali.asked.pop()!.slice(4), kiali.url);
      expect(asked.searchParams.get('objects')).toContain(objects);
      expect([...asked.searchParams.keys()].sort()).toEqual([
        'objects',
        'validate',
      ]);
    });

    it('asks for every kind where one of them is not known', async () => {
      const { client } = await kialiThat({
        answers: {
          '/istio/config': (query: URLSearchParams) =>
            query.has('objects')
              ? { status: 400, body: { error: 'Object type not managed' } }
              : { body: { validations: { gateway: { 'a.ai': {} } } } },
        },
      });
      expect((await client.validations(['ai'])).validations).toHaveLength(1);
    });

    it('asks for a graph past its cache', async () => {
      const { kiali, client } = await kialiThat({
        answers: {
          '/namespaces/graph': {
            timestamp: 1,
            duration: 60,
            graphType: 'versionedApp',
            elements: { nodes: null, edges: null },
          },
        },
      });
      expect(await client.graph(['ai', 'b'], { durationSeconds: 60 })).toEqual({
        timestamp: 1,
        durationSeconds: 60,
        graphType: 'versionedApp',
        nodes: [],
        edges: [],
      });
      const asked = new URL(kiali.asked.pop()!.slice(4), kiali.url);
      expect(Object.fromEntries(asked.searchParams)).toMatchObject({
        namespaces: 'ai,b',
        duration: '60s',
        queryTime: expect.stringMatching(/^\d{10}$/),
      });
    });
  });
});
