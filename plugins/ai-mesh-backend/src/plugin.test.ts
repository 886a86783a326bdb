import {
  overviewSchema,
  routesSchema,
  topologySchema,
  type Overview,
  type Routes,
  type Topology,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import type { RequestListener } from 'http';
import {
  component,
  startPortal,
  until,
  type Portal,
} from './__testUtils__/startPortal';
import { serve, type TestServer } from './target/__testUtils__/serve';

jest.setTimeout(60_000);

const chat = component('chat', {
  'ai-mesh.io/service': 'ai-services/ai-chat-service',
});
const json = { 'Content-Type': 'application/json' };

/** What a broken Prometheus may answer, and what the answer must say. */
const broken: Record<string, RequestListener> = {
  'an HTML page': (_, response) =>
    response
      .writeHead(200, { 'Content-Type': 'text/html' })
      .end('<html><body>Please log in</body></html>'),
  'half a JSON': (_, response) =>
    response.writeHead(200, json).end('{"status":"success","data":{"resu'),
  'another JSON': (_, response) =>
    response.writeHead(200, json).end('{"hello":"world"}'),
  'a refusal': (_, response) => response.writeHead(403).end('no'),
  'a failure': (_, response) => response.writeHead(502).end('Bad Gateway'),
  'nothing for a minute': () => undefined,
};

/** A Prometheus whose every series is NaN. */
const notANumber: RequestListener = (request, response) => {
  const labels = {
    reporter: 'source',
    source_workload: 'ai-orchestrator',
    source_workload_namespace: 'ai-services',
    destination_service: 'ai-chat-service.ai-services.svc.cluster.local',
    destination_service_name: 'ai-chat-service',
    destination_service_namespace: 'ai-services',
    destination_version: 'v1',
    response_code: '200',
    response_flags: '-',
    le: '100',
  };
  const at = Date.now() / 1000;
  response.writeHead(200, json).end(
    JSON.stringify({
      status: 'success',
      data: request.url?.includes('query_range')
        ? {
            resultType: 'matrix',
            result: [{ metric: labels, values: [[at, 'NaN']] }],
          }
        : {
            resultType: 'vector',
            result: [{ metric: labels, value: [at, 'NaN'] }],
          },
    }),
  );
};

describe('the plugin on a cluster', () => {
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });

  afterAll(async () => {
    await sandbox?.stop();
  });

  const cluster = (more: object = {}, name = 'shop') => ({
    name,
    kubernetes: {
      url: sandbox.kubernetes,
      serviceAccountToken: sandbox.tokens.reader,
    },
    ...more,
  });
  const prometheusAt = (url: string) => ({
    prometheus: { url, timeout: '1s', cacheTtl: '0s' },
  });
  const setFault = (fault: object) =>
    fetch(`${sandbox.control}/faults`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify(fault),
    });
  const clearFaults = () =>
    fetch(`${sandbox.control}/faults`, { method: 'DELETE' });

  async function readAll(portal: Portal) {
    const [overview, topology, routes] = await Promise.all(
      ['overview', 'topology', 'routes'].map(view =>
        portal.read(`chat/${view}`),
      ),
    );
    expect([overview.status, topology.status, routes.status]).toEqual([
      200, 200, 200,
    ]);
    return {
      overview: overviewSchema.parse(overview.body) as Overview,
      topology: topologySchema.parse(topology.body) as Topology,
      routes: routesSchema.parse(routes.body) as Routes,
    };
  }

  describe.each(Object.keys(broken))('whose Prometheus answers %s', name => {
    let prometheus: TestServer;
    let portal: Portal;

    beforeAll(async () => {
      prometheus = await serve(broken[name]);
      portal = await startPortal(
        [cluster(prometheusAt(prometheus.url))],
        [chat],
      );
    });

    afterAll(async () => {
      await portal?.stop();
      await prometheus?.stop();
    });

    it('loses the numbers and nothing else', async () => {
      const { overview, topology, routes } = await readAll(portal);
      for (const { sources } of [overview, topology, routes]) {
        const source = sources.find(one => one.name === 'prometheus');
        expect(source?.status).toBe(
          name === 'a refusal' ? 'forbidden' : 'unreachable',
        );
        expect(source?.message).toContain('shop');
        expect(sources).toContainEqual(
          expect.objectContaining({ name: 'kubernetes', status: 'ok' }),
        );
      }
      expect(overview.services).toHaveLength(1);
      expect(overview.traffic.total.requestsPerSecond.status).toBe('unknown');
      expect(overview.traffic.health.status).not.toBe('healthy');
      expect(topology.nodes.map(node => node.name)).toContain(
        'ai-chat-service',
      );
      expect(
        routes.services[0].rules
          .at(-1)
          ?.destinations.map(({ weightPercent, endpoints }) => [
            weightPercent,
            endpoints,
          ]),
      ).toEqual([
        [90, { status: 'known', value: { ready: 3, total: 3 } }],
        [10, { status: 'known', value: { ready: 1, total: 1 } }],
      ]);
    });
  });

  it('reads NaN as unknown, never as zero or healthy', async () => {
    const prometheus = await serve(notANumber);
    const portal = await startPortal(
      [cluster(prometheusAt(prometheus.url))],
      [chat],
    );
    const { overview, topology, routes } = await readAll(portal);
    for (const traffic of [
      overview.traffic.total,
      routes.services[0].traffic,
      routes.services[0].rules.at(-1)!.destinations[0].observed,
      topology.nodes.find(node => node.relation === 'own')!.traffic,
    ]) {
      expect(traffic.requestsPerSecond.status).toBe('unknown');
      expect(traffic.errorRatio.status).toBe('unknown');
      expect(traffic.p99.status).toBe('unknown');
    }
    expect(overview.traffic.health.status).not.toBe('healthy');
    await portal.stop();
    await prometheus.stop();
  });

  it('shows everything else where the cluster refuses to list one kind', async () => {
    await setFault({
      target: 'kubernetes',
      resource: 'destinationrules',
      type: 'status',
      status: 403,
    });
    const portal = await startPortal([cluster()], [chat]);
    const { routes } = await readAll(portal);
    await clearFaults();
    expect(routes.sources).toContainEqual(
      expect.objectContaining({
        name: 'kubernetes',
        status: 'partial',
        message: expect.stringMatching(/destinationrules/i),
      }),
    );
    const [service] = routes.services;
    expect(service.rules).toHaveLength(3);
    expect(service.breakerState.status).toBe('unknown');
    expect(service.rules[0].destinations[0]).toMatchObject({
      endpoints: { status: 'unknown', reason: 'forbidden' },
    });
    await portal.stop();
  });

  it('shows everything else where Kiali refuses its token', async () => {
    const kiali = await serve((_, response) => response.writeHead(401).end());
    const portal = await startPortal(
      [cluster({ kiali: { url: kiali.url, token: 'wrong-token' } })],
      [chat],
    );
    const { topology } = await readAll(portal);
    expect(topology.nodes.map(node => node.name)).toContain('ai-chat-service');
    const source = topology.sources.find(one => one.name === 'kiali');
    expect(source?.status).toBe('forbidden');
    expect(JSON.stringify(topology)).not.toContain('wrong-token');
    await portal.stop();
    await kiali.stop();
  });

  it('starts and answers with one unreachable cluster beside a good one', async () => {
    const silent = await serve(() => undefined);
    const began = Date.now();
    const portal = await startPortal(
      [
        {
          name: 'gone',
          kubernetes: {
            url: 'http://127.0.0.1:9',
            serviceAccountToken: 'secret-of-gone',
          },
        },
        {
          name: 'silent',
          kubernetes: {
            url: silent.url,
            serviceAccountToken: 'secret-of-silent',
          },
        },
        cluster(),
      ],
      [chat],
    );
    expect(Date.now() - began).toBeLessThan(10_000);
    const { routes } = await readAll(portal);
    expect(routes.services.map(({ service }) => service.cluster)).toEqual([
      'shop',
    ]);
    const statuses = Object.fromEntries(
      routes.sources
        .filter(({ name }) => name === 'kubernetes')
        .map(({ cluster: name, status }) => [name, status]),
    );
    expect(statuses).toEqual({
      gone: 'unreachable',
      silent: 'unreachable',
      shop: 'ok',
    });
    expect(JSON.stringify(routes)).not.toContain('secret-of');
    const stopping = Date.now();
    await portal.stop();
    expect(Date.now() - stopping).toBeLessThan(5_000);
    await silent.stop();
  });

  it.each([
    ['not-a-service', 'ai-mesh.io/service'],
    ['a/b/c/d', 'ai-mesh.io/service'],
    ['ai-services/"};x', 'ai-mesh.io/service'],
  ])('refuses the annotation %j, naming it', async (value, annotation) => {
    const portal = await startPortal(
      [cluster()],
      [component('chat', { [annotation]: value })],
    );
    const response = await portal.read('chat/routes');
    expect(response.status).toBe(400);
    expect(response.body.error.message).toContain(annotation);
    await portal.stop();
  });

  it('says where it looked for an entity that owns nothing', async () => {
    const portal = await startPortal(
      [cluster()],
      [component('chat', { 'ai-mesh.io/service': 'ai-services/nobody' })],
    );
    const { overview, routes } = await readAll(portal);
    expect(overview.services).toEqual([]);
    expect(routes.resolution.searched).toMatchObject([
      { cluster: 'shop', services: [] },
    ]);
    await portal.stop();
  });

  it('shows an edit of a weight within five seconds', async () => {
    const portal = await startPortal([cluster()], [chat]);
    const weights = async () => {
      const { body } = await portal.read('chat/routes');
      return (body as Routes).services[0]?.rules
        .at(-1)
        ?.destinations.map(({ weightPercent }) => weightPercent);
    };
    await until(weights, found => String(found) === '90,10', 10_000);
    const object = `${sandbox.kubernetes}/apis/networking.istio.io/v1/namespaces/ai-services/virtualservices/ai-chat-service`;
    const patch = async (stable: number) => {
      const response = await fetch(object, {
        method: 'PATCH',
        headers: {
          'Content-Type': 'application/json-patch+json',
          Authorization: `Bearer ${sandbox.tokens.writer}`,
        },
        body: JSON.stringify([
          { op: 'replace', path: '/spec/http/2/route/0/weight', value: stable },
          {
            op: 'replace',
            path: '/spec/http/2/route/1/weight',
            value: 100 - stable,
          },
        ]),
      });
      expect(response.status).toBe(200);
    };
    await patch(55);
    await until(weights, found => String(found) === '55,45', 5_000);
    await patch(90);
    await portal.stop();
  });
});

describe('the plugin', () => {
  it('starts without clusters, and says that none is configured', async () => {
    const portal = await startPortal(undefined, [chat]);
    const response = await portal.read('chat/overview');
    expect(response.status).toBe(200);
    expect(overviewSchema.parse(response.body)).toMatchObject({
      services: [],
      resolution: { searched: [] },
    });
    await portal.stop();
  });

  it('does not start with a wrong key, and names it', async () => {
    await expect(
      startPortal(
        [{ name: 'shop', kubernets: { url: 'http://127.0.0.1:9' } }],
        [],
      ),
    ).rejects.toThrow(/kubernets/);
  });
});
