import { KubeObject } from '../store';
import { World } from '../world';
import { account, deployment, object, service } from './builders';

const CLUSTERS = ['east', 'west'];
const GATEWAY = { app: 'istio-eastwestgateway', istio: 'eastwestgateway' };

/**
 * A generated world on two clusters of one mesh: Services and policies in both, the pods of every third service in
 * both, of the others in one of them.
 */
export function splitWorld({ objects, behaviour }: World): World[] {
  const apps = [
    ...new Set(
      objects
        .filter(
          ({ kind, metadata }) => kind === 'Deployment' && !isIstios(metadata),
        )
        .map(({ metadata }) => appOf(metadata)),
    ),
  ];
  return CLUSTERS.map((cluster, at) => ({
    behaviour: { ...behaviour, cluster },
    objects: [
      ...objects.filter(({ kind, metadata }) => {
        const share = apps.indexOf(appOf(metadata)) % 3;
        return (
          kind !== 'Deployment' ||
          isIstios(metadata) ||
          share === 0 ||
          share === at + 1
        );
      }),
      ...eastWestGateway(),
    ],
  }));
}

function isIstios({ namespace }: KubeObject['metadata']): boolean {
  return namespace === 'istio-system';
}

function appOf({ namespace, labels }: KubeObject['metadata']): string {
  return `${namespace}/${labels?.app}`;
}

function eastWestGateway(): KubeObject[] {
  const metadata = { name: GATEWAY.app, namespace: 'istio-system' };
  return [
    account(metadata.name, metadata.namespace),
    deployment({
      ...metadata,
      labels: GATEWAY,
      container: { name: 'istio-proxy', image: 'istio/proxyv2:1.29.2' },
      account: metadata.name,
      outside: true,
    }),
    service(metadata.name, metadata.namespace, GATEWAY, [
      { name: 'tls', port: 15443 },
    ]),
    object('networking.istio.io/v1', 'Gateway', metadata, {
      selector: { istio: GATEWAY.istio },
      servers: [
        {
          port: { number: 15443, name: 'tls', protocol: 'TLS' },
          tls: { mode: 'AUTO_PASSTHROUGH' },
          hosts: ['*.local'],
        },
      ],
    }),
  ];
}
