import { ConfigReader } from '@backstage/config';
import type { JsonArray, JsonObject } from '@backstage/types';
import { readSettings } from './readSettings';

const SECRET = 's3cret-s3cret-s3cret';
const server = 'https://server.example.com';
const kubernetes = { url: server, serviceAccountToken: SECRET };
const inKubernetes = (value: JsonObject) => ofCluster({ kubernetes: value });
const inPrometheus = (value: JsonObject) =>
  ofCluster({ prometheus: { url: server, ...value } });

function ofCluster(value: JsonObject): JsonObject {
  return {
    aiMesh: { clusters: [{ name: 'production', kubernetes, ...value }] },
  };
}

/** The cluster `production` taken over from the Kubernetes plugin, which has it in a locator or has not. */
function fromPlugin(clusterLocatorMethods: JsonArray): JsonObject {
  return {
    ...inKubernetes({ fromKubernetesPlugin: true }),
    kubernetes: { clusterLocatorMethods },
  };
}

/** It has the marks of a certificate, and none between them. */
const NO_CERTIFICATE = Buffer.from(
  `-----BEGIN CERTIFICATE-----\n${SECRET}\n-----END CERTIFICATE-----\n`,
).toString('base64');

const signingInBy = (authProvider?: string, rest: JsonObject = {}) =>
  fromPlugin([
    {
      type: 'config',
      clusters: [
        {
          name: 'production',
          url: server,
          ...(authProvider && { authProvider }),
          ...rest,
        },
      ],
    },
  ]);

const KEY = 'aiMesh.clusters[0].kubernetes';
const INSTEAD = `set ${KEY}.url and ${KEY}.serviceAccountToken to a service account of AI Mesh's own, or ${KEY}.kubeconfig.path to a kubeconfig, whose user may sign in by a command.`;
const NO_CLUSTER = `${KEY}.fromKubernetesPlugin: kubernetes.clusterLocatorMethods has no cluster 'production' that AI Mesh can take over`;
const foundLater = (type: string) =>
  `${NO_CLUSTER}. Locators of the type '${type}' find their clusters while the portal runs, and AI Mesh takes clusters over from those of the types 'config' and 'localKubectlProxy' only. Otherwise ${INSTEAD}`;
const cannotSignIn = (provider: string) =>
  `${KEY}.fromKubernetesPlugin: the cluster 'production' of the Kubernetes plugin signs in by '${provider}', which AI Mesh cannot do: it watches clusters also while nobody is signed in. For that cluster ${INSTEAD}`;
const PEM =
  'must be a PEM certificate in base64 (base64 -w0 ca.crt), or leave it out and name the file as caFile';

const PEM_THERE =
  'must be a PEM certificate in base64 (base64 -w0 ca.crt); set it so there, or leave it out and name the file as caFile.';

/** A configuration that cannot be used, all that is said of it, and a line of the example that is shown. */
const wrong: [config: JsonObject, said: string, example?: string][] = [
  [
    { aiMesh: { cluster: [] } },
    "aiMesh.cluster is not a setting; did you mean 'clusters'?",
    '    - name: production',
  ],
  [{ aiMesh: { clusters: {} } }, 'aiMesh.clusters must be an array'],
  [
    { aiMesh: { clusters: [{ kubernetes }] } },
    'aiMesh.clusters[0].name is missing',
  ],
  [
    { aiMesh: { clusters: [{ name: 'production' }] } },
    `${KEY} is missing`,
    '      kubernetes:',
  ],
  [
    {
      aiMesh: {
        clusters: [
          { name: 'a', kubernetes },
          { name: 'a', kubernetes },
        ],
      },
    },
    "aiMesh.clusters[1].name must be a name of its own: another cluster is called 'a' too",
    '    - name: west',
  ],
  [
    ofCluster({ name: 'eu/west' }),
    'aiMesh.clusters[0].name must not hold a slash, a comma or a blank, since annotations name clusters',
  ],
  [
    ofCluster({ allowWrite: true }),
    "aiMesh.clusters[0].allowWrite is not a setting; did you mean 'allowWrites'?",
  ],
  [
    ofCluster({ allowWrites: 'yes' }),
    'aiMesh.clusters[0].allowWrites must be a boolean',
  ],
  [
    inKubernetes({}),
    `${KEY} takes exactly one of url, inCluster, kubeconfig and fromKubernetesPlugin; found none`,
  ],
  [
    inKubernetes({ url: server, inCluster: true }),
    `${KEY} takes exactly one of url, inCluster, kubeconfig and fromKubernetesPlugin; found url and inCluster`,
  ],
  [
    inKubernetes({ inCluster: true, serviceAccountToken: SECRET }),
    `${KEY} takes serviceAccountToken only together with url`,
  ],
  [
    inKubernetes({ url: server, serviceAccountToken: '' }),
    `${KEY}.serviceAccountToken must not be empty`,
    '        serviceAccountToken: ${K8S_TOKEN}',
  ],
  [
    inKubernetes({ url: server, caData: SECRET }),
    `${KEY}.caData ${PEM}`,
    '        caFile: /etc/ai-mesh/ca.crt',
  ],
  [
    inKubernetes({ url: server, caData: NO_CERTIFICATE }),
    `${KEY}.caData ${PEM}`,
  ],
  ...['serviceAccount', 'localKubectlProxy'].map(
    (authProvider): [JsonObject, string] => [
      signingInBy(authProvider, {
        serviceAccountToken: SECRET,
        caData: NO_CERTIFICATE,
      }),
      `${KEY}.fromKubernetesPlugin: the caData of the cluster 'production' of the Kubernetes plugin ${PEM_THERE}`,
    ],
  ),
  [
    // As the file has it, and not in base64.
    inKubernetes({
      url: server,
      caData: `-----BEGIN CERTIFICATE-----\n${SECRET}`,
    }),
    `${KEY}.caData ${PEM}`,
  ],
  [
    inKubernetes({ url: server, caFile: '/ca.crt', skipTLSVerify: true }),
    `${KEY} takes one of caData, caFile and skipTLSVerify`,
  ],
  [inKubernetes({ kubeconfig: {} }), `${KEY}.kubeconfig.path is missing`],
  [
    inKubernetes({ url: 'k8s.example.com' }),
    `${KEY}.url must be a URL such as https://host.example.com`,
  ],
  [
    inKubernetes({ url: `https://admin:${SECRET}@k8s.example.com` }),
    `${KEY}.url must not hold a user or password: they have settings of their own`,
  ],
  [fromPlugin([]), `${NO_CLUSTER}. Otherwise ${INSTEAD}`],
  [
    fromPlugin([{ type: 'config', clusters: [{ name: 'prod', url: server }] }]),
    `${NO_CLUSTER}; it has prod. Use the same name in both places. Otherwise ${INSTEAD}`,
  ],
  [
    fromPlugin([{ type: 'localKubectlProxy' }]),
    `${NO_CLUSTER}; it has local. Use the same name in both places. Otherwise ${INSTEAD}`,
  ],
  [fromPlugin([{ type: 'catalog' }]), foundLater('catalog')],
  [fromPlugin([{ type: 'gke', projectId: 'shop' }]), foundLater('gke')],
  [
    signingInBy(undefined),
    `${KEY}.fromKubernetesPlugin: the cluster 'production' of the Kubernetes plugin has no authProvider. Set it to serviceAccount there; otherwise ${INSTEAD}`,
  ],
  ...['google', 'googleServiceAccount', 'aws', 'azure', 'oidc'].map(
    (provider): [JsonObject, string] => [
      signingInBy(provider),
      cannotSignIn(provider),
    ],
  ),
  [
    ofCluster({ prometheus: {} }),
    'aiMesh.clusters[0].prometheus.url is missing',
    '        url: https://prometheus.example.com',
  ],
  [
    inPrometheus({ url: 'prometheus:9090' }),
    'aiMesh.clusters[0].prometheus.url must begin with https:// or http://',
  ],
  [
    inPrometheus({ auth: {} }),
    'aiMesh.clusters[0].prometheus.auth takes exactly one of bearerToken and basic; leave auth out where none is needed',
  ],
  [
    inPrometheus({ timeout: '10' }),
    "aiMesh.clusters[0].prometheus.timeout must be a duration such as '10s', 'PT10S' or { seconds: 10 }",
  ],
  [
    inPrometheus({ queue: { open: 0 } }),
    'aiMesh.clusters[0].prometheus.queue.open must be at least 1',
  ],
  [
    inPrometheus({ tls: { caData: SECRET } }),
    `aiMesh.clusters[0].prometheus.tls.caData ${PEM}`,
  ],
  [
    ofCluster({ kiali: { token: SECRET } }),
    'aiMesh.clusters[0].kiali.url is missing',
    '        url: https://kiali.example.com',
  ],
  [
    ofCluster({ tracing: { url: server, type: 'zipkin' } }),
    'aiMesh.clusters[0].tracing.type must be jaeger or tempo',
    '        type: jaeger',
  ],
  [
    { aiMesh: { security: { lookBack: '1s' } } },
    'aiMesh.security.lookBack must be at least a minute and at most 92 days',
    '    lookBack: 7d',
  ],
  [
    { aiMesh: { security: { lookback: '7d' } } },
    "aiMesh.security.lookback is not a setting; did you mean 'lookBack'?",
    '    lookBack: 7d',
  ],
  [
    { aiMesh: { limits: { user: { perMinute: 1.5 } } } },
    'aiMesh.limits.user.perMinute must be a whole number',
    '    user: { perMinute: 1200, open: 40 }',
  ],
  [
    { aiMesh: { fleet: { mostSeries: 3_000_000 } } },
    'aiMesh.fleet.mostSeries must be at most 2000000',
    '    mostSeries: 100000',
  ],
  [
    { aiMesh: { gitOps: { argoCdNamespace: 'Argo CD' } } },
    "aiMesh.gitOps.argoCdNamespace must be a namespace's name",
    '    argoCdNamespace: argocd',
  ],
  [
    { aiMesh: { fixes: { period: '10ms' } } },
    'aiMesh.fixes.period must be at least a second, and a day at most',
    '    period: 1m',
  ],
  [
    { aiMesh: { canary: { presets: [{ name: 'night', title: 5 }] } } },
    'aiMesh.canary.presets[0].title must be text, or { en: ..., zh: ... }',
  ],
  [
    { aiMesh: { canary: { gates: [{ kind: 'ratio' }] } } },
    'aiMesh.canary.gates[0].kind must be share, mean or value',
    '        kind: share',
  ],
  [
    { aiMesh: { scorecard: { readyMade: 'all' } } },
    'aiMesh.scorecard.readyMade must be true, false, or a list of the checks that are wanted',
    '  scorecard:',
  ],
];

describe('a configuration that cannot be used', () => {
  it('has more kinds than the 36 that were once looked at', () => {
    expect(wrong.length).toBeGreaterThanOrEqual(36);
  });

  it.each(wrong.map(([config, said, example]) => ({ config, said, example })))(
    'is told exactly: $said',
    ({ config, said, example }) => {
      const message = messageOf(config);
      const complaints = message
        .split('\n')
        .filter(line => line.startsWith('- '))
        .map(line => line.slice(2));
      // What is wrong with the Kubernetes plugin's cluster is a sentence by itself.
      expect(complaints.length > 0 ? complaints : [message]).toEqual([said]);
      expect(message).not.toContain(SECRET);
      expect(example ? message.split('\n') : [undefined]).toContain(example);
    },
  );
});

function messageOf(config: JsonObject): string {
  try {
    readSettings(new ConfigReader(config));
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('It was taken');
}
