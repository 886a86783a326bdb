import { kindTable } from './kindTable';
import type { MeshKind, ServiceObject } from './kinds';
import { stripObject } from './stripObject';

function strip(kind: MeshKind, raw: unknown) {
  const row = kindTable.find(candidate => candidate.kind === kind)!;
  return stripObject(row, 'x/v1', raw);
}

const metadata = {
  name: 'a',
  namespace: 'ai',
  uid: 'u',
  resourceVersion: '5',
  managedFields: [{ manager: 'kubectl' }],
  selfLink: '/x',
  annotations: {
    'kubectl.kubernetes.io/last-applied-configuration': '{}',
    note: 'kept',
  },
  ownerReferences: [
    { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'r', uid: 'x' },
  ],
};
const stripped = {
  name: 'a',
  namespace: 'ai',
  uid: 'u',
  resourceVersion: '5',
  annotations: { note: 'kept' },
  ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'r' }],
};

describe('stripObject', () => {
  it.each([
    [{ name: '../../chat' }],
    [{ name: 'chat/../../.github/workflows/x' }],
    [{ name: '..' }],
    [{ name: 'chat; rm -rf ~' }],
    [{ name: 'chat\nname: other' }],
    [{ name: 'Chat' }],
    [{ name: '' }],
    [{ name: 5 }],
    [{ name: 'a'.repeat(254) }],
    [{ name: 'chat', namespace: '../kube-system' }],
    [{ name: 'chat', namespace: '' }],
    [{ name: 'chat', namespace: null }],
  ])('keeps nothing of what no cluster could call so: %j', wrong => {
    for (const { kind } of kindTable) {
      expect(strip(kind, { metadata: wrong, spec: {} })).toBeUndefined();
      expect(
        strip(kind, { metadata: { name: 'chat.v2', namespace: 'ai' } }),
      ).toBeDefined();
    }
  });

  it('keeps of a pod what tells its place in the mesh', () => {
    expect(
      strip('Pod', {
        metadata: {
          ...metadata,
          annotations: {
            'ambient.istio.io/redirection': 'enabled',
            'sidecar.istio.io/inject': 'true',
            'sidecar.istio.io/status': '{"long":"text"}',
            other: 'x',
          },
        },
        spec: {
          serviceAccountName: 'chat',
          containers: [
            {
              name: 'app',
              env: [{ name: 'KEY', value: 'secret' }],
              ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
            },
          ],
          initContainers: [{ name: 'istio-proxy', restartPolicy: 'Always' }],
        },
        status: {
          phase: 'Running',
          podIP: '10.0.0.1',
          conditions: [{ type: 'Ready', status: 'True' }],
        },
      }),
    ).toEqual({
      apiVersion: 'x/v1',
      kind: 'Pod',
      metadata: {
        ...stripped,
        annotations: {
          'ambient.istio.io/redirection': 'enabled',
          'sidecar.istio.io/inject': 'true',
        },
      },
      spec: {
        serviceAccountName: 'chat',
        containers: ['istio-proxy', 'app'],
        ports: [{ name: 'http', containerPort: 8080 }],
      },
      status: { phase: 'Running', podIP: '10.0.0.1', ready: true },
    });
  });

  it('keeps an object of Istio whole but for managed fields', () => {
    const spec = { hosts: ['x'], unknown: { field: [1, null] } };
    expect(
      strip('VirtualService', { metadata, spec, status: { x: 1 } }),
    ).toEqual({
      apiVersion: 'x/v1',
      kind: 'VirtualService',
      metadata: {
        ...stripped,
        selfLink: '/x',
        ownerReferences: metadata.ownerReferences,
      },
      spec,
      status: { x: 1 },
    });
  });

  it('calls the Gateway API its own name', () => {
    expect(
      strip('KubernetesGateway', { metadata: { name: 'a' } }),
    ).toMatchObject({ kind: 'Gateway' });
  });

  it('reads a DaemonSet as it counts', () => {
    const template = { metadata: { labels: { a: 'b' } } };
    expect(
      strip('DaemonSet', {
        metadata: { name: 'a' },
        spec: { selector: { matchLabels: { a: 'b' } }, template },
        status: { desiredNumberScheduled: 3, numberReady: 2 },
      }),
    ).toMatchObject({
      spec: { selector: { matchLabels: { a: 'b' } }, template },
      status: { replicas: 3, readyReplicas: 2 },
    });
  });

  it('reads endpoints and ports of a slice', () => {
    expect(
      strip('EndpointSlice', {
        metadata: { name: 'a' },
        endpoints: [
          {
            addresses: ['10.0.0.1'],
            conditions: { ready: false, serving: true },
            targetRef: { kind: 'Pod', namespace: 'ai', name: 'p', uid: 'x' },
            zone: 'z',
          },
          {},
        ],
        ports: [{ name: 'http', port: 80, protocol: 'TCP', appProtocol: 'x' }],
      }),
    ).toMatchObject({
      endpoints: [
        {
          addresses: ['10.0.0.1'],
          conditions: { ready: false },
          targetRef: { kind: 'Pod', namespace: 'ai', name: 'p' },
        },
        {},
      ],
      ports: [{ name: 'http', port: 80, protocol: 'TCP' }],
    });
  });

  it('keeps of a plugin whom it is for, and nothing of its configuration', () => {
    const plugin = strip('WasmPlugin', {
      metadata: { name: 'a', namespace: 'ai' },
      spec: {
        selector: { matchLabels: { app: 'chat' } },
        targetRefs: [{ kind: 'Service', name: 'chat' }],
        url: 'oci://registry.example/filter',
        pluginConfig: { key: 'secret' },
        vmConfig: { env: [{ name: 'KEY', value: 'secret' }] },
      },
    });
    expect(plugin?.spec).toEqual({
      selector: { matchLabels: { app: 'chat' } },
      targetRefs: [{ kind: 'Service', name: 'chat' }],
    });
    expect(JSON.stringify(plugin)).not.toContain('secret');
  });

  it('keeps of a pod that it is told to listen to itself alone, and no other argument', () => {
    const pod = strip('Pod', {
      metadata: { name: 'a' },
      spec: {
        containers: [
          {
            name: 'app',
            args: ['--api-key', 'secret', '--host', '127.0.0.1'],
            env: [{ name: 'KEY', value: 'secret' }],
            ports: [{ containerPort: 8000 }],
          },
        ],
      },
    });
    expect(pod?.spec).toMatchObject({
      localListeners: [
        { container: 'app', told: '--host 127.0.0.1', ports: [8000] },
      ],
    });
    expect(JSON.stringify(pod)).not.toContain('secret');
  });

  it.each<[MeshKind]>(kindTable.map(({ kind }) => [kind]))(
    'survives a %s without anything in it',
    kind => {
      expect(strip(kind, { metadata: { name: 'a' } })).toMatchObject({
        metadata: { name: 'a' },
      });
    },
  );

  it('keeps the first 1,000 ports of a Service, and how many more there are', () => {
    const ports = Array.from({ length: 1003 }, (_, n) => ({ port: n + 1 }));
    const { spec } = strip('Service', {
      metadata: { name: 'a' },
      spec: { ports },
    }) as ServiceObject;
    expect([spec?.ports?.length, spec?.morePorts]).toEqual([1000, 3]);
    const whole = strip('Service', {
      metadata: { name: 'a' },
      spec: { ports: ports.slice(0, 1000) },
    }) as ServiceObject;
    expect(whole.spec).not.toHaveProperty('morePorts');
  });

  it.each([[null], ['x'], [{}], [{ metadata: { name: '' } }]])(
    'leaves out %j, which has no name',
    raw => {
      expect(strip('Pod', raw)).toBeUndefined();
    },
  );
});
