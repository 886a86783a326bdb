import { app, playMesh } from '../testing/playMesh';
import { BehaviourFile } from '../world';

const behaviour: BehaviourFile = {
  loads: ['web', 'job'].map(name => ({
    from: `shop/${name}-v1`,
    requestsPerSecond: 20,
    requests: [{ to: 'chat:8080', method: 'POST', path: '/api/chat' }],
  })),
};

const MESH = [app('web'), app('job', { proxy: false }), app('chat')];

const DISCOVERY = `
apiVersion: v1
kind: Namespace
metadata: { name: istio-system }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data:
  mesh: |
    defaultConfig:
      proxyMetadata: { PEER_METADATA_DISCOVERY: "true" }`;

function peerAuthentication(spec: string): string {
  return `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: ${spec}`;
}

describe('who calls, and how', () => {
  it('encrypts between proxies and takes plaintext from others where that is permitted', () => {
    const mesh = playMesh([...MESH, DISCOVERY], behaviour);
    mesh.play(5);
    const from = (name: string) => mesh.between('destination', name);
    expect(from('web-v1').every(({ mutualTls }) => mutualTls)).toBe(true);
    expect(from('job-v1').length).toBeGreaterThan(50);
    expect(from('job-v1').some(({ mutualTls }) => mutualTls)).toBe(false);
    expect(mesh.between('source', 'job-v1')).toHaveLength(0);
  });

  it('cannot name a caller without a proxy unless peer metadata discovery is on', () => {
    const mesh = playMesh(MESH, behaviour);
    mesh.play(5);
    const plaintext = mesh.requests.filter(
      ({ reporter, mutualTls }) => reporter === 'destination' && !mutualTls,
    );
    expect(plaintext.length).toBeGreaterThan(50);
    expect(plaintext.every(({ source }) => source === undefined)).toBe(true);
  });

  it.each([
    ['the namespace', peerAuthentication('{ mtls: { mode: STRICT } }')],
    [
      'the port',
      peerAuthentication(
        '{ selector: { matchLabels: { app: chat } }, mtls: { mode: PERMISSIVE }, portLevelMtls: { "8080": { mode: STRICT } } }',
      ),
    ],
  ])(
    'refuses plaintext where %s is STRICT, and nobody counts it',
    (_, yaml) => {
      const mesh = playMesh([...MESH, DISCOVERY, yaml], behaviour);
      mesh.play(5);
      expect(mesh.between('destination', 'job-v1')).toHaveLength(0);
      expect(mesh.between('destination', 'web-v1').length).toBeGreaterThan(50);
    },
  );

  it.each([
    ['STRICT', 'DISABLE', '503 UF,URX'],
    ['PERMISSIVE', 'DISABLE', '200 -'],
    ['DISABLE', 'ISTIO_MUTUAL', '503 UF,URX'],
    ['STRICT', 'ISTIO_MUTUAL', '200 -'],
    ['PERMISSIVE', 'SIMPLE', '503 UF,URX'],
  ])(
    'of a server that is %s and a client that says %s makes %s',
    (server, client, expected) => {
      const mesh = playMesh(
        [
          ...MESH,
          peerAuthentication(`{ mtls: { mode: ${server} } }`),
          `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: chat, namespace: shop }
spec: { host: chat, trafficPolicy: { tls: { mode: ${client} } } }`,
        ],
        behaviour,
      );
      mesh.play(3);
      const reports = mesh.between('source', 'web-v1');
      expect(
        new Set(reports.map(({ status, flags }) => `${status} ${flags}`)),
      ).toEqual(new Set([expected]));
    },
  );

  it('lets an AuthorizationPolicy decide by identity and path', () => {
    const mesh = playMesh(
      [
        ...MESH,
        DISCOVERY,
        `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: chat, namespace: shop }
spec:
  selector: { matchLabels: { app: chat } }
  rules:
    - from: [{ source: { principals: [cluster.local/ns/shop/sa/web] } }]
      to: [{ operation: { methods: [POST], paths: [/api/*] } }]`,
      ],
      behaviour,
    );
    mesh.play(3);
    const statuses = (name: string) =>
      new Set(mesh.between('destination', name).map(({ status }) => status));
    expect(statuses('web-v1')).toEqual(new Set([200]));
    expect(statuses('job-v1')).toEqual(new Set([403]));
  });
});

describe('both sides', () => {
  it('report the same requests between two proxies', () => {
    const mesh = playMesh(MESH, behaviour);
    mesh.play(30);
    // Let what is under way end.
    mesh.conditions.loadFactor = 0;
    mesh.play(2);
    const source = mesh.between('source', 'web-v1');
    const destination = mesh.between('destination', 'web-v1');
    expect(source).toHaveLength(destination.length);
    expect(source.length).toBeGreaterThan(500);
    const mean = (reports: { durationMs: number }[]) =>
      reports.reduce((sum, one) => sum + one.durationMs, 0) / reports.length;
    // The caller's proxy sees the way besides, about a millisecond.
    expect(mean(source) - mean(destination)).toBeGreaterThan(0.3);
    expect(mean(source) - mean(destination)).toBeLessThan(3);
  });

  it('know a provider outside the mesh from the caller alone', () => {
    const mesh = playMesh(
      [
        app('web'),
        `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: provider, namespace: shop }
spec:
  hosts: [api.model.example]
  location: MESH_EXTERNAL
  resolution: DNS
  ports: [{ number: 80, name: http, protocol: HTTP }]`,
      ],
      {
        loads: [
          {
            from: 'shop/web-v1',
            requestsPerSecond: 20,
            requests: [{ to: 'api.model.example:80', method: 'POST' }],
          },
        ],
        externals: [{ host: 'api.model.example', throttledRatio: 0.5 }],
      },
    );
    mesh.play(10);
    const reports = mesh.between('source', 'web-v1');
    expect(mesh.requests).toHaveLength(reports.length);
    expect(new Set(reports.map(({ status }) => status))).toEqual(
      new Set([200, 429]),
    );
    expect(reports.every(one => one.destination === undefined)).toBe(true);
    expect(reports[0].service.host).toBe('api.model.example');
  });

  it('speak of gRPC with its own status', () => {
    const mesh = playMesh([app('web'), app('chat', { port: 'grpc' })], {
      ...behaviour,
      workloads: [{ workload: 'shop/chat-v1', errorRatio: 0.5 }],
    });
    mesh.play(10);
    const seen = new Set(
      mesh.requests.map(
        ({ protocol, status, grpcStatus }) =>
          `${protocol} ${status} ${grpcStatus}`,
      ),
    );
    expect(seen).toEqual(new Set(['grpc 200 0', 'grpc 200 13']));
  });

  it('report TCP connections, and close what they opened', () => {
    const mesh = playMesh(
      [app('web'), app('chat', { port: 'tcp' })],
      behaviour,
    );
    mesh.play(10);
    mesh.conditions.loadFactor = 0;
    mesh.play(2);
    expect(mesh.requests).toHaveLength(0);
    expect(mesh.opened.length).toBeGreaterThan(200);
    expect(mesh.closed).toHaveLength(mesh.opened.length);
    const encrypted = mesh.opened.filter(
      ({ reporter, mutualTls }) => reporter === 'destination' && mutualTls,
    );
    expect(encrypted.length).toBeGreaterThan(100);
  });
});

it('plays the same traffic for the same seed, and another for another', () => {
  const play = (seed: number) => {
    const mesh = playMesh(MESH, behaviour, seed);
    mesh.play(10);
    return mesh.requests.map(({ durationMs }) => durationMs);
  };
  expect(play(7)).toEqual(play(7));
  expect(play(7)).not.toEqual(play(8));
});
