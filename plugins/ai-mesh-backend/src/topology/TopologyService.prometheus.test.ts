import {
  REPLAY_STEPS,
  replaySchema,
  topologySchema,
  type Measured,
  type Topology,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { component, until } from '../__testUtils__/startPortal';
import { readSettings } from '../config/readSettings';
import {
  describeWithPrometheus,
  startScrapingPrometheus,
  type RealPrometheus,
} from '../prometheus/__testUtils__/startPrometheus';
import { DefaultMeshClusters } from '../target/DefaultMeshClusters';
import { EntityTargetResolver } from '../target/EntityTargetResolver';
import { targetAt } from '../target/targetAt';
import { ReplayService } from './ReplayService';
import { TopologyService } from './TopologyService';

jest.setTimeout(360_000);

const valueOf = <T>(measured?: Measured<T>) =>
  measured?.status === 'known' ? measured.value : undefined;

describeWithPrometheus('TopologyService over a living mesh', () => {
  let sandbox: RunningSandbox;
  let prometheus: RealPrometheus;
  let clusters: DefaultMeshClusters;

  const resolve = () =>
    new EntityTargetResolver(clusters, { mostServices: 50 }).resolve(
      component('chat', {
        'ai-mesh.io/service': 'ai-services/ai-chat-service',
      }),
    );

  async function look(depth = 2): Promise<Topology> {
    const target = await resolve();
    return topologySchema.parse(
      await new TopologyService().topology(
        target,
        { window: '5m', depth },
        { now: new Date() },
      ),
    );
  }

  beforeAll(async () => {
    // Faster than life, so that a scene shows within a test's patience.
    sandbox = await startSandbox(['--speed', '5']);
    prometheus = await startScrapingPrometheus(sandbox.metrics);
    const settings = readSettings(
      new ConfigReader({
        aiMesh: {
          clusters: [
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
        },
      }),
    );
    clusters = new DefaultMeshClusters(settings, {
      logger: mockServices.logger.mock(),
    });
    clusters.start();
    await until(
      () => look(),
      ({ nodes }) => (valueOf(nodes[0]?.traffic.requestCount) ?? 0) > 300,
      120_000,
    );
  });

  afterAll(async () => {
    await clusters?.stop();
    await prometheus?.stop();
    await sandbox?.stop();
  });

  /** The edge between two nodes, by their names. */
  function edgeOf({ nodes, edges }: Topology, source: string, target: string) {
    const nameOf = (id: string) => nodes.find(node => node.id === id)?.name;
    return edges.find(
      edge => nameOf(edge.source) === source && nameOf(edge.target) === target,
    );
  }

  /** Kiali's judgement of one of the shop's services, past everything that is under test. */
  async function kialiSays(service: string): Promise<string> {
    const response = await fetch(
      `${sandbox.kiali}/api/clusters/health?type=service&namespaces=ai-services`,
    );
    expect(response.status).toBe(200);
    const { namespaceServiceHealth } = (await response.json()) as {
      namespaceServiceHealth: Record<
        string,
        Record<string, { status: { status: string } }>
      >;
    };
    return namespaceServiceHealth['ai-services'][
      service
    ].status.status.toLowerCase();
  }

  async function ask(promql: string): Promise<number> {
    const response = await fetch(
      `${prometheus.url}/api/v1/query?query=${encodeURIComponent(promql)}`,
    );
    const { data } = (await response.json()) as {
      data: { result: { value: [number, string] }[] };
    };
    return Number(data.result[0]?.value[1]);
  }

  it('finds the neighbourhood: callers, providers, hosts outside the mesh', async () => {
    const before = await kialiSays('ai-chat-service');
    const { nodes, sources, queries, outage } = await look();
    const after = await kialiSays('ai-chat-service');
    expect(
      nodes
        .map(({ name, kind, relation, distance }) =>
          [name, kind, relation, distance].join(' '),
        )
        .sort(),
    ).toEqual([
      'ai-chat-service service own 0',
      'ai-orchestrator service caller 1',
      'api-gateway service caller 2',
      'api.fast-model.example external provider 2',
      'api.smart-model.example external provider 2',
      'llm-gateway-service service provider 1',
      'local-model-service service provider 2',
      'nightly-embedding-job workload caller 1',
    ]);
    expect(sources.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'kubernetes ok',
      'prometheus ok',
      'kiali ok',
    ]);
    expect(queries).toHaveLength(6);
    expect(outage).toEqual({ status: 'none' });
    const chat = nodes.find(({ name }) => name === 'ai-chat-service');
    expect(chat).toMatchObject({
      proxy: 'sidecar',
      breaker: { evidence: 'envoy-stats' },
    });
    // One failure in a thousand is enough for Kiali to change its mind, also between two questions.
    expect([before, after]).toContain(chat?.kiali?.health);
  });

  it('agrees with Prometheus on rates, and on percentiles', async () => {
    const series =
      'reporter="source",source_workload="ai-orchestrator",destination_service_name="ai-chat-service"';
    const [topology, rate, p95] = await Promise.all([
      look(1),
      ask(`sum(rate(istio_requests_total{${series}}[5m]))`),
      ask(
        `histogram_quantile(0.95, sum by (le) (rate(istio_request_duration_milliseconds_bucket{${series}}[5m])))`,
      ),
    ]);
    const { traffic } = edgeOf(topology, 'ai-orchestrator', 'ai-chat-service')!;
    expect(valueOf(traffic.requestsPerSecond)! / rate).toBeCloseTo(1, 1);
    expect(
      Math.abs(valueOf(traffic.requestsPerSecond)! / rate - 1),
    ).toBeLessThan(0.02);
    expect(Math.abs(valueOf(traffic.p95)!.valueMs / p95 - 1)).toBeLessThan(
      0.05,
    );
  });

  it('shows the versions at about 90/10', async () => {
    const { nodes } = await look(1);
    const { versions } = nodes.find(({ relation }) => relation === 'own')!;
    expect(versions.map(({ name }) => name)).toEqual(['v1', 'v2']);
    const [v1, v2] = versions.map(version => valueOf(version.observedShare)!);
    expect(v1).toBeGreaterThan(0.8);
    expect(v1).toBeLessThan(0.97);
    expect(v1 + v2).toBeCloseTo(1, 6);
  });

  it('locks encrypted edges, and not those of the job without a proxy', async () => {
    const topology = await look();
    const shareOf = (source: string, target: string) =>
      valueOf(edgeOf(topology, source, target)?.encryption)?.share;
    expect(shareOf('ai-orchestrator', 'ai-chat-service')).toBe(1);
    expect(shareOf('ai-chat-service', 'llm-gateway-service')).toBe(1);
    expect(shareOf('nightly-embedding-job', 'ai-chat-service')).toBe(0);
    expect(
      edgeOf(topology, 'nightly-embedding-job', 'ai-chat-service')?.reporter,
    ).toBe('destination');
    expect(
      edgeOf(topology, 'llm-gateway-service', 'api.fast-model.example')
        ?.encryption,
    ).toMatchObject({ status: 'unknown', reason: 'not-exported' });
  });

  it('finds where it hurts when a model provider becomes slow', async () => {
    await fetch(`${sandbox.control}/scene`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'slow-provider' }),
    });
    // Its callers fail only once their own time limits have run out.
    const { outage } = await until(
      () => look(),
      topology =>
        topology.outage.status === 'found' &&
        topology.outage.suffering.some(({ node }) =>
          node.endsWith('/ai-chat-service'),
        ),
      240_000,
    );
    expect(outage).toMatchObject({
      origins: [{ node: 'external:shop/api.fast-model.example' }],
      suffering: expect.arrayContaining([
        expect.objectContaining({
          node: 'shop/ai-services/llm-gateway-service',
        }),
      ]),
    });
  });

  it('replays each moment as it is shown when one asks for that moment alone', async () => {
    const target = await resolve();
    const replay = await until(
      async () =>
        replaySchema.parse(
          await new ReplayService().replay(
            target,
            { span: '1h', window: '5m', depth: 2 },
            { now: new Date() },
          ),
        ),
      ({ moments }) =>
        moments.slice(0, -1).filter(one => one.measured).length > 1,
      240_000,
    );
    expect(replay.moments).toHaveLength(REPLAY_STEPS + 1);
    // From before the mesh there is nothing, which is no calm.
    expect(replay.moments[0].measured).toBe(false);
    expect(replay.edges[0].traffic.errorRatio[0]).toBeNull();
    expect(replay.nodes.every(({ health }) => health[0] === 'unknown')).toBe(
      true,
    );
    expect(replay.queries.length).toBeLessThanOrEqual(6);

    // The last moment's samples may have been on their way.
    const [index] = replay.moments
      .slice(0, -1)
      .flatMap(({ measured }, at) => (measured ? [at] : []))
      .slice(-1);
    const at = new Date(replay.moments[index].at);
    const then = await new TopologyService().topology(
      targetAt(target, at),
      { window: '5m', depth: 2 },
      { now: at, isPast: true },
    );
    expect(then.edges.length).toBeGreaterThan(5);
    const digits = (value: number | null | undefined) =>
      typeof value === 'number' ? Number(value.toPrecision(4)) : null;
    for (const { id, traffic } of then.edges) {
      const played = replay.edges.find(edge => edge.id === id)!.traffic;
      expect({
        id,
        rate: digits(played.requestsPerSecond[index]),
        errors: digits(played.errorRatio[index]),
        p95: digits(played.p95[index]),
      }).toEqual({
        id,
        rate: digits(valueOf(traffic.requestsPerSecond)),
        errors: digits(valueOf(traffic.errorRatio)),
        p95: digits(valueOf(traffic.p95)?.valueMs),
      });
    }
    const shown = new Map(
      then.nodes.map(({ id, health }) => [id, health.status]),
    );
    for (const { id, health } of replay.nodes) {
      expect([id, health[index]]).toEqual([id, shown.get(id) ?? 'unknown']);
    }
  });
});
