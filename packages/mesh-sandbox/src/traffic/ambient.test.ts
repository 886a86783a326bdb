import { IstioMetrics } from '../metrics';
import { app, playMesh } from '../testing/playMesh';

const AMBIENT = `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: v1
kind: Node
metadata: { name: node-a }
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: ztunnel, namespace: istio-system }
spec:
  selector: { matchLabels: { app: ztunnel } }
  template:
    metadata: { labels: { app: ztunnel } }
    spec: { containers: [{ name: istio-proxy, image: ztunnel, args: [proxy, ztunnel] }] }`;

const WAYPOINT = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: waypoint, namespace: shop }
spec:
  replicas: 1
  selector: { matchLabels: { gateway.networking.k8s.io/gateway-name: waypoint } }
  template:
    metadata:
      labels:
        gateway.networking.k8s.io/gateway-name: waypoint
        gateway.istio.io/managed: istio.io-mesh-controller
        istio.io/dataplane-mode: none
    spec: { serviceAccountName: waypoint, containers: [{ name: istio-proxy, image: proxy }] }`;

const THROUGH = `
apiVersion: v1
kind: Service
metadata: { name: chat, namespace: shop, labels: { istio.io/use-waypoint: waypoint } }
spec: { selector: { app: chat }, ports: [{ name: http, port: 8080 }] }`;

const policy = (spec: string, name = 'policy') => `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ${name}, namespace: shop }
spec: ${spec}`;

const RELEASE = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: chat-v1, namespace: shop }
spec:
  replicas: 1
  selector: { matchLabels: { app: chat, version: v1 } }
  template:
    metadata: { labels: { app: chat, version: v1, app.kubernetes.io/version: 1.5.0 } }
    spec: { serviceAccountName: chat, containers: [{ name: app, image: app }] }`;

function play(...objects: string[]) {
  const mesh = playMesh(
    [
      AMBIENT,
      app('web', { proxy: false }),
      app('chat', { versions: ['v1', 'v2'], proxy: false }),
      RELEASE,
      ...objects,
    ],
    {
      loads: [
        {
          from: 'shop/web-v1',
          requestsPerSecond: 20,
          requests: [{ to: 'chat:8080', method: 'POST', path: '/ask' }],
        },
      ],
    },
  );
  const metrics = new IstioMetrics(() => mesh.cluster.model);
  mesh.engine.observe({
    request: report => {
      mesh.requests.push(report);
      metrics.request(report);
    },
    connectionOpened: report => {
      mesh.opened.push(report);
      metrics.connectionOpened(report);
    },
    connectionClosed: (report, sent, received) => {
      mesh.closed.push(report);
      metrics.connectionClosed(report, sent, received);
    },
    modelCalled: () => undefined,
    modelServed: () => undefined,
    answered: () => undefined,
  });
  mesh.play(20);
  return {
    ...mesh,
    text: () => [...metrics.expose()].join(''),
    /** Who reported which connections: `reporter source -> destination`. */
    connections: () => [
      ...new Set(
        mesh.opened.map(
          ({ reporter, source, destination }) =>
            `${reporter} ${source?.name} -> ${destination?.name}`,
        ),
      ),
    ],
  };
}

describe('an ambient service without a waypoint', () => {
  it('is known by its connections, which both ztunnels count', () => {
    const mesh = play();
    expect(mesh.requests).toEqual([]);
    expect(mesh.connections().sort()).toEqual([
      'destination web-v1 -> chat-v1',
      'destination web-v1 -> chat-v2',
      'source web-v1 -> chat-v1',
      'source web-v1 -> chat-v2',
    ]);
    const by = (reporter: string) =>
      mesh.opened.filter(one => one.reporter === reporter).length;
    expect(by('source')).toBe(by('destination'));
  });

  it('has its canonical revision for a version, and its ztunnel for a pod', () => {
    const [line] = play()
      .text()
      .split('\n')
      .filter(one => /^istio_tcp_connections_opened.*chat-v1/.test(one));
    expect(line).toMatch(/destination_version="1.5.0"/);
    expect(line).toMatch(/connection_security_policy="mutual_tls"/);
    expect(line).toMatch(/namespace="istio-system",pod="ztunnel-\w+"/);
    expect(line).toMatch(/app="ztunnel"/);
  });

  it('is not protected by a DENY that reads HTTP', () => {
    const mesh = play(
      policy(
        '{ action: DENY, rules: [{ to: [{ operation: { methods: [POST] } }] }] }',
      ),
    );
    expect(mesh.closed.map(({ flags }) => flags)).not.toContain('DENY');
  });

  it('lets nobody in by an ALLOW that reads HTTP', () => {
    const mesh = play(
      policy('{ rules: [{ to: [{ operation: { methods: [POST] } }] }] }'),
    );
    const arrived = mesh.closed.filter(one => one.reporter === 'destination');
    expect(new Set(arrived.map(({ flags }) => flags))).toEqual(
      new Set(['DENY']),
    );
  });
});

describe('an ambient service with a waypoint', () => {
  it('has each request reported once, by the waypoint, between its real ends', () => {
    const mesh = play(WAYPOINT, THROUGH);
    const sent = mesh.opened.filter(
      ({ reporter, source }) =>
        reporter === 'source' && source?.name === 'web-v1',
    );
    expect(mesh.requests).toHaveLength(sent.length);
    for (const { reporter, source, destination, mutualTls } of mesh.requests) {
      expect([reporter, source?.name, destination?.kind, mutualTls]).toEqual([
        'waypoint',
        'web-v1',
        'Deployment',
        true,
      ]);
    }
    expect(mesh.connections().sort()).toEqual([
      'destination waypoint -> chat-v1',
      'destination waypoint -> chat-v2',
      'source web-v1 -> waypoint',
    ]);
  });

  it('follows the HTTPRoute of its Service', () => {
    const version = (name: string) => `
apiVersion: v1
kind: Service
metadata: { name: chat-${name}, namespace: shop }
spec: { selector: { app: chat, version: ${name} }, ports: [{ name: http, port: 8080 }] }`;
    const route = `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: chat, namespace: shop }
spec:
  parentRefs: [{ group: '', kind: Service, name: chat }]
  rules:
    - backendRefs: [{ name: chat-v1, port: 8080, weight: 100 }, { name: chat-v2, port: 8080, weight: 0 }]
    - matches: [{ path: { type: PathPrefix, value: /as } }]
      backendRefs: [{ name: chat-v2, port: 8080 }]`;
    const mesh = play(WAYPOINT, THROUGH, version('v1'), version('v2'), route);
    expect(new Set(mesh.requests.map(one => one.service.name))).toEqual(
      new Set(['chat-v1']),
    );
  });

  it('obeys policies that name it, and not those that select its pods', () => {
    const post = 'rules: [{ to: [{ operation: { methods: [POST] } }] }]';
    const target = "targetRefs: [{ group: '', kind: Service, name: chat }]";
    const denied = play(
      WAYPOINT,
      THROUGH,
      policy(`{ ${target}, action: DENY, ${post} }`),
    );
    expect(new Set(denied.requests.map(({ status }) => status))).toEqual(
      new Set([403]),
    );
    const free = play(
      WAYPOINT,
      THROUGH,
      policy(
        `{ selector: { matchLabels: { app: chat } }, action: DENY, ${post} }`,
      ),
    );
    expect(free.requests.map(({ status }) => status)).not.toContain(403);
  });

  it('goes past a waypoint that does not exist', () => {
    expect(play(THROUGH).connections()).toContain('source web-v1 -> chat-v1');
  });
});
