import { readFileSync } from 'fs';
import { resolve } from 'path';
import { parse } from 'yaml';
import {
  canaryPlanSchema,
  defaultLevels,
  readyMadeCheckIds,
} from '@ai-mesh/plugin-ai-mesh-common';
import { ConfigReader } from '@backstage/config';
import { testCertificate } from '../target/__testUtils__/certificate';
import { gates } from './gateSchema';
import { readSloSettings } from './readSloSettings';
import { readSettings } from './readSettings';

const caData = Buffer.from(testCertificate.cert).toString('base64');
const kubernetes = { url: 'https://k8s.example.com', caFile: '/ca.crt' };

function read(aiMesh: unknown, rest: object = {}) {
  return readSettings(
    new ConfigReader(
      JSON.parse(JSON.stringify({ ...(aiMesh ? { aiMesh } : {}), ...rest })),
    ),
  );
}

const readCluster = (cluster: object, rest: object = {}) =>
  read({ clusters: [{ name: 'a', kubernetes, ...cluster }] }, rest).clusters[0];

describe('readSettings', () => {
  it('reads whose namespaces are, with references in full', () => {
    const { ownership } = read({
      ownership: {
        claims: 'none',
        namespaces: [
          { namespace: 'ai-*', owner: 'AI-Team' },
          {
            cluster: 'eu',
            namespace: 'shop',
            owner: ['user:olivia', 'component:default/cart'],
          },
        ],
      },
    });
    expect(ownership.claims).toBe('none');
    expect(ownership.namespaces).toEqual([
      { namespace: 'ai-*', owners: ['group:default/ai-team'] },
      {
        cluster: 'eu',
        namespace: 'shop',
        owners: ['user:default/olivia', 'component:default/cart'],
      },
    ]);
  });

  it.each([
    [
      { ownership: { claims: 'all' } },
      'aiMesh.ownership.claims must be any or',
    ],
    [
      { ownership: { namespaces: [{ namespace: 'a*b', owner: 'x' }] } },
      'aiMesh.ownership.namespaces[0].namespace must be the name',
    ],
    [
      { ownership: { namespaces: [{ namespace: 'a', owner: [] }] } },
      'aiMesh.ownership.namespaces[0].owner must be one or several',
    ],
    [
      { ownership: { namespaces: [{ namespace: 'a', owner: 7 }] } },
      'aiMesh.ownership.namespaces[0].owner must be one or several',
    ],
    [
      { ownership: { trustedLocations: ['github.com/acme'] } },
      'aiMesh.ownership.trustedLocations[0] must be a location',
    ],
    [{ ownership: { claim: 'any' } }, "did you mean 'claims'?"],
    [
      { fixes: { period: '10ms' } },
      'aiMesh.fixes.period must be at least a second, and a day at most',
    ],
    [
      { fixes: { template: 'mend' } },
      'aiMesh.fixes.template must be written like template:default/mend-findings',
    ],
    [
      { fixes: { fleetTemplate: 'mend' } },
      'aiMesh.fixes.fleetTemplate must be written like template:default/mend-findings',
    ],
    [
      { documentation: 'data:text/html,docs' },
      'aiMesh.documentation must be a path of the portal',
    ],
    [
      { documentation: '//elsewhere.example/docs' },
      'aiMesh.documentation must be a path of the portal',
    ],
    [
      { gitOps: { argoCdNamespace: '../x' } },
      "aiMesh.gitOps.argoCdNamespace must be a namespace's name",
    ],
    [{ limits: { user: { perMinute: 0 } } }, 'aiMesh.limits.user.perMinute'],
  ])('refuses %j and says why', (aiMesh, message) => {
    expect(() => read(aiMesh)).toThrow(message);
  });

  it.each([
    [{ security: { lookBack: '1s' } }, 'lookBack: 7d'],
    [{ limits: { user: { open: 0 } } }, 'perMinute: 1200'],
    [{ neighbours: 'none' }, 'neighbours: anonymous'],
    [
      {
        clusters: [
          { name: 'a', kubernetes },
          { name: 'a', kubernetes },
        ],
      },
      '    - name: west',
    ],
  ])('shows how what is wrong in %j is written', (aiMesh, example) => {
    expect(() => read(aiMesh)).toThrow(example);
  });

  it.each([[undefined], [{}], [{ clusters: [] }]])(
    'has no clusters in %j',
    aiMesh => {
      expect(read(aiMesh)).toEqual({
        clusters: [],
        facts: {
          periodMs: 900_000,
          keepChangesMs: 604_800_000,
          keepDaysMs: 34_560_000_000,
        },
        fleet: { mostSeries: 100_000 },
        fixes: { periodMs: 60_000 },
        gitOps: { argoCdNamespace: 'argocd' },
        scorecard: {
          levels: defaultLevels,
          readyMade: readyMadeCheckIds,
          checks: [],
        },
        ownership: {
          claims: 'unowned',
          namespaces: [],
          trustedLocations: [],
          mostServices: 50,
        },
        limits: {
          user: { perMinute: 1200, open: 40 },
          entity: { perMinute: 600, open: 20 },
          service: { perMinute: 6000, open: 100 },
          object: { keys: 5000, characters: 250_000 },
        },
        neighbours: 'named',
        notifications: { languages: ['en'] },
        canary: {
          requesterMayApprove: false,
          history: { keepForMs: 400 * 86_400_000, most: 20_000 },
          requestExpiryMs: 7 * 86_400_000,
          approvers: ['{owner}'],
          defaults: canaryPlanSchema.parse({}),
          gates: gates.parse(undefined),
          webhooks: [],
        },
        security: { lookBackMs: 7 * 86_400_000 },
        slo: readSloSettings(undefined),
      });
    },
  );

  it('takes what the page on canaries shows', () => {
    const page = readFileSync(
      resolve(__dirname, '../../../../docs/canary.md'),
      'utf8',
    );
    const blocks = [...page.matchAll(/```yaml\n(aiMesh:.*?)```/gs)].map(
      ([, block]) => read(parse(block).aiMesh).canary,
    );
    expect(blocks.length).toBeGreaterThan(1);
    expect(blocks).toContainEqual(
      expect.objectContaining({
        approvers: ['{owner}-approvers'],
        defaults: expect.objectContaining({ confirmBefore: [50] }),
      }),
    );
  });

  it('takes presets with a title for all, or for each language', () => {
    const { presets } = read({
      canary: {
        presets: [
          { name: 'night', title: 'Night', plan: { intervalSeconds: 900 } },
          { name: 'day', title: { en: 'Day', zh: '白天' } },
        ],
      },
    }).canary;
    expect(presets).toEqual([
      {
        name: 'night',
        title: { en: 'Night', zh: 'Night' },
        plan: { intervalSeconds: 900 },
      },
      { name: 'day', title: { en: 'Day', zh: '白天' }, plan: {} },
    ]);
  });

  it('takes a plan for canaries, and fills in the rest', () => {
    const { defaults } = read({
      canary: {
        plan: { steps: [1, 50, 100], gates: { throttled: { enabled: false } } },
      },
    }).canary;
    expect(defaults).toEqual(
      canaryPlanSchema.parse({
        steps: [1, 50, 100],
        gates: { throttled: { enabled: false } },
      }),
    );
  });

  it.each([
    [
      { plan: { intervalSecond: 60 } },
      "aiMesh.canary.plan.intervalSecond is not a setting; did you mean 'intervalSeconds'?",
    ],
    [
      { plan: { initialWeight: 0 } },
      'aiMesh.canary.plan.initialWeight A weight is between 1 and 100%',
    ],
    [
      { plan: { steps: [50, 10] } },
      'aiMesh.canary.plan.steps Every step must be above the one before it',
    ],
    [
      { requestExpiry: 'soon' },
      "aiMesh.canary.requestExpiry must be a duration such as '10s', 'PT10S' or { seconds: 10 }",
    ],
    [{ approvers: 'all' }, 'aiMesh.canary.approvers must be an array'],
    [
      { presets: [{ name: 'My plan', title: 'Mine' }] },
      'aiMesh.canary.presets[0].name must be lower-case letters',
    ],
    [
      {
        presets: [
          { name: 'night', title: 'Night' },
          { name: 'night', title: 'Nacht' },
        ],
      },
      "aiMesh.canary.presets[1].name must be a name of its own: another preset is called 'night' too",
    ],
  ])('refuses the canary settings %j', (canary, message) => {
    expect(() => read({ canary })).toThrow(message);
    expect(() => read({ canary })).toThrow('  canary:\n    requestExpiry: 7d');
  });

  it('looks back as far as it is told', () => {
    expect(read({ security: { lookBack: '2m' } }).security).toEqual({
      lookBackMs: 120_000,
    });
  });

  it.each(['30s', '100 days'])('refuses to look back %s', lookBack => {
    expect(() => read({ security: { lookBack } })).toThrow(
      /aiMesh\.security\.lookBack.*at least a minute and at most 92 days/s,
    );
  });

  it('names a link that leads nowhere', () => {
    expect(() =>
      readCluster({ links: [{ title: 'Kiali', url: 'kiali/{service}' }] }),
    ).toThrow(/links\[0\]\.url must begin with https:/);
  });

  it('fills in defaults', () => {
    expect(
      readCluster({
        prometheus: { url: 'https://p.example.com/' },
        kiali: { url: 'https://kiali.example.com/kiali' },
      }),
    ).toEqual({
      name: 'a',
      kubernetes: {
        from: 'url',
        url: 'https://k8s.example.com',
        tls: { caFile: '/ca.crt', skipVerify: false },
      },
      allowWrites: false,
      watch: true,
      rootNamespace: 'istio-system',
      clusterDomain: 'cluster.local',
      autoMtls: true,
      links: [],
      prometheus: {
        url: 'https://p.example.com',
        auth: { type: 'none' },
        headers: {},
        extraLabels: {},
        tls: { skipVerify: false },
        timeoutMs: 10_000,
        cacheTtlMs: 10_000,
      },
      scrapeIntervalMs: 15_000,
      settleMs: 3000,
      kiali: {
        url: 'https://kiali.example.com/kiali',
        tls: { skipVerify: false },
        timeoutMs: 10_000,
      },
    });
  });

  it.each([
    [{ inCluster: true }, { from: 'in-cluster' }],
    [
      { kubeconfig: { path: '/c', context: 'x' } },
      { from: 'kubeconfig', path: '/c', context: 'x' },
    ],
    [
      { url: 'http://x', serviceAccountToken: 't', skipTLSVerify: true },
      {
        from: 'url',
        url: 'http://x',
        serviceAccountToken: 't',
        tls: { skipVerify: true },
      },
    ],
  ])('reads the cluster %j', (value, expected) => {
    expect(readCluster({ kubernetes: value }).kubernetes).toEqual(expected);
  });

  it.each([
    [{ bearerToken: 't' }, { type: 'bearer', token: 't' }],
    [
      { basic: { username: 'u', password: 'p' } },
      { type: 'basic', username: 'u', password: 'p' },
    ],
  ])('reads the credentials %j', (auth, expected) => {
    const { prometheus } = readCluster({
      prometheus: {
        url: 'https://p',
        auth,
        headers: { 'X-Team': 'a' },
        tenant: 'team-a',
        extraLabels: { cluster: 'eu' },
        timeout: { seconds: 3 },
        cacheTtl: '1m',
      },
    });
    expect(prometheus).toMatchObject({
      auth: expected,
      headers: { 'X-Team': 'a' },
      tenant: 'team-a',
      extraLabels: { cluster: 'eu' },
      timeoutMs: 3000,
      cacheTtlMs: 60_000,
    });
  });

  it.each(['jaeger', 'tempo', undefined])(
    'takes %s for the kind of tracing system',
    type => {
      const { tracing } = readCluster({
        tracing: { url: 'https://t', tenant: 'a', ...(type && { type }) },
      });
      expect(tracing).toMatchObject({ url: 'https://t', tenant: 'a' });
      expect(tracing?.type).toBe(type);
    },
  );

  const url = 'https://p';
  it.each([
    [
      { tracing: { url, type: 'zipkin' } },
      'aiMesh.clusters[0].tracing.type must be jaeger or tempo',
    ],
    [
      { prometheus: { urll: url } },
      "aiMesh.clusters[0].prometheus.urll is not a setting; did you mean 'url'?",
    ],
    [
      { prometheus: { url, auth: { bearertoken: 'x' } } },
      "aiMesh.clusters[0].prometheus.auth.bearertoken is not a setting; did you mean 'bearerToken'?",
    ],
    [
      { token: 'x' },
      'aiMesh.clusters[0].token is not a setting; known here are name, kubernetes, allowWrites',
    ],
    [{ prometheus: {} }, 'aiMesh.clusters[0].prometheus.url is missing'],
    [
      { prometheus: { url: 5 } },
      'aiMesh.clusters[0].prometheus.url must be a string',
    ],
    [
      { prometheus: { url: 'prometheus:9090' } },
      'aiMesh.clusters[0].prometheus.url must begin with https:// or http://',
    ],
    [
      { prometheus: { url: 'not a url' } },
      'aiMesh.clusters[0].prometheus.url must be a URL',
    ],
    [
      { prometheus: { url: 'https://u:s3cret@p' } },
      'aiMesh.clusters[0].prometheus.url must not hold a user or password',
    ],
    [
      { prometheus: { url: 'https://p?x=s3cret' } },
      'aiMesh.clusters[0].prometheus.url must end before any ?',
    ],
    [
      { prometheus: { url, timeout: '10' } },
      "aiMesh.clusters[0].prometheus.timeout must be a duration such as '10s'",
    ],
    [
      { prometheus: { url, cacheTtl: { minuets: 1 } } },
      'aiMesh.clusters[0].prometheus.cacheTtl must be a duration',
    ],
    [
      { prometheus: { url, extraLabels: { 'a-b': 'x' } } },
      'aiMesh.clusters[0].prometheus.extraLabels.a-b: must be the name of a Prometheus label',
    ],
    [
      { prometheus: { url, headers: { Authorization: 's3cret\nX: y' } } },
      'aiMesh.clusters[0].prometheus.headers.Authorization must be a single line',
    ],
    [
      { prometheus: { url, auth: {} } },
      'aiMesh.clusters[0].prometheus.auth takes exactly one of',
    ],
    [
      { prometheus: { url, tls: { caFile: 'a', skipVerify: true } } },
      'aiMesh.clusters[0].prometheus.tls takes one of caData, caFile and skipVerify',
    ],
    [{ kiali: 'https://k' }, 'aiMesh.clusters[0].kiali must be an object'],
    [{ watch: 'yes' }, 'aiMesh.clusters[0].watch must be a boolean'],
    [
      { kubernetes: {} },
      'aiMesh.clusters[0].kubernetes takes exactly one of url, inCluster, kubeconfig and fromKubernetesPlugin; found none',
    ],
    [
      { kubernetes: { inCluster: true, kubeconfig: { path: 'x' } } },
      'found inCluster and kubeconfig',
    ],
    [
      { kubernetes: { inCluster: true, serviceAccountToken: 's3cret' } },
      'aiMesh.clusters[0].kubernetes takes serviceAccountToken only together with url',
    ],
    [
      { kubernetes: { inCluster: false } },
      'aiMesh.clusters[0].kubernetes.inCluster must be true',
    ],
    [
      { kubernetes: { ...kubernetes, caData } },
      'aiMesh.clusters[0].kubernetes takes one of caData, caFile and skipTLSVerify',
    ],
    [
      { kubernetes: { url, caData: 's3cret' } },
      'aiMesh.clusters[0].kubernetes.caData must be a PEM certificate in base64',
    ],
    [{ name: 'a/b' }, 'aiMesh.clusters[0].name must not hold a slash'],
    [{ name: '' }, 'aiMesh.clusters[0].name must not be empty'],
  ])('refuses %j', (cluster, message) => {
    expect(() => readCluster(cluster)).toThrow(message);
    expect(() => readCluster(cluster)).not.toThrow('s3cret');
    expect(() => readCluster(cluster)).toThrow('    - name: production');
  });

  it.each([
    [
      { cluster: [] },
      "aiMesh.cluster is not a setting; did you mean 'clusters'?",
    ],
    [{ clusters: {} }, 'aiMesh.clusters must be an array'],
    [{ clusters: [{}] }, 'aiMesh.clusters[0].name is missing'],
    [
      {
        clusters: [
          { name: 'a', kubernetes },
          { name: 'a', kubernetes },
        ],
      },
      "aiMesh.clusters[1].name must be a name of its own: another cluster is called 'a' too",
    ],
  ])('refuses %j as a whole', (aiMesh, message) => {
    expect(() => read(aiMesh)).toThrow(message);
  });

  it('shows the section that is wrong', () => {
    expect(() => readCluster({ kiali: {} })).toThrow(
      '        url: https://kiali.example.com',
    );
  });

  it('names every mistake at once', () => {
    expect(() => readCluster({ wach: false, kiali: {} })).toThrow(
      /kiali\.url is missing[\s\S]*did you mean 'watch'/,
    );
  });

  describe('from the Kubernetes plugin', () => {
    const fromPlugin = (cluster?: object) =>
      readCluster(
        { kubernetes: { fromKubernetesPlugin: true } },
        {
          kubernetes: {
            clusterLocatorMethods: [
              { type: 'catalog' },
              {
                type: 'config',
                clusters: [
                  { name: 'other', url: 'https://o' },
                  ...(cluster ? [cluster] : []),
                ],
              },
            ],
          },
        },
      ).kubernetes;

    it('takes a cluster over', () => {
      expect(
        fromPlugin({
          name: 'a',
          url: 'https://x/',
          authProvider: 'serviceAccount',
          serviceAccountToken: 't',
          caData,
        }),
      ).toEqual({
        from: 'url',
        url: 'https://x',
        serviceAccountToken: 't',
        tls: { caData, skipVerify: false },
      });
    });

    it('takes the pod that it runs in', () => {
      expect(
        fromPlugin({
          name: 'a',
          url: 'https://x',
          authProvider: 'serviceAccount',
        }),
      ).toEqual({ from: 'in-cluster', ofPlugin: 'a' });
    });

    it('reads how to sign in from its metadata too', () => {
      const authMetadata = { 'kubernetes.io/auth-provider': 'serviceAccount' };
      expect(
        fromPlugin({ name: 'a', url: 'https://x', authMetadata }),
      ).toMatchObject({ from: 'in-cluster' });
    });

    it.each([
      [
        undefined,
        "has no cluster 'a' that AI Mesh can take over; it has other",
      ],
      [undefined, "Locators of the type 'catalog' find their clusters while"],
      [
        { name: 'a', url: 'https://x', authProvider: 'google' },
        "signs in by 'google'",
      ],
    ])('refuses %j', (cluster, message) => {
      expect(() => fromPlugin(cluster)).toThrow(message);
      expect(() => fromPlugin(cluster)).toThrow(
        'aiMesh.clusters[0].kubernetes',
      );
    });

    it('takes the cluster behind kubectl proxy', () => {
      const proxy = { from: 'url', url: 'http://localhost:8001' };
      const locators = [{ type: 'localKubectlProxy' }];
      expect(
        readCluster(
          { name: 'local', kubernetes: { fromKubernetesPlugin: true } },
          { kubernetes: { clusterLocatorMethods: locators } },
        ).kubernetes,
      ).toMatchObject(proxy);
      expect(() =>
        readCluster(
          { kubernetes: { fromKubernetesPlugin: true } },
          { kubernetes: { clusterLocatorMethods: locators } },
        ),
      ).toThrow('it has local');
      expect(
        fromPlugin({
          name: 'a',
          url: 'http://localhost:8001',
          authProvider: 'localKubectlProxy',
        }),
      ).toMatchObject(proxy);
    });

    it('refuses where the plugin is not configured', () => {
      expect(() =>
        readCluster({ kubernetes: { fromKubernetesPlugin: true } }),
      ).toThrow(
        "kubernetes.clusterLocatorMethods has no cluster 'a' that AI Mesh can take over. Otherwise set",
      );
    });
  });
});
