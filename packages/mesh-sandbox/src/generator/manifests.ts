import { KubeObject } from '../store';
import { account, deployment, object, PORT, service } from './builders';
import { Plan, PlannedJob, PlannedService } from './plan';

/** Above so many services, histograms of sizes are switched off, as large meshes do. */
const SIZES_UP_TO = 200;

/** The Kubernetes and Istio objects of a planned mesh. */
export function manifestsOf(plan: Plan): KubeObject[] {
  return [
    ...meshObjects(plan),
    ...plan.namespaces.flatMap(namespaceObjects),
    ...plan.services.flatMap(serviceObjects),
    ...plan.jobs.flatMap(jobObjects),
  ];
}

function meshObjects({ services }: Plan): KubeObject[] {
  const namespace = 'istio-system';
  const gatewayLabels = {
    app: 'istio-ingressgateway',
    istio: 'ingressgateway',
  };
  return [
    object('v1', 'Namespace', { name: namespace }),
    object('v1', 'ConfigMap', { name: 'istio', namespace }, undefined, {
      data: {
        mesh: [
          'enableAutoMtls: true',
          'rootNamespace: istio-system',
          'trustDomain: cluster.local',
          'defaultConfig:',
          '  proxyMetadata:',
          '    PEER_METADATA_DISCOVERY: "true"',
          '',
        ].join('\n'),
      },
    }),
    account('istiod', namespace),
    deployment({
      name: 'istiod',
      namespace,
      labels: { app: 'istiod' },
      container: { name: 'discovery', image: 'istio/pilot:1.29.2' },
      account: 'istiod',
      outside: true,
    }),
    account('istio-ingressgateway', namespace),
    deployment({
      name: 'istio-ingressgateway',
      namespace,
      labels: gatewayLabels,
      container: { name: 'istio-proxy', image: 'istio/proxyv2:1.29.2' },
      account: 'istio-ingressgateway',
      replicas: 2,
      outside: true,
    }),
    service('istio-ingressgateway', namespace, gatewayLabels, [
      { name: 'http2', port: 80, targetPort: PORT },
    ]),
    object(
      'networking.istio.io/v1',
      'Gateway',
      { name: 'edge', namespace },
      {
        selector: { istio: 'ingressgateway' },
        servers: [
          {
            port: { number: 80, name: 'http', protocol: 'HTTP' },
            hosts: ['*'],
          },
        ],
      },
    ),
    ...['fast', 'smart'].flatMap(providerObjects),
    ...(services.length > SIZES_UP_TO
      ? [
          object(
            'telemetry.istio.io/v1',
            'Telemetry',
            { name: 'mesh-default', namespace },
            {
              metrics: [
                {
                  providers: [{ name: 'prometheus' }],
                  overrides: ['REQUEST_SIZE', 'RESPONSE_SIZE'].map(metric => ({
                    match: { metric },
                    disabled: true,
                  })),
                },
              ],
            },
          ),
        ]
      : []),
  ];
}

function providerObjects(kind: string): KubeObject[] {
  const host = `api.${kind}-model.example`;
  const metadata = {
    name: `${kind}-model-provider`,
    namespace: 'istio-system',
  };
  return [
    object('networking.istio.io/v1', 'ServiceEntry', metadata, {
      hosts: [host],
      location: 'MESH_EXTERNAL',
      resolution: 'DNS',
      ports: [{ number: 80, name: 'http', protocol: 'HTTP', targetPort: 443 }],
    }),
    object('networking.istio.io/v1', 'DestinationRule', metadata, {
      host,
      trafficPolicy: { tls: { mode: 'SIMPLE', sni: host } },
    }),
  ];
}

function namespaceObjects({
  name,
  strict,
}: Plan['namespaces'][number]): KubeObject[] {
  return [
    object('v1', 'Namespace', {
      name,
      labels: { 'istio-injection': 'enabled' },
    }),
    object(
      'security.istio.io/v1',
      'PeerAuthentication',
      { name: 'default', namespace: name },
      { mtls: { mode: strict ? 'STRICT' : 'PERMISSIVE' } },
    ),
  ];
}

function serviceObjects(planned: PlannedService): KubeObject[] {
  const { name, namespace, versions, role } = planned;
  return [
    account(name, namespace),
    service(name, namespace, { app: name }, [
      { name: role === 'store' ? 'grpc' : 'http', port: PORT },
    ]),
    ...versions.map(version =>
      deployment({
        name: versions.length === 1 ? name : `${name}-${version.name}`,
        namespace,
        labels: {
          app: name,
          version: version.name,
          'backstage.io/kubernetes-id': `${namespace}-${name}`,
        },
        container: { name: 'app', image: `${namespace}/${name}:1.0.0` },
        account: name,
        replicas: version.replicas,
        annotations: planned.stats
          ? {
              'proxy.istio.io/config':
                'proxyStatsMatcher:\n  inclusionRegexps:\n    - ".*circuit_breakers.*"\n    - ".*outlier_detection.*"\n    - ".*_overflow"\n',
            }
          : undefined,
      }),
    ),
    ...trafficObjects(planned),
  ];
}

function trafficObjects(planned: PlannedService): KubeObject[] {
  const { name, namespace, versions, breaker, timeouts, role } = planned;
  const several = versions.length > 1;
  const metadata = { name, namespace };
  const objects: KubeObject[] = [];
  if (breaker || several) {
    objects.push(
      object('networking.istio.io/v1', 'DestinationRule', metadata, {
        host: `${name}.${namespace}.svc.cluster.local`,
        ...(breaker && {
          trafficPolicy: {
            connectionPool: {
              tcp: { maxConnections: 100 },
              http: { http1MaxPendingRequests: 50, http2MaxRequests: 100 },
            },
            outlierDetection: {
              consecutive5xxErrors: 10,
              interval: '30s',
              baseEjectionTime: '60s',
              maxEjectionPercent: 50,
            },
          },
        }),
        ...(several && {
          subsets: versions.map(version => ({
            name: version.name,
            labels: { version: version.name },
          })),
        }),
      }),
    );
  }
  if (several || timeouts || role === 'entry') {
    const weights = { 1: [100], 2: [90, 10], 3: [80, 15, 5] }[
      versions.length
    ] ?? [100];
    objects.push(
      object('networking.istio.io/v1', 'VirtualService', metadata, {
        hosts:
          role === 'entry'
            ? [name, `${name}.${namespace}.example.com`]
            : [name],
        ...(role === 'entry' && { gateways: ['mesh', 'istio-system/edge'] }),
        http: [
          {
            route: versions.map((version, i) => ({
              destination: {
                host: `${name}.${namespace}.svc.cluster.local`,
                ...(several && { subset: version.name }),
                port: { number: PORT },
              },
              ...(several && { weight: weights[i] }),
            })),
            ...(timeouts && {
              timeout: '60s',
              retries: {
                attempts: 2,
                perTryTimeout: '25s',
                retryOn: 'connect-failure,gateway-error',
              },
            }),
          },
        ],
      }),
    );
  }
  return objects;
}

function jobObjects({ name, namespace }: PlannedJob): KubeObject[] {
  return [
    account(name, namespace),
    deployment({
      name,
      namespace,
      labels: { app: name, version: 'v1' },
      container: { name: 'job', image: `${namespace}/${name}:1.0.0` },
      account: name,
      outside: true,
    }),
  ];
}
