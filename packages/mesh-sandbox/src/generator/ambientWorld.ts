import { KubeObject } from '../store';
import { World } from '../world';
import { account, deployment, object } from './builders';

const NODES = ['node-a', 'node-b', 'node-c'];
const GATEWAY_NAME = 'gateway.networking.k8s.io/gateway-name';

/**
 * A generated world in ambient mode: no sidecars, a ztunnel on each node, and a waypoint in each namespace for the
 * services that have several versions and for every other one of the rest.
 */
export function ambientWorld({ objects, behaviour }: World): World {
  const versions = new Map<string, number>();
  for (const { kind, metadata } of objects) {
    if (kind === 'Deployment') {
      const app = `${metadata.namespace}/${metadata.labels?.app}`;
      versions.set(app, (versions.get(app) ?? 0) + 1);
    }
  }
  let turn = false;
  const throughWaypoint = (service: KubeObject): KubeObject => {
    const { metadata } = service;
    const several = versions.get(`${metadata.namespace}/${metadata.name}`)! > 1;
    turn = !turn;
    return metadata.namespace !== 'istio-system' && (several || turn)
      ? withLabels(service, { 'istio.io/use-waypoint': 'waypoint' })
      : service;
  };
  return {
    behaviour,
    objects: [
      ...NODES.map(name => object('v1', 'Node', { name })),
      ...objects.flatMap(one => {
        switch (one.kind) {
          case 'Namespace':
            return one.metadata.name === 'istio-system'
              ? [one, ...ztunnel()]
              : [intoAmbient(one), ...waypoint(one.metadata.name)];
          case 'Service':
            return [throughWaypoint(one)];
          default:
            return [one];
        }
      }),
    ],
  };
}

function withLabels(
  one: KubeObject,
  labels: Record<string, string>,
): KubeObject {
  return {
    ...one,
    metadata: {
      ...one.metadata,
      labels: { ...one.metadata.labels, ...labels },
    },
  };
}

function intoAmbient({ apiVersion, kind, metadata }: KubeObject): KubeObject {
  return {
    apiVersion,
    kind,
    metadata: {
      name: metadata.name,
      labels: { 'istio.io/dataplane-mode': 'ambient' },
    },
  };
}

function ztunnel(): KubeObject[] {
  const labels = { app: 'ztunnel' };
  const metadata = { name: 'ztunnel', namespace: 'istio-system' };
  return [
    account(metadata.name, metadata.namespace),
    object('apps/v1', 'DaemonSet', metadata, {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: 'ztunnel',
          containers: [
            {
              name: 'istio-proxy',
              image: 'istio/ztunnel:1.29.2',
              args: ['proxy', 'ztunnel'],
            },
          ],
        },
      },
    }),
    object(
      'gateway.networking.k8s.io/v1',
      'GatewayClass',
      { name: 'istio-waypoint' },
      { controllerName: 'istio.io/mesh-controller' },
    ),
  ];
}

function waypoint(namespace: string): KubeObject[] {
  const metadata = { name: 'waypoint', namespace };
  return [
    object('gateway.networking.k8s.io/v1', 'Gateway', metadata, {
      gatewayClassName: 'istio-waypoint',
      listeners: [{ name: 'mesh', port: 15008, protocol: 'HBONE' }],
    }),
    account(metadata.name, namespace),
    deployment({
      ...metadata,
      labels: {
        [GATEWAY_NAME]: 'waypoint',
        'gateway.istio.io/managed': 'istio.io-mesh-controller',
        'istio.io/dataplane-mode': 'none',
        'service.istio.io/canonical-name': 'waypoint',
      },
      container: { name: 'istio-proxy', image: 'istio/proxyv2:1.29.2' },
      account: metadata.name,
      outside: true,
    }),
  ];
}
