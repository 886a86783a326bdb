import {
  known,
  Topology,
  TopologyEdge,
  TopologyNode,
  topologySchema,
  unknown,
} from '@ai-mesh/plugin-ai-mesh-common';
import { answer, CLUSTER } from './answers';
import { closedBreaker, encryption, traffic, unknownTraffic } from './traffic';

/** A node of the demo; healthy, unless said otherwise. */
export function node(
  name: string,
  change: Partial<TopologyNode> = {},
): TopologyNode {
  return {
    id: name,
    kind: 'service',
    cluster: CLUSTER,
    namespace: 'ai-services',
    name,
    relation: 'provider',
    distance: 1,
    proxy: 'sidecar',
    traffic: traffic(12),
    endpoints: known({ ready: 2, total: 2 }),
    versions: [],
    breaker: closedBreaker({ status: 'not-configured', evidence: 'none' }),
    badges: [],
    health: { status: 'healthy', message: 'No errors in 3,600 requests.' },
    ...change,
  };
}

/** An encrypted call of the demo. */
export function edge(
  source: string,
  target: string,
  change: Partial<TopologyEdge> = {},
): TopologyEdge {
  return {
    id: `${source}>${target}`,
    source,
    target,
    protocol: 'http',
    reporter: 'destination',
    traffic: traffic(12),
    encryption: encryption(12),
    versions: {},
    ...change,
  };
}

const destinationRule = {
  cluster: CLUSTER,
  apiVersion: 'networking.istio.io/v1',
  kind: 'DestinationRule',
  namespace: 'ai-services',
  name: 'ai-chat-service',
};
const virtualService = { ...destinationRule, kind: 'VirtualService' };

const chat = node('ai-chat-service', {
  relation: 'own',
  distance: 0,
  entityRef: 'component:default/ai-chat-service',
  traffic: traffic(12.4, { errorRatio: 0.004, p95Ms: 2300 }),
  endpoints: known({ ready: 4, total: 4 }),
  versions: [
    {
      name: 'v1',
      workloads: [{ kind: 'Deployment', name: 'ai-chat-service-v1' }],
      endpoints: known({ ready: 3, total: 3 }),
      observedShare: known(0.9),
      traffic: traffic(11.2, { p95Ms: 1800 }),
    },
    {
      name: 'v2',
      workloads: [{ kind: 'Deployment', name: 'ai-chat-service-v2' }],
      endpoints: known({ ready: 1, total: 1 }),
      observedShare: known(0.1),
      traffic: traffic(1.2, { errorRatio: 0.04, p95Ms: 6400 }),
    },
  ],
  breaker: closedBreaker(),
  badges: [
    {
      kind: 'circuit-breaker',
      detail: '100 connections, 50 pending; ejects after 5 errors',
      objects: [destinationRule],
    },
    { kind: 'timeout', detail: '60s', objects: [virtualService] },
    {
      kind: 'retries',
      detail: '2 × 25s (gateway-error, connect-failure)',
      objects: [virtualService],
    },
    { kind: 'split', detail: 'v1 90% / v2 10%', objects: [virtualService] },
  ],
  findings: { high: 1, medium: 4, low: 0, note: 2 },
});

/** The demo's neighbourhood of the chat service, with a caller without a proxy. */
export function topology(change: Partial<Topology> = {}): Topology {
  return topologySchema.parse({
    ...answer(),
    depth: 2,
    nodes: [
      node('api-gateway', { relation: 'caller', distance: 2 }),
      node('ai-orchestrator', {
        relation: 'caller',
        entityRef: 'component:default/ai-orchestrator',
      }),
      node('nightly-report', {
        kind: 'workload',
        relation: 'caller',
        proxy: 'none',
        traffic: traffic(0.1),
        endpoints: unknown('not-configured'),
        health: { status: 'unknown', message: 'No proxy reports for it.' },
      }),
      chat,
      node('llm-gateway-service', {
        breaker: closedBreaker({ evidence: 'envoy-stats' }),
        badges: [
          {
            kind: 'circuit-breaker',
            detail: '50 connections, 20 pending; ejects after 10 errors',
            objects: [
              { ...destinationRule, name: 'llm-service-circuit-breaker' },
            ],
          },
        ],
      }),
      node('vector-store'),
      node('api.openai.example', {
        kind: 'external',
        namespace: undefined,
        distance: 2,
        proxy: 'unknown',
        endpoints: unknown('not-exported'),
      }),
    ],
    edges: [
      edge('api-gateway', 'ai-orchestrator'),
      edge('ai-orchestrator', 'ai-chat-service', {
        versions: { v1: 10.8, v2: 1.2 },
      }),
      edge('nightly-report', 'ai-chat-service', {
        traffic: traffic(0.1, { errorRatio: 0.1 }),
        encryption: encryption(0, 0.1),
      }),
      edge('ai-chat-service', 'llm-gateway-service'),
      edge('ai-chat-service', 'vector-store', {
        protocol: 'tcp',
        traffic: unknownTraffic('not-exported', 'TCP has no requests.'),
        tcp: {
          connectionsOpenedPerSecond: known(0.4),
          sentBytesPerSecond: known(1_250_000),
          receivedBytesPerSecond: known(42_000),
        },
      }),
      edge('llm-gateway-service', 'api.openai.example', {
        reporter: 'source',
        encryption: unknown(
          'no-such-label',
          'Only the caller reports calls that leave the mesh.',
        ),
      }),
    ],
    outage: { status: 'none' },
    ...change,
  } satisfies Topology);
}

/** The same, with the provider down and everybody before it suffering. */
export function outage(): Topology {
  const healthy = topology();
  const failing = (
    name: string,
    errorRatio: number,
  ): Partial<TopologyNode> => ({
    traffic: traffic(12, { errorRatio, p95Ms: 9000 }),
    health: {
      status: 'failing',
      message: `${errorRatio * 100}% of 3,600 requests to ${name} failed.`,
    },
  });
  const changes: Record<string, Partial<TopologyNode>> = {
    'llm-gateway-service': {
      ...failing('llm-gateway-service', 0.42),
      breaker: closedBreaker({
        status: 'open',
        evidence: 'envoy-stats',
        ejectedHosts: known(0),
        overflowPerSecond: known(3.2),
      }),
    },
    'ai-chat-service': failing('ai-chat-service', 0.4),
    'ai-orchestrator': failing('ai-orchestrator', 0.4),
  };
  return topologySchema.parse({
    ...healthy,
    nodes: healthy.nodes.map(one => ({ ...one, ...changes[one.id] })),
    edges: healthy.edges.map(one =>
      changes[one.target] && one.protocol === 'http'
        ? {
            ...one,
            traffic: traffic(12, {
              errorRatio: 0.4,
              responseFlags: { UO: 3.2 },
            }),
          }
        : one,
    ),
    outage: {
      status: 'found',
      origins: [
        {
          node: 'llm-gateway-service',
          reason: 'Its connection pool rejects 3.2 requests per second.',
          confidence: 'likely',
        },
      ],
      suffering: [
        { node: 'ai-chat-service', because: 'It calls llm-gateway-service.' },
        { node: 'ai-orchestrator', because: 'It calls ai-chat-service.' },
      ],
      message: 'llm-gateway-service fails, and two services suffer from it.',
    },
  } satisfies Topology);
}
