import { inEnglish } from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotFromYaml } from '../../kubernetes/__testUtils__/snapshotFromYaml';
import { versionSeries, whyIndistinct } from './VersionSeries';

const host = 'chat.ai.svc.cluster.local';

function whyInEnglish(...asked: Parameters<typeof whyIndistinct>) {
  const words = whyIndistinct(...asked);
  return words && inEnglish(words);
}

/** A pod, by `name labels owner`. */
const pod = ([name, labels, owner]: string[]) => `
apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  namespace: ai
  generateName: ${name}
  labels: { app: chat, ${labels} }
  ${owner ? `ownerReferences: [{ kind: ${owner.split(' ')[0]}, name: ${owner.split(' ')[1]}, controller: true }]` : ''}
spec: { containers: [{ name: chat }] }
---`;

function snapshot(subsets: Record<string, string>, pods: string[][]) {
  return snapshotFromYaml(`
apiVersion: v1
kind: Service
metadata: { name: chat, namespace: ai }
spec: { selector: { app: chat } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: chat, namespace: ai }
spec:
  host: chat
  subsets: ${JSON.stringify(
    Object.entries(subsets).map(([name, labels]) => ({
      name,
      labels: Object.fromEntries(
        labels.split(', ').map(pair => pair.split(': ')),
      ),
    })),
  )}
---
${pods.map(pod).join('')}`);
}

const told = (
  subsets: Record<string, string>,
  pods: string[][],
): (string | undefined)[] =>
  ['stable', 'canary'].map(subset => {
    const { requests } = versionSeries(snapshot(subsets, pods), {
      host,
      subset,
    });
    return requests.status === 'known'
      ? String(requests.value.at(-1))
      : requests.message;
  });

const byVersion = { stable: 'version: v1', canary: 'version: v2' };
const byTrack = { stable: 'track: stable', canary: 'track: canary' };

describe('versionSeries', () => {
  it.each<[string, Record<string, string>, string[][], string[]]>([
    [
      'the version, where it is the canonical revision too',
      byVersion,
      [
        ['a', 'version: v1', 'StatefulSet chat-v1'],
        ['b', 'version: v2', 'StatefulSet chat-v2'],
      ],
      ['destination_version="v1"', 'destination_version="v2"'],
    ],
    [
      'the version or the canonical revision, whichever is reported',
      byVersion,
      [
        ['a', 'version: v1, app.kubernetes.io/version: 1.4.0'],
        ['b', 'version: v2, app.kubernetes.io/version: 1.5.0'],
      ],
      [
        'destination_version=~"1\\\\.4\\\\.0|v1"',
        'destination_version=~"1\\\\.5\\\\.0|v2"',
      ],
    ],
    [
      'the workload, where the canonical revision is one and the same',
      byVersion,
      [
        ['a', 'version: v1, app.kubernetes.io/version: 1.5.0', 'DaemonSet one'],
        ['b', 'version: v2, app.kubernetes.io/version: 1.5.0', 'DaemonSet two'],
      ],
      ['destination_workload="one"', 'destination_workload="two"'],
    ],
    [
      'the workload of an Argo Rollout, without its kind',
      byTrack,
      [
        [
          'a',
          'track: stable, rollouts-pod-template-hash: 6f8',
          'ReplicaSet one-6f8',
        ],
        [
          'b',
          'track: canary, rollouts-pod-template-hash: 7a1',
          'ReplicaSet two-7a1',
        ],
      ],
      ['destination_workload="one"', 'destination_workload="two"'],
    ],
    [
      'the pod that nothing controls',
      byTrack,
      [
        ['a', 'track: stable'],
        ['b', 'track: canary'],
      ],
      ['destination_workload="a"', 'destination_workload="b"'],
    ],
    [
      'the name that a label gives the workload',
      byTrack,
      [
        ['a', 'track: stable', 'DaemonSet one'],
        [
          'b',
          'track: canary, service.istio.io/workload-name: new',
          'DaemonSet two',
        ],
      ],
      ['destination_workload="one"', 'destination_workload="new"'],
    ],
    [
      'the canonical revision, where one workload runs both',
      byTrack,
      [
        [
          'a',
          'track: stable, service.istio.io/canonical-revision: r1',
          'CloneSet chat',
        ],
        [
          'b',
          'track: canary, service.istio.io/canonical-revision: r2',
          'CloneSet chat',
        ],
      ],
      [
        'destination_canonical_revision="r1"',
        'destination_canonical_revision="r2"',
      ],
    ],
    [
      'the workload, where a third one carries the same version',
      { stable: 'version: v1', canary: 'version: v2, track: canary' },
      [
        ['a', 'version: v1', 'DaemonSet one'],
        ['b', 'version: v2, track: canary', 'DaemonSet two'],
        ['c', 'version: v2, track: trial', 'DaemonSet three'],
      ],
      ['destination_version="v1"', 'destination_workload="two"'],
    ],
    [
      'the version that they are selected by, where no pod is seen',
      byVersion,
      [],
      ['destination_version="v1"', 'destination_version="v2"'],
    ],
  ])('tells versions apart by %s', (_, subsets, pods, expected) => {
    expect(told(subsets, pods)).toEqual(expected);
    expect(
      whyInEnglish(
        snapshot(subsets, pods),
        { host, subset: 'stable' },
        { host, subset: 'canary' },
      ),
    ).toBeUndefined();
  });

  it('says where no metric tells them apart', () => {
    const pods = [
      ['a', 'version: v1, track: stable', 'DaemonSet chat'],
      ['b', 'version: v1, track: canary', 'DaemonSet chat'],
    ];
    expect(told(byTrack, pods)).toEqual([
      expect.stringMatching(/Metrics cannot tell the subset stable .* apart/),
      expect.stringMatching(/Metrics cannot tell the subset canary .* apart/),
    ]);
    const { pods: own } = versionSeries(snapshot(byTrack, pods), {
      host,
      subset: 'canary',
    });
    expect(own).toMatchObject({ status: 'unknown', reason: 'no-such-label' });
  });
});

describe('the pods whose AI metrics are a version’s', () => {
  it.each([
    [
      'a Deployment',
      'pod-template-hash: 7d9',
      'ReplicaSet two-7d9',
      'two-7d9-x2v5k',
    ],
    [
      'an Argo Rollout',
      'rollouts-pod-template-hash: 6f8',
      'ReplicaSet two-6f8',
      'two-6f8-x2v5k',
    ],
    ['a StatefulSet', '', 'StatefulSet two', 'two-0'],
    ['a DaemonSet', '', 'DaemonSet two', 'two-x2v5k'],
    ['a Job', '', 'Job two', 'two-x2v5k'],
    ['a controller that nobody knows', '', 'CloneSet two', 'two-x2v5k'],
    ['nobody', '', '', 'two'],
  ])('are those of %s', (_, labels, owner, name) => {
    const { pods } = versionSeries(
      snapshot(byTrack, [
        ['one', 'track: stable', 'StatefulSet one'],
        ['two', ['track: canary', labels].filter(Boolean).join(', '), owner],
      ]),
      { host, subset: 'canary' },
    );
    const [, pattern] = /pod=~("[^"]*")/.exec(
      pods.status === 'known' ? String(pods.value) : pods.message!,
    )!;
    const isTheirs = new RegExp(`^(?:${JSON.parse(pattern)})$`);
    expect(isTheirs.test(name)).toBe(true);
    expect(isTheirs.test('one-0')).toBe(false);
    expect(isTheirs.test(`other-${name}`)).toBe(false);
  });
});

describe('whyIndistinct', () => {
  const pods = [
    ['a', 'version: v1', 'DaemonSet one'],
    ['b', 'version: v2', 'DaemonSet two'],
  ];

  it.each([
    ['a subset of the other', { stable: 'app: chat', canary: 'version: v2' }],
    ['the other', { stable: 'version: v2', canary: 'version: v2' }],
  ])('names what is in both, where one version is %s', (_, subsets) => {
    expect(
      whyInEnglish(
        snapshot(subsets, pods),
        { host, subset: 'stable' },
        { host, subset: 'canary' },
      ),
    ).toContain('DaemonSet two carries the labels of both');
  });

  it('counts a host without a subset as all of its pods', () => {
    expect(
      whyInEnglish(
        snapshot(byVersion, pods),
        { host },
        { host, subset: 'canary' },
      ),
    ).toContain('DaemonSet two carries the labels of both');
  });

  it('takes two Services for two versions', () => {
    expect(
      whyInEnglish(
        snapshot(byVersion, pods),
        { host },
        { host: 'chat-v2.ai.svc.cluster.local' },
      ),
    ).toBeUndefined();
  });
});

describe('the series of an InferencePool', () => {
  const pool = (name: string, version: string) => `
apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: { name: ${name}, namespace: ai }
spec: { selector: { matchLabels: { app: llm, version: ${version} } } }
---`;
  const servers = ['v1', 'v2']
    .map(
      version => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: llm-${version}, namespace: ai }
spec: { template: { metadata: { labels: { app: llm, version: ${version} } } } }
---
apiVersion: v1
kind: Pod
metadata: { name: llm-${version}-abc-12345, namespace: ai, labels: { app: llm, version: ${version} } }
spec: { containers: [{ name: vllm }] }
status: { ready: true }
---`,
    )
    .join('');
  const version = (name: string) => ({ host: `InferencePool:${name}.ai` });

  it('are those of the Service that Istio keeps for it, and of its pods', () => {
    const series = versionSeries(
      snapshotFromYaml(servers + pool('one', 'v1')),
      version('one'),
    );
    expect(series).toMatchObject({
      requests: { status: 'known' },
      endpoints: { status: 'known', value: { ready: 1, total: 1 } },
      workloads: [{ object: { metadata: { name: 'llm-v1' } } }],
    });
    expect(String(series.service)).toMatch(
      /^destination_service_name="one-ip-[0-9a-f]{8}",destination_service_namespace="ai"$/,
    );
    expect(
      series.pods.status === 'known' && String(series.pods.value),
    ).toContain('llm-v1-');
  });

  it('are not known of one that is gone', () => {
    expect(
      versionSeries(snapshotFromYaml(servers), version('one')),
    ).toMatchObject({
      requests: {
        status: 'unknown',
        message: 'There is no InferencePool ai/one.',
      },
      endpoints: { status: 'unknown' },
    });
  });

  it.each([
    ['v2', undefined],
    [
      'v1',
      'Requests to the two versions cannot be told apart: Pod llm-v1-abc-12345 carries the labels of both.',
    ],
  ])(
    'of another with %s are told apart unless pods are in both',
    (labels, why) => {
      expect(
        whyInEnglish(
          snapshotFromYaml(servers + pool('one', 'v1') + pool('two', labels)),
          version('one'),
          version('two'),
        ),
      ).toBe(why);
    },
  );
});
