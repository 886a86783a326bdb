import {
  overviewSchema,
  routesSchema,
  topologySchema,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import {
  component,
  startPortal,
  until,
  type Portal,
} from './__testUtils__/startPortal';
import {
  describeWithPrometheus,
  startScrapingPrometheus,
  type RealPrometheus,
} from './prometheus/__testUtils__/startPrometheus';

jest.setTimeout(150_000);

const valueOf = <T>(measured?: Measured<T>) =>
  measured?.status === 'known' ? measured.value : undefined;

describeWithPrometheus(
  'the plugin over a living mesh and a real Prometheus',
  () => {
    let sandbox: RunningSandbox;
    let prometheus: RealPrometheus;
    let portal: Portal;

    beforeAll(async () => {
      sandbox = await startSandbox();
      prometheus = await startScrapingPrometheus(sandbox.metrics);
      portal = await startPortal(
        [
          {
            name: 'shop',
            kubernetes: {
              url: sandbox.kubernetes,
              serviceAccountToken: sandbox.tokens.reader,
            },
            prometheus: { url: prometheus.url, cacheTtl: '0s' },
            kiali: { url: sandbox.kiali },
          },
        ],
        [
          component('chat', {
            'ai-mesh.io/service': 'ai-services/ai-chat-service',
          }),
        ],
      );
      // Until every version and every caller was seen often enough for a rate.
      await until(
        async () => routesSchema.parse((await portal.read('chat/routes')).body),
        ({ services }) =>
          services[0]?.rules
            .at(-1)
            ?.destinations.every(
              ({ observed }) => (valueOf(observed.requestCount) ?? 0) > 5,
            ) ?? false,
        60_000,
      );
      await until(
        async () =>
          overviewSchema.parse((await portal.read('chat/overview')).body),
        ({ mtls }) => mtls.plaintextCallers.length > 0,
        60_000,
      );
    });

    afterAll(async () => {
      await portal?.stop();
      await prometheus?.stop();
      await sandbox?.stop();
    });

    /** The value of a query with one series, straight from Prometheus. */
    async function ask(promql: string): Promise<number> {
      const response = await fetch(
        `${prometheus.url}/api/v1/query?query=${encodeURIComponent(promql)}`,
      );
      const { data } = (await response.json()) as {
        data: { result: { value: [number, string] }[] };
      };
      return Number(data.result[0].value[1]);
    }

    it('agrees with Prometheus within 2%', async () => {
      const series = 'destination_service_name="ai-chat-service"';
      const [response, fromProxies, fromElsewhere] = await Promise.all([
        portal.read('chat/overview'),
        ask(`sum(rate(istio_requests_total{reporter="source",${series}}[5m]))`),
        ask(
          `sum(rate(istio_requests_total{reporter="destination",source_principal="unknown",${series}}[5m]))`,
        ),
      ]);
      const { traffic, mtls, sources, queries } = overviewSchema.parse(
        response.body,
      );
      const rate = valueOf(traffic.total.requestsPerSecond)!;
      const expected = fromProxies + fromElsewhere;
      expect(expected).toBeGreaterThan(0);
      expect(Math.abs(rate - expected) / expected).toBeLessThan(0.02);
      expect(sources.map(({ name, status }) => `${name} ${status}`)).toEqual([
        'kubernetes ok',
        'prometheus ok',
      ]);
      expect(mtls.plaintextCallers).toMatchObject([
        { workload: 'nightly-embedding-job' },
      ]);
      // The line itself has no point yet: its minutes are whole ones.
      expect(queries.map(({ id }) => id).sort()).toEqual([
        'latency',
        'requests',
        'sparkline',
        'tcp',
        'usual-latency',
      ]);
    });

    it('shows the split as written beside the split as seen', async () => {
      const response = await portal.read('chat/routes');
      const { services, queries } = routesSchema.parse(response.body);
      const rule = services[0].rules.at(-1)!;
      expect(
        rule.destinations.map(({ subset, weightPercent }) => [
          subset,
          weightPercent,
        ]),
      ).toEqual([
        ['v1', 90],
        ['v2', 10],
      ]);
      const [v1, v2] = rule.destinations.map(({ observed }) =>
        valueOf(observed.requestsPerSecond)!,
      );
      // Rules by header send some more to v2, and the sample is small.
      expect(v1 / (v1 + v2)).toBeGreaterThan(0.7);
      expect(v1 / (v1 + v2)).toBeLessThan(0.98);
      expect(services[0].breakerState.evidence).toBe('envoy-stats');
      expect(services[0].applicationBreakers?.breakers).toMatchObject({
        status: 'known',
        value: [{ name: 'llm-gateway', pods: { closed: 4 } }],
      });
      expect(queries).toHaveLength(4);
    });

    it('answers of a moment that has been, and says since when there is data', async () => {
      const view = (at: string, name = 'topology') =>
        portal.read(`chat/${name}?at=${encodeURIComponent(at)}`);
      const shortAgo = new Date(Date.now() - 5_000).toISOString();
      const then = topologySchema.parse((await view(shortAgo)).body);
      expect(then.observedAt).toBe(shortAgo);
      expect(valueOf(then.nodes[0].traffic.requestsPerSecond)).toBeGreaterThan(
        0,
      );
      expect(then.nodes[0].kiali).toBeUndefined();

      const before = await view('2026-01-01T02:00:00+01:00');
      const { nodes, sources } = topologySchema.parse(before.body);
      expect(nodes[0].traffic.requestsPerSecond.status).toBe('unknown');
      expect(sources).toContainEqual(
        expect.objectContaining({
          name: 'prometheus',
          status: 'partial',
          message: expect.stringMatching(
            /nothing of .* at Jan 1, 2026, 1:00 AM UTC/,
          ),
        }),
      );

      const future = await view(new Date(Date.now() + 3_600_000).toISOString());
      expect(future.status).toBe(400);
      expect(future.body.error.message).toMatch(/has not been yet/);
      const vague = await view('2026-11-27T02:30:00');
      expect(vague.status).toBe(400);
      expect(vague.body.error.message).toMatch(/a time with its zone/);
    });

    it.each(['overview', 'routes', 'slos', 'security', 'traces'])(
      'answers %s of a moment',
      async name => {
        const at = new Date(Date.now() - 10_000).toISOString();
        const { status, body } = await portal.read(
          `chat/${name}?at=${encodeURIComponent(at)}`,
        );
        expect(status).toBe(200);
        expect(body.observedAt).toBe(at);
      },
    );

    it('draws a lock on encrypted edges, and none on the batch job’s', async () => {
      const response = await portal.read('chat/topology');
      const { nodes, edges } = topologySchema.parse(response.body);
      const nameOf = (id: string) => nodes.find(node => node.id === id)?.name;
      const share = (source: string, target: string) =>
        valueOf(
          edges.find(
            edge =>
              nameOf(edge.source) === source && nameOf(edge.target) === target,
          )?.encryption,
        )?.share;
      expect(share('ai-orchestrator', 'ai-chat-service')).toBe(1);
      expect(share('nightly-embedding-job', 'ai-chat-service')).toBe(0);
    });

    it('keeps the picture of the cluster where Prometheus goes away', async () => {
      await prometheus.stop();
      const response = await portal.read('chat/routes');
      const { services, sources } = routesSchema.parse(response.body);
      expect(services[0].rules).toHaveLength(3);
      expect(services[0].traffic.requestsPerSecond).toMatchObject({
        status: 'unknown',
        reason: 'source-unreachable',
      });
      expect(sources.map(({ name, status }) => `${name} ${status}`)).toEqual([
        'kubernetes ok',
        'prometheus unreachable',
      ]);
    });
  },
);
