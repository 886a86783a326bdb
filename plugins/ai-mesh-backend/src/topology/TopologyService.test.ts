import {
  known,
  topologySchema,
  type TopologyRequest,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { KialiClient } from '../kiali/KialiClient';
import { snapshotOf } from '../kubernetes/__testUtils__/snapshotOf';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { SourceError } from '../target/SourceError';
import type { Target } from '../target/Target';
import type { EntityIndex } from './EntityIndex';
import { FakePrometheus } from './__testUtils__/FakePrometheus';
import { meshObjects } from './__testUtils__/meshObjects';
import { bothReport, bucketRows, requestRow } from './__testUtils__/meshRows';
import { TopologyService } from './TopologyService';

const now = new Date('2026-01-01T00:00:10Z');
const request: TopologyRequest = { window: '5m', depth: 2 };

const objects = {
  ...meshObjects(
    [
      { name: 'gateway', app: 'gateway' },
      { name: 'orchestrator', app: 'orchestrator' },
      { name: 'chat-v1', app: 'chat', version: 'v1', replicas: 3 },
      { name: 'chat-v2', app: 'chat', version: 'v2', ready: 0 },
      { name: 'llm', app: 'llm' },
      { name: 'billing', app: 'billing' },
      { name: 'batch', app: 'batch', proxy: false },
      { name: 'chat-v1', app: 'chat', version: 'v1', namespace: 'other' },
    ],
    ['gateway', 'orchestrator', 'chat', 'llm', 'billing', 'other/chat'],
  ),
  ServiceEntry: [
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'ServiceEntry',
      metadata: { namespace: 'ai', name: 'openai' },
      spec: { hosts: ['api.openai.com'] },
    },
  ],
  DestinationRule: [
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      metadata: { namespace: 'ai', name: 'chat' },
      spec: {
        host: 'chat',
        trafficPolicy: {
          connectionPool: { http: { http1MaxPendingRequests: 50 } },
        },
        subsets: [
          { name: 'v1', labels: { version: 'v1' } },
          { name: 'v2', labels: { version: 'v2' } },
        ],
      },
    },
  ],
  VirtualService: [
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { namespace: 'ai', name: 'chat' },
      spec: {
        hosts: ['chat'],
        http: [
          {
            route: [
              { destination: { host: 'chat', subset: 'v1' }, weight: 90 },
              { destination: { host: 'chat', subset: 'v2' }, weight: 10 },
            ],
            timeout: '60s',
            retries: {
              attempts: 2,
              perTryTimeout: '25s',
              retryOn: 'gateway-error',
            },
          },
        ],
      },
    },
  ],
};

const toChat = [
  { version: 'v1', by: 'chat-v1', rate: 9 },
  { version: 'v2', by: 'chat-v2', rate: 1 },
].map(answer => ({ from: 'orchestrator', to: 'chat', ...answer }));
const toLlm = [
  { from: 'chat-v1', to: 'llm', by: 'llm', rate: 9 },
  { from: 'chat-v2', to: 'llm', by: 'llm', rate: 1 },
];
const requests = [
  ...bothReport({
    from: 'gateway',
    to: 'orchestrator',
    by: 'orchestrator',
    rate: 10,
  }),
  ...toChat.flatMap(bothReport),
  requestRow('destination', {
    from: 'batch',
    to: 'chat',
    version: 'v1',
    by: 'chat-v1',
    security: 'none',
    rate: 2,
  }),
  ...toLlm.flatMap(bothReport),
  requestRow('source', { from: 'llm', to: 'api.openai.com', rate: 30 }),
  // What must stay out: a provider's other caller, and a namesake.
  ...bothReport({ from: 'billing', to: 'llm', by: 'llm', rate: 100 }),
  ...bothReport({
    from: 'other/web',
    to: 'other/chat',
    by: 'chat-v1',
    version: 'v1',
    rate: 50,
  }),
  ...bothReport({ from: 'other/chat-v1', to: 'llm', by: 'llm', rate: 7 }),
];
const buckets = [...toChat, ...toLlm]
  .flatMap(bothReport)
  .flatMap(row => bucketRows(row, 1000));

function targetOn(
  prometheus: FakePrometheus | undefined,
  snapshot: MeshSnapshot = snapshotOf(objects, { cluster: 'east' }),
  kiali?: KialiClient,
): Target {
  const cluster = {
    name: snapshot.cluster,
    snapshots: { snapshot: async () => snapshot },
    ...(prometheus && { prometheus }),
    ...(kiali && { kiali }),
  };
  return {
    entityRef: 'component:default/chat',
    resolution: {
      annotation: 'ai-mesh.io/service',
      value: 'ai/chat',
      searched: [],
    },
    clusters: [
      {
        cluster,
        snapshot,
        services: [{ namespace: 'ai', name: 'chat' }],
        workloads: [],
      },
    ],
    searched: [{ cluster, snapshot }],
  };
}

async function topologyOf(target: Target, entities?: EntityIndex) {
  const topology = await new TopologyService().topology(target, request, {
    now,
    entities,
  });
  // Whatever happens, the answer keeps to the contract.
  expect(topologySchema.parse(topology)).toEqual(topology);
  return topology;
}

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
      ['circuit-breaker', '50 pending requests'],
      ['timeout', '1m'],
      ['retries', '2 x 25s on gateway-error'],
      ['split', 'v1 90 % / v2 10 %'],
    ]);
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

  it('asks Prometheus at most depth + 3 times', async () => {
    const prometheus = new FakePrometheus({ requests, buckets });
    const { queries } = await topologyOf(targetOn(prometheus));
    expect(prometheus.asked.map(({ metric }) => metric)).toEqual([
      'requests',
      'requests',
      'buckets',
      'tcp',
      'breakers',
    ]);
    expect(queries.map(({ id }) => id)).toEqual([
      'requests',
      'requests',
      'latency',
      'tcp',
      'breakers',
    ]);
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
    const unknown = nodes.filter(({ kind }) => kind === 'unknown');
    expect(unknown.map(({ name, proxy }) => [name, proxy])).toEqual([
      ['Callers that Istio could not name', 'unknown'],
      ['Callers that Istio could not name', 'unknown'],
    ]);
    expect(
      edges.filter(({ source }) => unknown.some(({ id }) => id === source)),
    ).toHaveLength(2);
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

  describe('when a source fails', () => {
    it.each([
      ['source-unreachable', 'unreachable'],
      ['forbidden', 'forbidden'],
    ] as const)(
      'still shows the cluster’s objects when Prometheus is %s',
      async (reason, status) => {
        const prometheus = new FakePrometheus(
          {},
          { requests: new SourceError(reason, 'No.') },
        );
        const topology = await topologyOf(targetOn(prometheus));
        expect(prometheus.asked).toHaveLength(1);
        expect(topology.nodes).toHaveLength(1);
        expect(topology.nodes[0]).toMatchObject({
          traffic: { requestsPerSecond: { status: 'unknown', reason } },
          endpoints: known({ ready: 3, total: 4 }),
          versions: [{ name: 'v1' }, { name: 'v2' }],
          breaker: { status: 'unknown' },
        });
        expect(topology.nodes[0].badges).not.toEqual([]);
        expect(topology.sources).toContainEqual({
          name: 'prometheus',
          cluster: 'east',
          status,
          message: 'No.',
        });
      },
    );

    it('says that Prometheus is not configured', async () => {
      const { nodes, sources } = await topologyOf(targetOn(undefined));
      expect(nodes[0].traffic.requestsPerSecond).toMatchObject({
        reason: 'not-configured',
      });
      expect(sources[1]).toMatchObject({ status: 'not-configured' });
    });

    it('loses only the percentiles when the latency query fails', async () => {
      const { nodes, sources } = await topologyOf(
        targetOn(
          new FakePrometheus(
            { requests },
            { buckets: new SourceError('source-unreachable', 'Too late.') },
          ),
        ),
      );
      expect(nodes[0].traffic).toMatchObject({
        requestsPerSecond: known(12),
        p95: { reason: 'source-unreachable', message: 'Too late.' },
      });
      expect(sources[1]).toMatchObject({
        status: 'partial',
        message: 'Too late.',
      });
    });

    it('draws the graph from telemetry alone when the cluster cannot be read', async () => {
      const blind = snapshotOf(
        {},
        {
          cluster: 'east',
          states: Object.fromEntries(
            Object.keys(objects).map(kind => [
              kind,
              { status: 'unreachable' as const },
            ]),
          ),
        },
      );
      const { nodes, sources } = await topologyOf(
        targetOn(new FakePrometheus({ requests }), blind),
      );
      expect(nodes.map(({ id }) => id)).toEqual([
        'east/ai/chat',
        'east/ai/llm',
        'workload:east/ai/orchestrator',
        'workload:east/ai/batch',
      ]);
      expect(nodes[0]).toMatchObject({
        proxy: 'unknown',
        endpoints: { reason: 'source-unreachable' },
        breaker: { status: 'unknown' },
        versions: [{ name: 'v1' }, { name: 'v2' }],
      });
      expect(sources[0]).toMatchObject({ status: 'partial' });
    });
  });

  describe('with Kiali', () => {
    const kiali: KialiClient = {
      health: async () => [
        { namespace: 'ai', service: 'chat', status: 'degraded' },
      ],
      validations: async () => [
        {
          gvk: 'networking.istio.io/v1beta1, Kind=VirtualService',
          namespace: 'ai',
          name: 'chat',
          valid: true,
          checks: [
            { code: 'KIA1104', severity: 'warning', message: 'weights' },
          ],
        },
        {
          gvk: 'networking.istio.io/v1, Kind=VirtualService',
          namespace: 'other',
          name: 'chat',
          valid: false,
          checks: [{ severity: 'error', message: 'elsewhere' }],
        },
      ],
    };

    it('shows its health and its checks of the objects behind a service', async () => {
      const { nodes, sources } = await topologyOf(
        targetOn(new FakePrometheus({ requests }), undefined, kiali),
      );
      expect(nodes[0].kiali).toEqual({
        health: 'degraded',
        validations: [
          {
            object: {
              cluster: 'east',
              apiVersion: 'networking.istio.io/v1',
              kind: 'VirtualService',
              namespace: 'ai',
              name: 'chat',
            },
            code: 'KIA1104',
            severity: 'warning',
            message: 'weights',
          },
        ],
      });
      expect(nodes[1].kiali).toEqual({ health: 'unknown', validations: [] });
      expect(sources).toContainEqual({
        name: 'kiali',
        cluster: 'east',
        status: 'ok',
        observedAt: now.toISOString(),
      });
    });

    it('loses nothing else when Kiali fails', async () => {
      const broken = () =>
        Promise.reject(new SourceError('source-unreachable', 'Away.'));
      const { nodes, sources } = await topologyOf(
        targetOn(new FakePrometheus({ requests }), undefined, {
          health: broken,
          validations: broken,
        }),
      );
      expect(nodes).toHaveLength(6);
      expect(nodes[0].kiali).toBeUndefined();
      expect(sources).toContainEqual({
        name: 'kiali',
        cluster: 'east',
        status: 'unreachable',
        message: 'Away.',
      });
    });
  });

  describe('with the catalog', () => {
    it('names the entity behind each service, and its own', async () => {
      const entities: EntityIndex = {
        findMany: async services =>
          services.map(({ name }) =>
            name === 'llm' ? 'component:default/llm' : undefined,
          ),
      };
      const { nodes } = await topologyOf(
        targetOn(new FakePrometheus({ requests })),
        entities,
      );
      expect(
        Object.fromEntries(
          nodes.map(({ name, entityRef }) => [name, entityRef]),
        ),
      ).toMatchObject({
        chat: 'component:default/chat',
        llm: 'component:default/llm',
        orchestrator: undefined,
      });
    });

    it('loses only the names when the catalog fails', async () => {
      const { nodes, sources } = await topologyOf(
        targetOn(new FakePrometheus({ requests })),
        { findMany: () => Promise.reject(new Error('gone')) },
      );
      expect(nodes).toHaveLength(6);
      expect(sources).toContainEqual(
        expect.objectContaining({ name: 'catalog', status: 'unreachable' }),
      );
    });
  });

  it('puts several clusters into one answer', async () => {
    const east = targetOn(new FakePrometheus({ requests }));
    const west = targetOn(
      new FakePrometheus({ requests }),
      snapshotOf(objects, { cluster: 'west' }),
    );
    const { nodes, edges } = await topologyOf({
      ...east,
      clusters: [...east.clusters, ...west.clusters],
      searched: [...east.searched, ...west.searched],
    });
    expect(nodes.filter(({ cluster }) => cluster === 'west')).toHaveLength(6);
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(12);
    expect(new Set(edges.map(({ id }) => id)).size).toBe(10);
  });
});
