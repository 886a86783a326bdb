import {
  known,
  topologySchema,
  unknown,
  type ConfiguredThen,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  buckets,
  now,
  request,
  requests,
  targetOn,
  topologyOf,
} from './__testUtils__/chatWorld';
import { FakePrometheus } from './__testUtils__/FakePrometheus';
import { bucketRows, requestRow } from './__testUtils__/meshRows';
import { TopologyService } from './TopologyService';

describe('TopologyService', () => {
  it('shows callers of callers and providers of providers, and nobody else', async () => {
    const { nodes } = await topologyOf(
      targetOn(new FakePrometheus({ requests, buckets })),
    );
    expect(
      nodes.map(({ id, kind, relation, distance }) =>
        [id, kind, relation, distance].join(' '),
      ),
    ).toEqual([
      'east/ai/chat service own 0',
      'east/ai/llm service provider 1',
      'east/ai/orchestrator service caller 1',
      'workload:east/ai/batch workload caller 1',
      'external:east/api.openai.com external provider 2',
      'east/ai/gateway service caller 2',
    ]);
  });

  it("says of the entity's own services alone what a review finds", async () => {
    const counts = { high: 1, medium: 0, low: 2, note: 0 };
    const countFindings = jest.fn().mockResolvedValue(() => counts);
    const { nodes } = await new TopologyService({ countFindings }).topology(
      targetOn(new FakePrometheus({ requests, buckets })),
      request,
      { now },
    );
    expect(
      nodes.flatMap(({ id, findings }) => (findings ? [[id, findings]] : [])),
    ).toEqual([['east/ai/chat', counts]]);
    expect(countFindings).toHaveBeenCalledTimes(1);
  });

  it("offers the cluster's links with each service, and with nothing else", async () => {
    const target = targetOn(new FakePrometheus({ requests, buckets }));
    const [found] = target.clusters;
    const links = [
      { title: 'Kiali', url: 'https://kiali/{namespace}/{service}' },
    ];
    const { nodes } = await new TopologyService().topology(
      {
        ...target,
        clusters: [{ ...found, cluster: { ...found.cluster, links } }],
      },
      request,
      { now },
    );
    expect(nodes.find(({ id }) => id === 'east/ai/chat')?.links).toEqual([
      { title: 'Kiali', url: 'https://kiali/ai/chat' },
    ]);
    expect(nodes.map(({ links: offered }) => Boolean(offered))).toEqual(
      nodes.map(({ kind }) => kind === 'service'),
    );
  });

  it('looks no farther than asked', async () => {
    const topology = await new TopologyService().topology(
      targetOn(new FakePrometheus({ requests, buckets })),
      { window: '5m', depth: 1 },
      { now },
    );
    expect(Math.max(...topology.nodes.map(node => node.distance))).toBe(1);
  });

  it('counts every request once, says who reported, and locks what is encrypted', async () => {
    const { edges } = await topologyOf(
      targetOn(new FakePrometheus({ requests, buckets })),
    );
    const brief = edges.map(edge => [
      edge.id,
      edge.reporter,
      edge.traffic.requestsPerSecond,
      edge.encryption.status === 'known'
        ? edge.encryption.value.share
        : edge.encryption.reason,
    ]);
    expect(brief).toEqual([
      ['east/ai/orchestrator -> east/ai/chat', 'source', known(10), 1],
      ['workload:east/ai/batch -> east/ai/chat', 'destination', known(2), 0],
      ['east/ai/chat -> east/ai/llm', 'source', known(10), 1],
      ['east/ai/gateway -> east/ai/orchestrator', 'source', known(10), 1],
      [
        'east/ai/llm -> external:east/api.openai.com',
        'source',
        known(30),
        'not-exported',
      ],
    ]);
    expect(edges[0].versions).toEqual({ v1: 9, v2: 1 });
    expect(edges[0].traffic.p95).toEqual(
      known({ valueMs: 955, lowerBoundMs: 100, upperBoundMs: 1000 }),
    );
  });

  it('describes a service with its versions, settings and breaker', async () => {
    const { nodes } = await topologyOf(
      targetOn(new FakePrometheus({ requests, buckets })),
    );
    const chat = nodes[0];
    expect(chat).toMatchObject({
      name: 'chat',
      namespace: 'ai',
      proxy: 'sidecar',
      traffic: { requestsPerSecond: known(12), requestCount: known(3600) },
      endpoints: known({ ready: 3, total: 4 }),
      breaker: { status: 'closed', evidence: 'response-flags' },
      health: { status: 'degraded', message: '3 of 4 endpoints are ready.' },
    });
    expect(
      chat.versions.map(version => [
        version.name,
        version.workloads,
        version.observedShare,
        version.endpoints,
        version.traffic.requestsPerSecond,
      ]),
    ).toEqual([
      [
        'v1',
        [{ kind: 'Deployment', name: 'chat-v1' }],
        known(11 / 12),
        known({ ready: 3, total: 3 }),
        known(11),
      ],
      [
        'v2',
        [{ kind: 'Deployment', name: 'chat-v2' }],
        known(1 / 12),
        known({ ready: 0, total: 1 }),
        known(1),
      ],
    ]);
    expect(chat.badges.map(({ kind, detail }) => [kind, detail])).toEqual([
      ['circuit-breaker', 'http1MaxPendingRequests 50'],
      ['timeout', '1m'],
      ['retries', '2 × 25s (gateway-error)'],
      ['split', 'v1 90% / v2 10%'],
    ]);
  });

  it('tells apart how each version answered a call, where several did', async () => {
    const { edges } = await topologyOf(
      targetOn(new FakePrometheus({ requests, buckets })),
    );
    const told = edges.filter(({ byVersion }) => byVersion);
    expect(told.map(({ target }) => target)).toContain('east/ai/chat');
    for (const { byVersion, versions } of told) {
      const rates = Object.entries(byVersion!).map(([name, traffic]) => [
        name,
        traffic.requestsPerSecond,
      ]);
      expect(rates.length).toBeGreaterThan(1);
      expect(Object.fromEntries(rates)).toEqual(
        Object.fromEntries(
          Object.entries(versions).map(([name, rate]) => [name, known(rate)]),
        ),
      );
    }
  });

  it('shows that a caller has no proxy', async () => {
    const { nodes } = await topologyOf(
      targetOn(new FakePrometheus({ requests, buckets })),
    );
    expect(nodes.find(({ name }) => name === 'batch')).toMatchObject({
      proxy: 'none',
      traffic: { requestsPerSecond: known(2) },
    });
  });

  it('asks Prometheus at most depth + 4 times, whatever it finds', async () => {
    const prometheus = new FakePrometheus({ requests, buckets });
    const { queries } = await topologyOf(targetOn(prometheus));
    expect(prometheus.asked.map(({ metric }) => metric)).toEqual([
      'requests',
      'requests',
      'buckets',
      'usual',
      'tcp',
      'breakers',
    ]);
    expect(queries.map(({ id }) => id)).toEqual([
      'requests',
      'requests',
      'latency',
      'usual-latency',
      'tcp',
      'breakers',
    ]);
  });

  it('knows what is slower than it was, where that starts, and who only waits', async () => {
    const of = (upToMs: number) =>
      requests.flatMap(row => bucketRows(row, upToMs));
    const usual = of(1000).map(({ labels, rate }) => ({
      labels: { ...labels, usual: 'hour-before' },
      rate,
    }));
    const slow = new FakePrometheus({ requests, buckets: of(30_000), usual });
    const { nodes, outage } = await topologyOf(targetOn(slow));
    expect(nodes.find(({ name }) => name === 'llm')).toMatchObject({
      health: {
        status: 'slow',
        message: expect.stringMatching(
          /^It takes 29 s \(p95\), 30 times the 0.95 s in the hour before/,
        ),
      },
    });
    expect(outage).toMatchObject({
      status: 'found',
      origins: [{ node: 'external:east/api.openai.com', confidence: 'likely' }],
      suffering: [
        { node: 'east/ai/llm' },
        { node: 'east/ai/chat' },
        { node: 'east/ai/orchestrator' },
        { node: 'workload:east/ai/batch' },
        { node: 'east/ai/gateway' },
      ],
    });
  });

  it("reads the breaker from Envoy's statistics where they are exported", async () => {
    const statistic = (name: string, host: string, rate: number) => ({
      labels: {
        statistic: name,
        cluster_name: `outbound|8080|v1|${host}.ai.svc.cluster.local`,
      },
      rate,
    });
    const { nodes } = await topologyOf(
      targetOn(
        new FakePrometheus({
          requests,
          breakers: [
            statistic('rq_pending_overflow', 'chat', 0),
            statistic('ejections_active', 'chat', 1),
            statistic('ejections_active', 'llm', 9),
          ],
        }),
      ),
    );
    expect(nodes[0].breaker).toMatchObject({
      status: 'ejecting',
      evidence: 'envoy-stats',
      ejectedHosts: known(1),
    });
  });

  it('keeps callers that Istio cannot name apart, and says so', async () => {
    const { nodes, edges } = await topologyOf(
      targetOn(
        new FakePrometheus({
          requests: [
            ...requests,
            requestRow('destination', {
              to: 'chat',
              version: 'v1',
              by: 'chat-v1',
              security: 'none',
              rate: 1,
            }),
            requestRow('destination', {
              to: 'orchestrator',
              by: 'orchestrator',
              security: 'none',
              rate: 1,
            }),
          ],
        }),
      ),
    );
    const unnamed = nodes.filter(({ kind }) => kind === 'unknown');
    expect(unnamed.map(({ name, proxy }) => [name, proxy])).toEqual([
      ['Callers that Istio could not name', 'unknown'],
      ['Callers that Istio could not name', 'unknown'],
    ]);
    expect(
      edges.filter(({ source }) => unnamed.some(({ id }) => id === source)),
    ).toHaveLength(2);
  });

  it('names the label without which callers cannot be told apart', async () => {
    const { sources } = await topologyOf(
      targetOn(
        new FakePrometheus({
          requests: requests.map(row => {
            const { source_workload: _, ...labels } = row.labels;
            return { ...row, labels };
          }),
        }),
      ),
    );
    expect(sources).toContainEqual(
      expect.objectContaining({
        name: 'prometheus',
        status: 'partial',
        message: expect.stringContaining('lack the label source_workload:'),
      }),
    );
  });

  it('shows a neighbour that only TCP knows', async () => {
    const tcp = ['opened', 'sent', 'received'].map(metric => ({
      labels: {
        ...requestRow('destination', {
          from: 'chat-v1',
          to: 'vectors',
          by: 'vectors',
          rate: 0,
        }).labels,
        tcp_metric: metric,
      },
      rate: 4,
    }));
    const { nodes, edges } = await topologyOf(
      targetOn(new FakePrometheus({ requests, tcp })),
    );
    expect(nodes.find(({ name }) => name === 'vectors')).toMatchObject({
      kind: 'service',
      relation: 'provider',
      tcp: { connectionsOpenedPerSecond: known(4) },
      traffic: { requestsPerSecond: { reason: 'not-exported' } },
      health: { status: 'unknown' },
    });
    expect(
      edges.find(({ target }) => target === 'east/ai/vectors'),
    ).toMatchObject({
      protocol: 'tcp',
      reporter: 'destination',
      encryption: known({
        share: 1,
        encryptedPerSecond: 4,
        plaintextPerSecond: 0,
      }),
    });
  });

  it('leaves the farthest and quietest out when there are too many, and says how many', async () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      requestRow('destination', {
        from: `caller-${index}`,
        to: 'chat',
        by: 'chat-v1',
        version: 'v1',
        rate: index + 1,
      }),
    );
    const topology = await new TopologyService({ maxNodes: 5 }).topology(
      targetOn(new FakePrometheus({ requests: many })),
      request,
      { now },
    );
    expect(topology.nodes.map(({ name }) => name)).toEqual([
      'chat',
      'caller-29',
      'caller-28',
      'caller-27',
      'caller-26',
    ]);
    expect(topology.edges).toHaveLength(4);
    expect(topology.omitted).toMatchObject({ nodes: 26 });
    // The service's own figures stand on all callers.
    expect(topology.nodes[0].traffic.requestsPerSecond).toEqual(known(465));
  });

  it('shows the busiest 200 of 500 callers, and says how many more there are', async () => {
    const many = Array.from({ length: 500 }, (_, index) =>
      requestRow('destination', {
        from: `caller-${index}`,
        to: 'chat',
        by: 'chat-v1',
        version: 'v1',
        rate: index + 1,
      }),
    );
    const { nodes, omitted } = await topologyOf(
      targetOn(new FakePrometheus({ requests: many })),
    );
    expect(nodes).toHaveLength(200);
    expect(nodes.map(({ name }) => name)).toContain('caller-499');
    expect(nodes.map(({ name }) => name)).not.toContain('caller-0');
    expect(omitted?.nodes).toBe(301);
    expect(nodes[0].traffic.requestsPerSecond).toEqual(known(125_250));
  });

  it('judges a past moment by what was measured then, and not by today’s endpoints', async () => {
    const target = targetOn(new FakePrometheus({ requests, buckets }));
    const healthAt = async (isPast: boolean) => {
      const { nodes } = await new TopologyService().topology(target, request, {
        now,
        isPast,
      });
      return nodes.find(({ relation }) => relation === 'own')!.health;
    };
    expect(await healthAt(false)).toMatchObject({
      status: 'degraded',
      message: '3 of 4 endpoints are ready.',
    });
    expect((await healthAt(true)).status).toBe('healthy');
  });

  it('shows how a canary had split the requests at a past moment, and today’s split where no record tells it', async () => {
    const target = targetOn(new FakePrometheus({ requests, buckets }));
    const service = { cluster: 'east', namespace: 'ai', name: 'chat' };
    const object = {
      cluster: 'east',
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      namespace: 'ai',
      name: 'chat',
    };
    const destination = (role: 'stable' | 'canary', subset: string) => ({
      role,
      host: 'chat.ai.svc.cluster.local',
      subset,
      weight: 50,
      percent: 50,
    });
    const then: ConfiguredThen = {
      service,
      route: { object },
      weights: {
        destinations: [
          destination('stable', 'v1'),
          destination('canary', 'v2'),
        ],
        headerRule: false,
      },
      since: '2026-01-01T00:00:00.000Z',
      canary: { id: 'c1', stable: { subset: 'v1' }, canary: { subset: 'v2' } },
    };
    const splitIn = async (
      told: Measured<ConfiguredThen[]> | undefined,
      isPast = true,
    ) => {
      const answer = topologySchema.parse(
        await new TopologyService({
          configuredAt: async () => told!,
        }).topology(target, request, { now, isPast }),
      );
      const { badges } = answer.nodes.find(
        ({ relation }) => relation === 'own',
      )!;
      return {
        told: answer.configuredThen,
        split: badges.find(({ kind }) => kind === 'split')?.detail,
      };
    };
    expect(await splitIn(known([then]))).toEqual({
      told: known([then]),
      split: 'v1 50% / v2 50%',
    });
    const today = 'v1 90% / v2 10%';
    const away = unknown('source-unreachable');
    expect(await splitIn(known([]))).toEqual({ told: known([]), split: today });
    expect(await splitIn(away)).toEqual({ told: away, split: today });
    expect(await splitIn(known([then]), false)).toEqual({ split: today });
  });
});
