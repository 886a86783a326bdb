import { snapshotFromYaml } from './__testUtils__/snapshotFromYaml';
import { isRelay, relaysOf } from './relays';

const deployment = (name: string, labels: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ai }
spec: { template: { metadata: { labels: { ${labels} } } } }
`;

const snapshot = snapshotFromYaml(
  [
    deployment('chat', 'app: chat'),
    deployment('ingress', 'istio: ingressgateway'),
    deployment('between', 'istio: eastwestgateway'),
    deployment('l7', 'gateway.istio.io/managed: istio.io-mesh-controller'),
    deployment(
      'remote',
      'gateway.networking.k8s.io/gateway-class-name: istio-east-west',
    ),
    `
apiVersion: v1
kind: Namespace
metadata: { name: ai, labels: { istio.io/use-waypoint: gone } }
`,
    `
apiVersion: v1
kind: Service
metadata: { name: chat, namespace: ai, labels: { istio.io/use-waypoint: edge, istio.io/use-waypoint-namespace: shop } }
`,
    `
apiVersion: v1
kind: Service
metadata: { name: claim, namespace: ai, labels: { istio.io/use-waypoint: till, istio.io/use-waypoint-namespace: shop } }
`,
    `
apiVersion: v1
kind: Pod
metadata: { name: till-0, namespace: shop, ownerReferences: [{ kind: CloneSet, name: till, controller: true }] }
`,
    // Whoever calls their own workload so.
    deployment('waypoint', 'app: shop'),
    `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: ztunnel, namespace: istio-system }
spec: { template: { metadata: { labels: { app: ztunnel } } } }
`,
    `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: unread, namespace: ai }
spec: { gatewayClassName: istio-waypoint }
`,
  ].join('---'),
);

describe('isRelay', () => {
  it.each([
    ['ai', 'chat', false],
    ['ai', 'ingress', false],
    ['ai', 'between', true],
    ['ai', 'l7', true],
    ['ai', 'remote', true],
    ['ai', 'waypoint', false],
    ['ai', 'unread', true],
    ['istio-system', 'ztunnel', true],
    // Not in the snapshot: told by its usual name.
    ['shop', 'waypoint', true],
    ['shop', 'cart', false],
    // Waypoints that are asked for, and of which series alone are left.
    ['ai', 'gone', true],
    ['shop', 'edge', true],
    ['shop', 'gone', false],
    // Nobody makes a workload that runs a relay by asking for it.
    ['shop', 'till', false],
  ])('of %s/%s is %s', (namespace, name, expected) => {
    expect(isRelay(snapshot, { namespace, name })).toBe(expected);
  });

  it('lists those whose objects it can read', () => {
    expect(
      relaysOf(snapshot)
        .map(({ namespace, name }) => `${namespace}/${name}`)
        .sort(),
    ).toEqual(['ai/between', 'ai/l7', 'ai/remote', 'istio-system/ztunnel']);
  });
});
