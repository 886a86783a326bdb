import {
  type CanaryOutlook,
  canaryPlanSchema,
  type CanaryPreflightCheck,
} from '@ai-mesh/plugin-ai-mesh-common';
import { parse } from 'yaml';
import { objectsFromYaml } from '../../kubernetes/__testUtils__/snapshotFromYaml';
import type { CanaryCluster } from '../engine';
import { shortestWindowSeconds } from '../engine/CanaryCluster';
import { FakeCluster } from '../__testUtils__/FakeCluster';
import { gatesOfEveryKind } from '../__testUtils__/gatesOfEveryKind';
import type { GateCatalog } from '../engine/takeQuality';
import { qualityPart, type QualityRole } from '../evidence/qualityQueries';
import type { PreflightSubject } from './PreflightSubject';
import { inBothLanguages } from '../gates/__testUtils__/inBothLanguages';
import { preflightOf } from './runPreflight';

const host = 'chat.ai.svc.cluster.local';
const at = new Date('2025-06-01T12:00:00Z');

interface Change {
  cluster?: (cluster: FakeCluster) => void;
  others?: (cluster: FakeCluster) => CanaryCluster[];
  subject?: Partial<PreflightSubject>;
  plan?: Parameters<typeof canaryPlanSchema.parse>[0];
  holder?: string;
  gates?: GateCatalog;
}

async function preflight({
  cluster: change,
  others = () => [],
  subject,
  plan,
  holder,
  gates,
}: Change) {
  const cluster = new FakeCluster();
  change?.(cluster);
  const result = await preflightOf({
    clusters: {
      get: name => (name === 'demo' ? cluster : undefined),
      list: () => [cluster, ...others(cluster)],
    },
    store: { holderOf: async () => holder },
    gates,
  })(
    {
      service: { cluster: 'demo', namespace: 'ai', name: 'chat' },
      stable: { host, subset: 'v1' },
      canary: { host, subset: 'v2' },
      plan: canaryPlanSchema.parse(plan ?? {}),
      ...subject,
    },
    at,
    new AbortController().signal,
  );
  result.preflight.checks.forEach(inBothLanguages);
  return result;
}

const outcome = (
  checks: CanaryPreflightCheck[],
  wanted: CanaryPreflightCheck['outcome'],
) =>
  checks
    .filter(check => check.outcome === wanted)
    .map(({ code, message }) => `${code}: ${message}`);

/** Changes the rule that the canary runs on. */
const rule = (change: object) => (cluster: FakeCluster) =>
  cluster.edit('VirtualService', 'chat', object => {
    const http = object.spec?.http as object[];
    Object.assign(http[1], change);
  });

/** What the rule sends to the stable version, and to a third destination. */
const weights = (stable: number, other: number) => (cluster: FakeCluster) =>
  cluster.edit('VirtualService', 'chat', object => {
    const http = object.spec?.http as { route: object[] }[];
    http[1].route = [
      { destination: { host: 'chat', subset: 'v1' }, weight: stable },
      { destination: { host: 'other' }, weight: other },
    ];
  });

const annotated =
  (kind: 'labels' | 'annotations', values: Record<string, string>) =>
  (cluster: FakeCluster) =>
    cluster.edit('VirtualService', 'chat', object => {
      Object.assign(object.metadata, { [kind]: values });
    });

/** The endpoints of both versions, ready or not. */
const endpoints =
  (...ready: boolean[]) =>
  (cluster: FakeCluster) =>
    cluster.edit('EndpointSlice', 'chat', object => {
      const list = (
        object as unknown as { endpoints: { conditions: object }[] }
      ).endpoints;
      list.forEach((one, index) => {
        one.conditions = { ready: ready[index] };
      });
    });

it('finds nothing against a sound request, and shows the exact patch', async () => {
  const { preflight: found } = await preflight({});
  expect(outcome(found.checks, 'blocks')).toEqual([]);
  expect(outcome(found.checks, 'warns')).toEqual([]);
  expect(found.steps).toEqual([5, 15, 25, 35, 45, 55, 65, 75, 85, 95, 100]);
  expect(found.patch[0]).toEqual({
    op: 'test',
    path: '/metadata/resourceVersion',
    value: '1',
  });
  expect(found.diff).toEqual(
    expect.arrayContaining([
      { path: 'spec.http[1].route[0].weight', after: 95 },
    ]),
  );
});

it.each([['one workload', 'ReplicaSet', 'chat-abc']])(
  'blocks a canary that no metric tells apart: %s',
  async (_, kind, name) => {
    const { preflight: found } = await preflight({
      cluster: cluster => {
        for (const version of ['v1', 'v2']) {
          cluster.delete('Deployment', `chat-${version}`);
          cluster.edit('Pod', `chat-${version}-abc-12345`, ({ metadata }) => {
            metadata.labels = { app: 'chat', version: 'v1', track: version };
            metadata.ownerReferences = [
              { apiVersion: 'apps/v1', kind, name, controller: true },
            ];
          });
        }
        cluster.edit('DestinationRule', 'chat', ({ spec }) => {
          spec!.subsets = ['v1', 'v2'].map(track => ({
            name: track,
            labels: { version: 'v1', track },
          }));
        });
      },
    });
    expect(outcome(found.checks, 'blocks')).toEqual([
      expect.stringMatching(/^metrics: Metrics cannot tell the subset v1 of/),
    ]);
  },
);

it.each([
  [7, 'blocks'],
  [8, 'ok'],
])('an interval of %i s with scrapes of 2 s %s', async (seconds, outcomes) => {
  const { preflight: found } = await preflight({
    plan: { intervalSeconds: seconds, checkSeconds: 1 },
  });
  const check = found.checks.find(({ code }) => code === 'interval');
  expect(check?.outcome).toBe(outcomes);
  expect(check?.message).toContain(
    outcomes === 'blocks' ? 'Set it to 8 s or more' : 'four scrapes or more',
  );
});

it.each<[string, (cluster: FakeCluster) => void, RegExp]>([
  [
    'Argo CD by its tracking label',
    annotated('labels', { 'app.kubernetes.io/instance': 'shop' }),
    /^gitops: Argo CD manages/,
  ],
  [
    'Helm where the chart sets that label',
    annotated('labels', {
      'app.kubernetes.io/instance': 'shop',
      'app.kubernetes.io/managed-by': 'Helm',
    }),
    /^gitops: Helm manages/,
  ],
  ...(
    [
      ['argocd-controller', 'Apply', /^gitops: Argo CD manages/],
      ['argocd-controller', 'Update', /^gitops: Argo CD manages/],
      ['kustomize-controller', 'Apply', /^gitops: Flux manages/],
      ['helm-controller', 'Update', /^gitops: Flux manages .* HelmRelease/],
      ['helm', 'Update', /^gitops: Helm manages/],
      ['kubectl', 'Apply', /^gitops: kubectl applied/],
    ] as const
  ).map(
    ([manager, operation, message]): [
      string,
      (cluster: FakeCluster) => void,
      RegExp,
    ] => [
      `${manager} by the fields that it manages (${operation})`,
      cluster =>
        cluster.edit('VirtualService', 'chat', ({ metadata }) =>
          Object.assign(metadata, {
            managedFields: [
              { manager, operation, fieldsV1: { 'f:spec': { 'f:http': {} } } },
              { manager: 'istiod', operation: 'Update', fieldsV1: {} },
            ],
          }),
        ),
      message,
    ],
  ),
])('recognizes %s', async (what, change, message) => {
  const { preflight: found } = await preflight({ cluster: change });
  const warnings = outcome(found.checks, 'warns');
  expect(warnings).toEqual([expect.stringMatching(message)]);
  expect(warnings[0].includes('fails with a conflict')).toBe(
    what.includes('(Apply)'),
  );
});

it('writes nothing', async () => {
  let cluster!: FakeCluster;
  await preflight({
    cluster: each => {
      cluster = each;
    },
  });
  expect(cluster.patches).toEqual([]);
});

it.each<[string, Change, RegExp]>([
  [
    'a cluster that is not configured',
    {
      subject: { service: { cluster: 'gone', namespace: 'ai', name: 'chat' } },
    },
    /^route: There is no cluster 'gone'/,
  ],
  [
    'a service that nothing routes',
    { cluster: each => each.delete('VirtualService', 'chat') },
    /^route: Nothing routes ai\/chat/,
  ],
  [
    'a route that is another service’s',
    {
      subject: {
        route: {
          object: { kind: 'VirtualService', namespace: 'ai', name: 'other' },
        },
      },
    },
    /^route: VirtualService ai\/other does not route ai\/chat/,
  ],
  [
    'more than one rule that qualifies',
    {
      cluster: each =>
        each.edit('VirtualService', 'chat', object => {
          const http = object.spec?.http as object[];
          http.push(structuredClone(http[1]));
        }),
    },
    /^route: .*more than one rule without a match/,
  ],
  [
    'a route of TCP',
    {
      cluster: each =>
        each.edit('VirtualService', 'chat', object => {
          object.spec = {
            hosts: ['chat'],
            tcp: [{ route: [{ destination: { host: 'chat', subset: 'v1' } }] }],
          };
        }),
    },
    /^route: .*TLS or TCP/,
  ],
  [
    'a subset that is not defined',
    { subject: { canary: { host, subset: 'v9' } } },
    /^versions: The subset v9 is not defined/,
  ],
  [
    'a subset that callers of the route do not see',
    {
      cluster: each => {
        each.edit('DestinationRule', 'chat', object => {
          (object.spec!.subsets as object[]).pop();
        });
        each.objects.push(
          ...objectsFromYaml(`
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: chat-canary, namespace: ai }
spec: { host: chat, exportTo: [lab], subsets: [{ name: v2, labels: { version: v2 } }] }
`),
        );
      },
    },
    /^versions: The subset v2 is not defined by a DestinationRule for chat\.ai\.svc\.cluster\.local that callers outside lab see\. What they send to the canary would be answered with 503/,
  ],
  [
    'a subset that stands for other pods where others call',
    {
      cluster: each =>
        each.objects.push(
          ...objectsFromYaml(`
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: chat, namespace: lab }
spec:
  host: chat.ai.svc.cluster.local
  subsets: [{ name: v1, labels: { version: v1 } }, { name: v2, labels: { version: v3 } }]
`),
        ),
    },
    /^versions: The subset v2 of chat\.ai\.svc\.cluster\.local stands for different pods, depending on the caller .*: version=v2; version=v3\./,
  ],
  [
    'a canary without a ready endpoint',
    { cluster: endpoints(true, false) },
    /^canary-endpoints: None of the 1 endpoints/,
  ],
  [
    'another active canary',
    { holder: 'c0' },
    /^busy-route: Canary c0 is active/,
  ],
  [
    'a Canary of Flagger',
    {
      cluster: each =>
        each.edit('VirtualService', 'chat', object => {
          object.metadata.ownerReferences = [
            {
              apiVersion: 'flagger.app/v1beta1',
              kind: 'Canary',
              name: 'chat',
            },
          ];
        }),
    },
    /^owned-by-operator: Flagger owns VirtualService ai\/chat/,
  ],
  [
    'a Rollout of Argo',
    {
      cluster: annotated('annotations', {
        'argo-rollouts.argoproj.io/managed-by-rollouts': 'chat',
      }),
    },
    /^owned-by-operator: An Argo Rollout runs ai\/chat/,
  ],
  [
    'no right to patch',
    {
      cluster: each => {
        each.trouble = 'forbidden';
      },
    },
    /^may-patch: The portal may not patch it/,
  ],
  [
    'a refused dry run',
    {
      cluster: each => {
        each.trouble = 'refuses';
      },
    },
    /^dry-run: The cluster would not take the first write/,
  ],
  [
    'a cluster that does not answer',
    {
      cluster: each => {
        each.trouble = 'refusesReads';
      },
    },
    /^cluster: The cluster 'shop' did not get VirtualService chat: nothing listens there/,
  ],
  [
    'a target that the canary has already',
    {
      cluster: each => each.setWeights(40, 60),
      plan: { targetWeight: 50 },
    },
    /^present-weight: The canary has 60% already/,
  ],
  [
    'a header phase after the first traffic',
    {
      cluster: each => each.setWeights(90, 10),
      plan: {
        headerPhase: { headers: [{ name: 'x-testing', value: 'true' }] },
      },
    },
    /^header-phase: /,
  ],
  [
    'a header phase with an expression that RE2 cannot read',
    {
      plan: { headerPhase: { headers: [{ name: 'x-user', regex: '(?=a)b' }] } },
    },
    /^header-phase: The regular expression of the header x-user is none that RE2 can read/,
  ],
  [
    'a header phase by a header that the rule matches itself',
    {
      cluster: rule({
        name: 'canaried',
        match: [{ headers: { 'x-user': { exact: 'a' } } }],
      }),
      subject: {
        route: {
          object: { kind: 'VirtualService', namespace: 'ai', name: 'chat' },
          rule: 'canaried',
        },
      },
      plan: { headerPhase: { headers: [{ name: 'X-User', prefix: 'b' }] } },
    },
    /^header-phase: .*matches by the header X-User itself/,
  ],
  [
    'weights that are too coarse',
    { cluster: weights(2, 1) },
    /^weights-too-coarse: /,
  ],
])('is blocked by %s', async (_, change, message) => {
  const { preflight: found } = await preflight(change);
  expect(outcome(found.checks, 'blocks')).toEqual([
    expect.stringMatching(message),
  ]);
});

it('checks everything else as ever where weights cannot express a share', async () => {
  const ofShares = new Set<string>([
    'weights-too-coarse',
    'route',
    'present-weight',
    'dry-run',
    'decision-power',
  ]);
  const told = async (change: Change) => {
    const { preflight: found } = await preflight(change);
    return found.checks.filter(({ code }) => !ofShares.has(code));
  };
  const others = await told({ cluster: weights(200, 100) });
  expect(await told({ cluster: weights(2, 1) })).toEqual(others);
  expect(others.length).toBeGreaterThan(3);
});

it.each<[string, Change, RegExp]>([
  [
    'Argo CD',
    {
      cluster: annotated('annotations', {
        'argocd.argoproj.io/tracking-id':
          'chat:networking.istio.io/VirtualService:ai/chat',
      }),
    },
    /^gitops: Argo CD manages VirtualService ai\/chat/,
  ],
  [
    'Flux',
    {
      cluster: annotated('labels', {
        'kustomize.toolkit.fluxcd.io/name': 'chat',
      }),
    },
    /^gitops: Flux manages/,
  ],
  [
    'Helm',
    {
      cluster: annotated('annotations', {
        'meta.helm.sh/release-name': 'chat',
      }),
    },
    /^gitops: Helm manages/,
  ],
  [
    'an injected fault',
    { cluster: rule({ fault: { abort: { httpStatus: 500 } } }) },
    /^fault-or-mirror: http\[1\] has fault/,
  ],
  [
    'a mirror',
    { cluster: rule({ mirror: { host: 'chat', subset: 'v2' } }) },
    /^fault-or-mirror: http\[1\] has mirror/,
  ],
  [
    'retries that may be billed twice',
    {
      cluster: rule({
        retries: { attempts: 2, retryOn: '5xx,connect-failure' },
      }),
    },
    /^unsafe-retries: http\[1\] retries on 5xx:/,
  ],
  [
    'no metrics yet',
    {
      cluster: each => {
        each.prometheus.trouble = 'empty';
      },
    },
    /^metrics: There are no metrics of the canary yet/,
  ],
  [
    'a Prometheus that is away',
    {
      cluster: each => {
        each.prometheus.trouble = 'away';
      },
    },
    /^metrics: .*\(source-unreachable\).*Prometheus is away/,
  ],
  [
    'session affinity',
    {
      cluster: each =>
        each.edit('DestinationRule', 'chat', object => {
          object.spec = {
            ...object.spec,
            trafficPolicy: {
              loadBalancer: { consistentHash: { httpHeaderName: 'x-user' } },
            },
          };
        }),
    },
    /^session-affinity: DestinationRule ai\/chat keeps callers/,
  ],
  [
    'subsets that callers elsewhere never had',
    {
      cluster: each =>
        each.edit('DestinationRule', 'chat', object => {
          object.spec!.exportTo = ['.'];
        }),
    },
    /^versions: The subset v2 is not defined by a DestinationRule for \S+ that callers outside ai see\. .*They would get nothing but 503/,
  ],
  [
    'a rule above that keeps sending to the stable version',
    {
      cluster: each =>
        each.edit('VirtualService', 'chat', object => {
          const http = object.spec?.http as object[];
          http.unshift({
            name: 'pinned',
            match: [{ headers: { 'x-tier': { exact: 'gold' } } }],
            route: [{ destination: { host: 'chat', subset: 'v1' } }],
          });
        }),
    },
    /^rules-above: spec\.http\[0\] "pinned", asked before spec\.http\[2\], also sends to the stable version/,
  ],
  [
    'fewer endpoints than the target needs',
    {
      cluster: each => {
        each.objects = each.objects.filter(
          ({ kind }) => kind !== 'EndpointSlice',
        );
        each.objects.push(
          ...objectsFromYaml(`
apiVersion: v1
kind: Pod
metadata: { name: chat-v1-abc-67890, namespace: ai, labels: { app: chat, version: v1 } }
spec: { containers: [{ name: chat }] }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: chat, namespace: ai, labels: { kubernetes.io/service-name: chat } }
endpoints:
  - { addresses: [10.0.0.1], conditions: { ready: true }, targetRef: { kind: Pod, name: chat-v1-abc-12345 } }
  - { addresses: [10.0.0.3], conditions: { ready: true }, targetRef: { kind: Pod, name: chat-v1-abc-67890 } }
  - { addresses: [10.0.0.2], conditions: { ready: true }, targetRef: { kind: Pod, name: chat-v2-abc-12345 } }
`),
        );
      },
    },
    /^capacity: The canary has 1 ready endpoint, and/,
  ],
])('warns of %s', async (_, change, message) => {
  const { preflight: found } = await preflight(change);
  expect(outcome(found.checks, 'blocks')).toEqual([]);
  expect(outcome(found.checks, 'warns')).toEqual([
    expect.stringMatching(message),
  ]);
});

describe('what a GitOps tool is told to leave alone', () => {
  const ruleFor = async (
    labels: Record<string, string>,
    change: Change = {},
  ) => {
    const { preflight: found } = await preflight({
      ...change,
      cluster: each => {
        annotated('labels', labels)(each);
        change.cluster?.(each);
      },
    });
    return found.checks.find(({ code }) => code === 'gitops')!.detail!;
  };
  const argo = { 'argocd.argoproj.io/instance': 'chat' };

  it('is the weights, of Argo CD', async () => {
    const { spec } = parse(
      await ruleFor(argo, { cluster: each => each.setWeights(90, 10) }),
    );
    expect(spec).toEqual({
      ignoreDifferences: [
        {
          group: 'networking.istio.io',
          kind: 'VirtualService',
          name: 'chat',
          namespace: 'ai',
          jqPathExpressions: [
            '.spec.http[]?.route[]?.weight',
            '.metadata.annotations["ai-mesh.io/canary"]',
          ],
        },
      ],
      syncPolicy: { syncOptions: ['RespectIgnoreDifferences=true'] },
    });
  });

  it.each<[string, Change]>([
    ['the canary’s destination comes and goes', {}],
    [
      'a header phase’s rule comes and goes',
      {
        cluster: each => each.setWeights(100, 0),
        plan: {
          headerPhase: { headers: [{ name: 'x-testing', value: 'true' }] },
        },
      },
    ],
    [
      'the rule and the cookie of an affinity come and go',
      {
        cluster: each => each.setWeights(90, 10),
        plan: { affinity: { cookie: 'canary' } },
      },
    ],
  ])('is all of the rules where %s', async (_, change) => {
    expect(await ruleFor(argo, change)).toContain('- .spec.http\n');
  });

  it('is the object, of a Kustomization of Flux', async () => {
    expect(
      await ruleFor({ 'kustomize.toolkit.fluxcd.io/name': 'chat' }),
    ).toMatch(
      /kubectl annotate virtualservice\.networking\.istio\.io chat .*reconcile=disabled.*reconcile-/s,
    );
  });

  it('is the rules, of a HelmRelease of Flux', async () => {
    const { spec } = parse(
      await ruleFor({ 'helm.toolkit.fluxcd.io/name': 'chat' }),
    );
    expect(spec.driftDetection.ignore).toEqual([
      {
        paths: ['/spec/http', '/metadata/annotations/ai-mesh.io~1canary'],
        target: { kind: 'VirtualService', name: 'chat', namespace: 'ai' },
      },
    ]);
  });
});

it('shows the cluster’s refusal word for word', async () => {
  const { preflight: found } = await preflight({
    cluster: each => {
      each.trouble = 'refuses';
    },
  });
  expect(found.checks.find(({ code }) => code === 'dry-run')?.detail).toBe(
    'A webhook says no.',
  );
});

it.each<[string, number, Change['cluster'], RegExp[]]>([
  ['more than half', 60, undefined, [/gives the canary 60% at once: more/]],
  ['half', 50, undefined, []],
  ['more than half again', 60, each => each.setWeights(45, 55), []],
  [
    'half of what others leave',
    50,
    each =>
      each.edit('VirtualService', 'chat', object => {
        const http = object.spec?.http as { route: object[] }[];
        http[1].route = [
          { destination: { host: 'chat', subset: 'v1' }, weight: 80 },
          { destination: { host: 'other' }, weight: 20 },
        ];
      }),
    [/ends at 80%/, /gives the canary 50% at once: more/],
  ],
])(
  'says of a first step of %s whether half is earned',
  async (_, initialWeight, cluster, messages) => {
    const { preflight: found } = await preflight({
      cluster,
      plan: { initialWeight },
    });
    expect(
      outcome(found.checks, 'warns').filter(message =>
        message.startsWith('present-weight'),
      ),
    ).toEqual(messages.map(message => expect.stringMatching(message)));
  },
);

it('warns of no first step that a header phase comes before', async () => {
  const { preflight: found } = await preflight({
    plan: {
      initialWeight: 60,
      headerPhase: { headers: [{ name: 'x-user', prefix: 'test-' }] },
    },
  });
  expect(
    outcome(found.checks, 'warns').filter(message =>
      message.startsWith('present-weight'),
    ),
  ).toEqual([]);
});

it('ends below the target where others keep their share', async () => {
  const { preflight: found } = await preflight({
    cluster: each =>
      each.edit('VirtualService', 'chat', object => {
        const http = object.spec?.http as { route: object[] }[];
        http[1].route = [
          { destination: { host: 'chat', subset: 'v1' }, weight: 80 },
          { destination: { host: 'other' }, weight: 20 },
        ];
      }),
  });
  expect(found.steps.at(-1)).toBe(80);
  expect(outcome(found.checks, 'warns')).toEqual([
    expect.stringMatching(/^present-weight: .*ends at 80%, not 100%/),
  ]);
});

describe('a Prometheus that other clusters share', () => {
  const shared = (series: string): CanaryCluster['prometheus'] => ({
    series,
    query: async promql => ({
      promql,
      samples: [
        {
          labels: { reporter: 'source', source_workload: 'web' },
          timestamp: at.getTime() / 1000,
          value: 1,
        },
      ],
      warnings: [],
      observedAt: at,
    }),
    queryRange: async () => {
      throw new Error('not asked');
    },
  });

  it.each([
    ['the same series', 'all', 1],
    ['others, by labels of their own', 'labelled', 0],
  ])('is warned of where they are %s', async (_, series, warnings) => {
    const { preflight: found } = await preflight({
      cluster: each => {
        Object.assign(each, { prometheus: shared('all') });
      },
      others: each => [
        {
          name: 'west',
          snapshots: each.snapshots,
          prometheus: shared(series),
        },
      ],
    });
    expect(
      outcome(found.checks, 'warns').filter(one =>
        one.startsWith(
          "metrics: 'demo' and 'west' are read from one Prometheus",
        ),
      ),
    ).toHaveLength(warnings);
  });
});

describe("what is expected at today's traffic", () => {
  const traffic =
    (requestsPerSecond: number, stableErrorRatio = 0) =>
    (cluster: FakeCluster) =>
      Object.assign(cluster.prometheus, {
        requestsPerSecond,
        stableErrorRatio,
      });
  const power = async (change: Change) => {
    const { preflight: found } = await preflight(change);
    const { outlook } = found;
    return {
      checks: found.checks.filter(({ code }) => code === 'decision-power'),
      outlook: outlook?.status === 'known' ? outlook.value : outlook,
    };
  };

  it('is said of the plan and of every preset', async () => {
    const fast = canaryPlanSchema.parse({
      steps: [50, 100],
      intervalSeconds: 20,
    });
    const { checks, outlook } = await power({
      cluster: traffic(40, 0.002),
      subject: { presets: [{ name: 'fast', plan: fast }] },
    });
    expect(checks).toMatchObject([{ outcome: 'ok' }]);
    expect(outlook).toMatchObject({
      traffic: {
        requestsPerSecond: 40,
        errorRatio: expect.closeTo(0.002),
      },
      plan: {
        noWorse: {
          outcome: 'promoted',
          seconds: expect.closeTo(3300),
          percent: 100,
        },
        failing: {
          outcome: 'rolledBack',
          errorRatio: expect.closeTo(0.15),
          percent: 5,
        },
        worse: { outcome: 'rolledBack', errorRatio: expect.closeTo(0.022) },
      },
      presets: [{ name: 'fast', power: { noWorse: { outcome: 'promoted' } } }],
    });
    // Four scrapes are the least of a step, whatever the preset says.
    const [{ power: fastPower }] = (outlook as CanaryOutlook).presets;
    expect(fastPower?.noWorse.seconds).toBeGreaterThanOrEqual(
      2 * shortestWindowSeconds(new FakeCluster()),
    );
  });

  it('takes longer for a canary that shares its error with those of other clusters', async () => {
    const worse = async (subject: Partial<PreflightSubject>) =>
      (
        (await power({ cluster: traffic(40, 0.002), subject }))
          .outlook as CanaryOutlook
      ).plan!.worse.seconds;
    const clusters = ['demo', 'east', 'west', 'north', 'south'];
    expect(await worse({ group: { clusters } })).toBeGreaterThan(
      await worse({}),
    );
  });

  it.each([
    [20_000, 'promoted'],
    [20, 'held'],
  ])(
    'is of the ratings too: of %d in half an hour',
    async (ratings, outcomeOf) => {
      const { outlook } = await power({
        cluster: cluster => {
          traffic(40, 0.002)(cluster);
          const { prometheus } = cluster;
          const query = prometheus.query.bind(prometheus);
          const ask = async (...asked: Parameters<typeof query>) => {
            const answer = await query(...asked);
            const rated = (role: QualityRole, value: number) => ({
              labels: {
                canary_part: qualityPart('votes', role, 0),
                canary_version: 'stable',
              },
              value,
              timestamp: 0,
            });
            return {
              ...answer,
              samples: asked[0].includes('votes_total')
                ? [
                    ...answer.samples,
                    rated('all', ratings),
                    rated('bad', ratings / 20),
                  ]
                : answer.samples,
            };
          };
          Object.assign(prometheus, { query: ask, now: () => new Date() });
        },
        plan: { qualityGates: ['votes'] },
        gates: gatesOfEveryKind(),
      });
      expect(outlook).toMatchObject({
        plan: { noWorse: { outcome: outcomeOf } },
      });
    },
  );

  it('knows the whole from the share that the stable version has of it', async () => {
    const { outlook } = await power({
      cluster: cluster => {
        traffic(10)(cluster);
        rule({
          route: [
            { destination: { host: 'chat', subset: 'v1' }, weight: 50 },
            { destination: { host: 'chat', subset: 'v2' }, weight: 50 },
          ],
        })(cluster);
      },
    });
    expect(outlook).toMatchObject({ traffic: { requestsPerSecond: 20 } });
  });

  it.each([
    ['traffic that can never decide', traffic(0.05), {}, /paused at 5%/],
    ['a service that is ill', traffic(40, 0.08), {}, /paused at 5%/],
    [
      'a plan that is blind to what is worse',
      traffic(1, 0),
      {
        plan: {
          steps: [10, 30],
          intervalSeconds: 60,
          gates: { errorRate: { rollBackAbove: 0.3, advanceBelow: 0.2 } },
        },
      },
      /would be promoted all the same/,
    ],
    ['no traffic at all', traffic(0), {}, /not known \(no-traffic\)/],
  ])('warns of %s', async (_, cluster, change, message) => {
    const { checks } = await power({ cluster, ...change });
    expect(checks).toMatchObject([
      { outcome: 'warns', message: expect.stringMatching(message) },
    ]);
  });

  it('says nothing where the error rate is no gate', async () => {
    const { checks, outlook } = await power({
      plan: { gates: { errorRate: { enabled: false } } },
    });
    expect(checks).toEqual([]);
    expect(outlook).not.toHaveProperty('plan');
  });

  it('is unknown where Prometheus is away', async () => {
    const { outlook } = await power({
      cluster: cluster => {
        cluster.prometheus.trouble = 'away';
      },
    });
    expect(outlook).toMatchObject({
      status: 'unknown',
      reason: 'source-unreachable',
    });
  });
});
