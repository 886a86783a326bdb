import {
  known,
  topologySchema,
  type Topology,
} from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotOf } from '../kubernetes/__testUtils__/snapshotOf';
import type { KubernetesObject, MeshKind } from '../kubernetes/kinds';
import { clusterTargetOf, targetOf } from '../target/__testUtils__/targetOf';
import type { RateRow } from '../telemetry';
import { now, request } from './__testUtils__/chatWorld';
import { FakePrometheus } from './__testUtils__/FakePrometheus';
import { meshObjects } from './__testUtils__/meshObjects';
import { bothReport, requestRow } from './__testUtils__/meshRows';
import { TopologyService } from './TopologyService';

const objects = meshObjects(
  [
    { name: 'orchestrator', app: 'orchestrator' },
    { name: 'chat-v1', app: 'chat', version: 'v1' },
  ],
  ['orchestrator', 'chat'],
);
const here = { fromCluster: 'east', toCluster: 'east' };
const call = { from: 'orchestrator', to: 'chat', by: 'chat-v1', version: 'v1' };
const sound = bothReport({ ...call, ...here, rate: 2 });

const pod = (
  name: string,
  metadata: Partial<KubernetesObject['metadata']> = {},
): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    namespace: 'ai',
    name,
    ...metadata,
    labels: { app: 'chat', version: 'odd', ...metadata.labels },
  },
});
const ownedBy = (kind: string, name: string) => ({
  ownerReferences: [{ apiVersion: 'v1', kind, name, controller: true }],
});

async function topologyOf({
  pods = [],
  rows = [],
}: {
  pods?: KubernetesObject[];
  rows?: RateRow[];
}): Promise<Topology> {
  const all: Partial<Record<MeshKind, KubernetesObject[]>> = {
    ...objects,
    Pod: [...objects.Pod, ...pods],
    EndpointSlice: [
      ...objects.EndpointSlice,
      {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: {
          namespace: 'ai',
          name: 'chat-odd',
          labels: { 'kubernetes.io/service-name': 'chat' },
        },
        endpoints: pods.map(({ metadata: { name } }) => ({
          addresses: ['10.0.0.2'],
          conditions: { ready: true },
          targetRef: { kind: 'Pod', name },
        })),
      } as KubernetesObject,
    ],
  };
  return topologySchema.parse(
    await new TopologyService().topology(
      targetOf(
        clusterTargetOf(
          snapshotOf(all, { cluster: 'east' }),
          [{ namespace: 'ai', name: 'chat' }],
          new FakePrometheus({ requests: [...sound, ...rows] }),
        ),
      ),
      request,
      { now },
    ),
  );
}

const perSecond = ({ edges }: Topology) =>
  Object.fromEntries(
    edges.map(({ id, traffic }) => [id, traffic.requestsPerSecond]),
  );
const versionsOf = ({ nodes }: Topology) =>
  Object.fromEntries(
    nodes
      .filter(({ relation }) => relation === 'own')
      .flatMap(({ versions }) => versions)
      .map(({ name, endpoints, workloads }) => [
        name,
        [endpoints, workloads.map(({ kind, name: of }) => `${kind} ${of}`)],
      ]),
  );

const EDGE = 'east/ai/orchestrator -> east/ai/chat';
const V1 = [known({ ready: 1, total: 1 }), ['Deployment chat-v1']];

describe('metrics that are not whole', () => {
  const other = { ...call, from: 'job', rate: 3 };

  it.each<[string, RateRow[], object]>([
    [
      'of which one side names no cluster are of one call',
      [
        requestRow('source', other),
        requestRow('destination', { ...other, ...here }),
      ],
      { 'workload:east/ai/job -> east/ai/chat': known(3) },
    ],
    [
      'that name a cluster which nobody configured are of a caller there',
      [
        requestRow('destination', {
          ...other,
          fromCluster: 'mars',
          toCluster: 'east',
        }),
      ],
      { 'workload:mars/ai/job -> east/ai/chat': known(3) },
    ],
    [
      'that do not name the caller are of somebody',
      [requestRow('destination', { ...other, from: undefined, ...here })],
      { 'unknown:east/calls ai/chat -> east/ai/chat': known(3) },
    ],
  ])('%s, and take nothing from the others', async (_, rows, more) => {
    expect(perSecond(await topologyOf({ rows }))).toEqual({
      [EDGE]: known(2),
      ...more,
    });
  });
});

describe('a pod', () => {
  it.each<[string, KubernetesObject, string]>([
    ['without an owner is a version of its own', pod('solo'), 'Pod solo'],
    [
      'that owns itself is one too',
      pod('loop', ownedBy('Pod', 'loop')),
      'Pod loop',
    ],
    [
      'of a Rollout whose kind is not served is the Rollout’s',
      pod('chat-6f8-x2v5k', {
        labels: { 'rollouts-pod-template-hash': '6f8' },
        generateName: 'chat-6f8-',
        ...ownedBy('ReplicaSet', 'chat-6f8'),
      }),
      'Rollout chat',
    ],
    [
      'of a controller that is not known is that one’s',
      pod('chat-x2v5k', ownedBy('CloneSet', 'chat')),
      'CloneSet chat',
    ],
  ])('%s, and takes nothing from the others', async (_, odd, workload) => {
    const found = await topologyOf({ pods: [odd] });
    expect(versionsOf(found)).toEqual({
      v1: V1,
      odd: [known({ ready: 1, total: 1 }), [workload]],
    });
    expect(perSecond(found)).toEqual({ [EDGE]: known(2) });
  });
});
