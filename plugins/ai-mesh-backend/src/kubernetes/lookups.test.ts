import { known } from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotOf } from './__testUtils__/snapshotOf';
import { endpointsOf } from './endpointsOf';
import type {
  EndpointSliceObject,
  PodObject,
  ServiceObject,
  WorkloadObject,
} from './kinds';
import { podsOfService } from './podsOfService';
import { proxyOf } from './proxyOf';
import { workloadOfPod } from './workloadOfPod';
import { servicesOfWorkload, workloadsOfService } from './workloadsOfService';

function pod(
  name: string,
  labels: Record<string, string>,
  rest: {
    containers?: string[];
    owner?: { kind: string; name: string };
    annotations?: Record<string, string>;
    phase?: string;
  } = {},
): PodObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      namespace: 'ai',
      name,
      labels,
      annotations: rest.annotations,
      ownerReferences: rest.owner && [{ apiVersion: 'apps/v1', ...rest.owner }],
    },
    spec: { containers: rest.containers ?? ['app'] },
    status: { phase: rest.phase ?? 'Running' },
  };
}

function service(
  name: string,
  selector?: Record<string, string>,
): ServiceObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace: 'ai', name },
    spec: { selector },
  };
}

function deployment(
  name: string,
  labels: Record<string, string>,
): WorkloadObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace: 'ai', name },
    spec: { replicas: 0, template: { metadata: { labels } } },
  };
}

function slice(
  name: string,
  serviceName: string,
  endpoints: EndpointSliceObject['endpoints'],
): EndpointSliceObject {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      namespace: 'ai',
      name,
      labels: { 'kubernetes.io/service-name': serviceName },
    },
    endpoints,
  };
}

const target = (name: string, ready?: boolean, address = name) => ({
  addresses: [address],
  conditions: { ready },
  targetRef: { kind: 'Pod', namespace: 'ai', name },
});

describe('podsOfService', () => {
  const pods = [
    pod('one', { app: 'chat', version: 'v1' }),
    pod('two', { app: 'chat', version: 'v2' }),
    pod('three', { app: 'other' }),
  ];

  it.each([
    [{ app: 'chat' }, ['one', 'two']],
    [{ app: 'chat', version: 'v2' }, ['two']],
    [{ app: 'chat', version: 'v3' }, []],
    [{ constructor: 'x' }, []],
    [{}, []],
    [undefined, []],
  ])('finds for the selector %j the pods %j', (selector, expected) => {
    const found = podsOfService(
      snapshotOf({ Pod: pods }),
      service('chat', selector),
    );
    expect(found.map(({ metadata }) => metadata.name)).toEqual(expected);
  });
});

describe('endpointsOf', () => {
  const objects = {
    Pod: [
      pod('one', { version: 'v1' }),
      pod('two', { version: 'v2' }),
      pod('three', { version: 'v2' }),
    ],
    EndpointSlice: [
      slice('chat-4', 'chat', [
        target('one', true),
        target('two', false),
        target('three'),
      ]),
      slice('chat-6', 'chat', [target('one', true, '::1')]),
      slice('other', 'other', [
        { addresses: ['10.0.0.9'] },
        { addresses: ['10.0.0.8'], conditions: { ready: false } },
      ]),
      slice('empty', 'empty', undefined),
    ],
  };

  it.each([
    ['chat', undefined, { ready: 2, total: 3 }],
    ['chat', { version: 'v2' }, { ready: 1, total: 2 }],
    ['chat', { version: 'v3' }, { ready: 0, total: 0 }],
    ['other', undefined, { ready: 1, total: 2 }],
    ['other', { version: 'v1' }, { ready: 0, total: 0 }],
    ['empty', undefined, { ready: 0, total: 0 }],
    ['nobody', undefined, { ready: 0, total: 0 }],
  ])('counts of %s with labels %j %j', (name, labels, expected) => {
    expect(endpointsOf(snapshotOf(objects), 'ai', name, labels)).toEqual(
      known(expected),
    );
  });

  it.each([
    ['EndpointSlice', 'forbidden', 'forbidden'],
    ['EndpointSlice', 'unreachable', 'source-unreachable'],
    ['EndpointSlice', 'syncing', 'source-unreachable'],
    ['EndpointSlice', 'not-served', 'not-configured'],
    ['Pod', 'forbidden', 'forbidden'],
  ] as const)('does not count when %s is %s', (kind, status, reason) => {
    const snapshot = snapshotOf(objects, { states: { [kind]: { status } } });
    expect(
      endpointsOf(snapshot, 'ai', 'chat', { version: 'v1' }),
    ).toMatchObject({ status: 'unknown', reason });
  });

  describe('of a subset by labels that Istio adds', () => {
    const placed = {
      Pod: [
        pod('one', { app: 'chat' }),
        pod('two', { app: 'chat', 'istio-locality': 'eu.eu-2.rack-7' }),
        pod('three', { app: 'mail', 'topology.istio.io/network': 'net-1' }),
      ],
      EndpointSlice: [
        slice('chat', 'chat', [
          { ...target('one', true), zone: 'eu-1', nodeName: 'node-1' },
          { ...target('two', true), zone: 'eu-1', nodeName: 'node-2' },
          { ...target('three', false), zone: 'eu-1', nodeName: 'node-2' },
        ]),
      ],
    };
    const snapshot = snapshotOf(placed);

    it.each([
      [{ 'topology.kubernetes.io/zone': 'eu-1' }, { ready: 1, total: 2 }],
      [{ 'topology.kubernetes.io/zone': 'eu-2' }, { ready: 1, total: 1 }],
      [{ 'topology.kubernetes.io/zone': 'us-1' }, { ready: 0, total: 0 }],
      [{ 'kubernetes.io/hostname': 'node-2' }, { ready: 1, total: 2 }],
      [
        { app: 'chat', 'topology.kubernetes.io/zone': 'eu-1' },
        { ready: 1, total: 1 },
      ],
      [
        { 'topology.istio.io/cluster': snapshot.cluster },
        { ready: 2, total: 3 },
      ],
      [
        { app: 'mail', 'topology.istio.io/network': 'net-1' },
        { ready: 0, total: 1 },
      ],
    ])('%j counts %j', (labels, expected) => {
      expect(endpointsOf(snapshot, 'ai', 'chat', labels)).toEqual(
        known(expected),
      );
    });

    it.each([
      'topology.kubernetes.io/region',
      'topology.istio.io/subzone',
      'topology.istio.io/network',
      'topology.istio.io/cluster',
    ])('says that %s is not known, instead of none', label => {
      expect(
        endpointsOf(snapshot, 'ai', 'chat', { [label]: 'x' }),
      ).toMatchObject({
        status: 'unknown',
        message: expect.stringContaining(label),
      });
    });
  });

  it('needs no pods where no labels are asked for', () => {
    const snapshot = snapshotOf(objects, {
      states: { Pod: { status: 'forbidden' } },
    });
    expect(endpointsOf(snapshot, 'ai', 'chat')).toEqual(
      known({ ready: 2, total: 3 }),
    );
  });
});

describe('workloadOfPod', () => {
  it.each([
    [
      { kind: 'ReplicaSet', name: 'chat-v1-abc12' },
      { 'pod-template-hash': 'abc12' },
      { kind: 'Deployment', namespace: 'ai', name: 'chat-v1' },
    ],
    [
      { kind: 'StatefulSet', name: 'store' },
      {},
      { kind: 'StatefulSet', namespace: 'ai', name: 'store' },
    ],
    [
      { kind: 'DaemonSet', name: 'ztunnel' },
      {},
      { kind: 'DaemonSet', namespace: 'ai', name: 'ztunnel' },
    ],
    [
      { kind: 'ReplicaSet', name: 'alone' },
      {},
      { kind: 'ReplicaSet', namespace: 'ai', name: 'alone' },
    ],
    [
      { kind: 'Job', name: 'batch-1' },
      {},
      { kind: 'Job', namespace: 'ai', name: 'batch-1' },
    ],
    [undefined, {}, { kind: 'Pod', namespace: 'ai', name: 'p' }],
  ])('of a pod owned by %j is %#', (owner, labels, expected) => {
    expect(workloadOfPod(pod('p', labels, { owner }))).toEqual(expected);
  });
});

describe('workloadsOfService and servicesOfWorkload', () => {
  const snapshot = snapshotOf({
    Service: [
      service('chat', { app: 'chat' }),
      service('chat-v1', { app: 'chat', version: 'v1' }),
      service('external'),
      service('other', { app: 'other' }),
    ],
    Deployment: [
      deployment('chat-v1', { app: 'chat', version: 'v1' }),
      deployment('chat-v2', { app: 'chat', version: 'v2' }),
    ],
    Pod: [
      pod(
        'chat-v1-abc-1',
        { app: 'chat', version: 'v1', 'pod-template-hash': 'abc' },
        { owner: { kind: 'ReplicaSet', name: 'chat-v1-abc' } },
      ),
      pod(
        'old-0',
        { app: 'chat' },
        { owner: { kind: 'StatefulSet', name: 'old' } },
      ),
    ],
  });

  it('finds what a Service selects, running or scaled to zero, once', () => {
    expect(
      workloadsOfService(snapshot, service('chat', { app: 'chat' })).map(
        ({ kind, name }) => `${kind}/${name}`,
      ),
    ).toEqual(['Deployment/chat-v1', 'Deployment/chat-v2', 'StatefulSet/old']);
    expect(workloadsOfService(snapshot, service('external'))).toEqual([]);
  });

  it('finds the Services that select a workload', () => {
    const found = servicesOfWorkload(snapshot, {
      kind: 'Deployment',
      namespace: 'ai',
      name: 'chat-v1',
    });
    expect(found.map(({ metadata }) => metadata.name)).toEqual([
      'chat',
      'chat-v1',
    ]);
  });
});

describe('proxyOf', () => {
  const ambient = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'ai', labels: { 'istio.io/dataplane-mode': 'ambient' } },
  };
  const sidecar = pod('a', {}, { containers: ['app', 'istio-proxy'] });
  const plain = pod('b', {});

  it.each([
    ['sidecar', [sidecar], undefined],
    ['none', [plain], undefined],
    ['mixed', [sidecar, plain], undefined],
    ['unknown', [], undefined],
    ['unknown', [pod('c', {}, { phase: 'Succeeded' })], undefined],
    [
      'sidecar',
      [sidecar, pod('c', {}, { containers: ['init'], phase: 'Failed' })],
      undefined,
    ],
    ['ambient', [plain], ambient],
    ['sidecar', [sidecar], ambient],
    ['none', [pod('d', { 'istio.io/dataplane-mode': 'none' })], ambient],
    [
      'ambient',
      [pod('e', { 'istio.io/dataplane-mode': 'ambient' })],
      undefined,
    ],
    [
      'ambient',
      [
        pod(
          'f',
          {},
          { annotations: { 'ambient.istio.io/redirection': 'enabled' } },
        ),
      ],
      undefined,
    ],
  ] as const)('is %s (%#)', (expected, pods, namespace) => {
    expect(proxyOf(pods, namespace)).toBe(expected);
  });
});
