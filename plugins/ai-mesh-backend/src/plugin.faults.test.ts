import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import type { RequestListener } from 'http';
import {
  clusterOn,
  component,
  readAll,
  startPortal,
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

const prometheusAt = (url: string) => ({
  prometheus: { url, timeout: '1s', cacheTtl: '0s' },
});

describe('the plugin on a cluster', () => {
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });

  afterAll(async () => {
    await sandbox?.stop();
  });

  describe.each(Object.keys(broken))('whose Prometheus answers %s', name => {
    let prometheus: TestServer;
    let portal: Portal;

    beforeAll(async () => {
      prometheus = await serve(broken[name]);
      portal = await startPortal(
        [clusterOn(sandbox, prometheusAt(prometheus.url))],
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

    it.each(['security', 'slos', 'review'])(
      'still answers %s with what the cluster says',
      async view => {
        const { status, body } = await portal.read(`chat/${view}`);
        expect(status).toBe(200);
        expect(body.sources).toContainEqual(
          expect.objectContaining({
            name: 'prometheus',
            status: name === 'a refusal' ? 'forbidden' : 'unreachable',
            message: expect.stringContaining('shop'),
          }),
        );
        expect(body.sources).toContainEqual(
          expect.objectContaining({ name: 'kubernetes', status: 'ok' }),
        );
      },
    );
  });

  it('reads NaN as unknown, never as zero or healthy', async () => {
    const prometheus = await serve(notANumber);
    const portal = await startPortal(
      [clusterOn(sandbox, prometheusAt(prometheus.url))],
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
});
