import {
  topologySchema,
  type Topology,
  type TopologyRequest,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { KialiClient } from '../../kiali/KialiClient';
import { snapshotOf } from '../../kubernetes/__testUtils__/snapshotOf';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import type { Target } from '../../target/Target';
import type { EntityIndex } from '../EntityIndex';
import { TopologyService } from '../TopologyService';
import { FakePrometheus } from './FakePrometheus';
import { meshObjects } from './meshObjects';
import { bothReport, bucketRows, requestRow } from './meshRows';

export const now = new Date('2026-01-01T00:00:10Z');
export const request: TopologyRequest = { window: '5m', depth: 2 };

export const objects = {
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
export const requests = [
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
export const buckets = [...toChat, ...toLlm]
  .flatMap(bothReport)
  .flatMap(row => bucketRows(row, 1000));

export function targetOn(
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
    owners: [],
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

export async function topologyOf(
  target: Target,
  entities?: EntityIndex,
): Promise<Topology> {
  const topology = await new TopologyService().topology(target, request, {
    now,
    entities,
  });
  // Whatever happens, the answer keeps to the contract.
  return topologySchema.parse(topology);
}
