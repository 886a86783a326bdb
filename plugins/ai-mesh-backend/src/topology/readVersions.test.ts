import { known, type TopologyVersion } from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotFromYaml } from '../kubernetes/__testUtils__/snapshotFromYaml';
import type { RateRow } from '../telemetry';
import { requestRow } from './__testUtils__/meshRows';
import { readVersions } from './readVersions';

/** A ready pod, by its name, labels and owner. */
const pod = ([name, labels, owner]: string[]) => `
apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  namespace: ai
  generateName: ${name}
  labels: { app: chat${labels && `, ${labels}`} }
  ${owner ? `ownerReferences: [{ kind: ${owner.split(' ')[0]}, name: ${owner.split(' ')[1]}, controller: true }]` : ''}
spec: { containers: [{ name: chat }] }
---`;

function versions(pods: string[][], rows: RateRow[]): TopologyVersion[] {
  const snapshot = snapshotFromYaml(`
apiVersion: v1
kind: Service
metadata: { name: chat, namespace: ai }
spec: { selector: { app: chat } }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: chat, namespace: ai, labels: { kubernetes.io/service-name: chat } }
endpoints:
${pods.map(([name]) => `  - { addresses: [10.0.0.1], targetRef: { kind: Pod, name: ${name} } }`).join('\n')}
---
${pods.map(pod).join('')}`);
  return readVersions(
    snapshot,
    { namespace: 'ai', name: 'chat' },
    { requests: known(rows), buckets: [], latency: known([]) },
    300,
  );
}

/** `name workloads ready requests/s` of each version. */
const brief = (found: TopologyVersion[]) =>
  found.map(({ name, workloads, endpoints, traffic }) =>
    [
      name || '(none)',
      workloads.map(each => `${each.kind} ${each.name}`).join('+') || '-',
      endpoints.status === 'known' ? endpoints.value.ready : endpoints.reason,
      traffic.requestsPerSecond.status === 'known'
        ? traffic.requestsPerSecond.value
        : traffic.requestsPerSecond.reason,
    ].join(' | '),
  );

const waypoint = (version: string, by: string, rate = 1) =>
  requestRow('waypoint', { from: 'web', to: 'chat', version, by, rate });

const without = (row: RateRow, label: string): RateRow => {
  const { [label]: _, ...labels } = row.labels;
  return { ...row, labels };
};

const v1 = [
  'a',
  'version: v1, app.kubernetes.io/version: 1.4.0',
  'DaemonSet one',
];
const v2 = [
  'b',
  'version: v2, app.kubernetes.io/version: 1.5.0',
  'DaemonSet two',
];

describe('readVersions', () => {
  it.each<[string, string[][], RateRow[], string[]]>([
    [
      'a canonical revision that ambient reports is the version with that label',
      [v2],
      [waypoint('1.5.0', 'two')],
      ['v2 | DaemonSet two | 1 | 1'],
    ],
    [
      'so is the label that sidecars report, and both are one',
      [v1, v2],
      [
        waypoint('1.5.0', 'two', 3),
        waypoint('v2', 'two', 2),
        waypoint('v1', 'one'),
      ],
      ['v1 | DaemonSet one | 1 | 1', 'v2 | DaemonSet two | 1 | 5'],
    ],
    [
      'a revision that two versions share is told by the workload',
      [
        ['a', 'version: v1, app.kubernetes.io/version: 1.5.0', 'DaemonSet one'],
        ['b', 'version: v2, app.kubernetes.io/version: 1.5.0', 'DaemonSet two'],
      ],
      [waypoint('1.5.0', 'one', 9), waypoint('1.5.0', 'two', 1)],
      ['v1 | DaemonSet one | 1 | 9', 'v2 | DaemonSet two | 1 | 1'],
    ],
    [
      'pods that only Kubernetes’ own label tells the version of have that one',
      [['a', 'app.kubernetes.io/version: 1.5.0', 'DaemonSet one']],
      [waypoint('1.5.0', 'one', 2), waypoint('unknown', 'one', 1)],
      ['1.5.0 | DaemonSet one | 1 | 3'],
    ],
    [
      'pods that no label tells the version of are one version, however they are reported',
      [['a', '', 'DaemonSet one']],
      [waypoint('latest', 'one', 2), waypoint('unknown', 'one', 1)],
      ['(none) | DaemonSet one | 1 | 3'],
    ],
    [
      'a version that no pod has any more keeps its name',
      [v2],
      [waypoint('v1', 'one', 2), waypoint('v2', 'two', 1)],
      ['v1 | - | 0 | 2', 'v2 | DaemonSet two | 1 | 1'],
    ],
    [
      'a gateway that answers for the service is no version of it',
      [v1],
      [
        waypoint('v1', 'one', 2),
        waypoint('unknown', 'istio-eastwestgateway', 1),
        waypoint('latest', 'istio-ingressgateway', 1),
      ],
      ['v1 | DaemonSet one | 1 | 2'],
    ],
    [
      'without the label version, workloads tell',
      [v1, v2],
      [
        without(waypoint('v1', 'one', 2), 'destination_version'),
        without(waypoint('v2', 'two', 1), 'destination_version'),
      ],
      ['v1 | DaemonSet one | 1 | 2', 'v2 | DaemonSet two | 1 | 1'],
    ],
    [
      'a Rollout, a Job, a pod without owner and one that owns itself are workloads',
      [
        [
          'a',
          'version: v1, rollouts-pod-template-hash: 6f8',
          'ReplicaSet roll-6f8',
        ],
        ['b', 'version: v2', 'Job fill'],
        ['c', 'version: v3', ''],
        ['d', 'version: v4', 'Pod d'],
      ],
      [],
      [
        'v1 | Rollout roll | 1 | not-exported',
        'v2 | Job fill | 1 | not-exported',
        'v3 | Pod c | 1 | not-exported',
        'v4 | Pod d | 1 | not-exported',
      ],
    ],
  ])('%s', (_, pods, rows, expected) => {
    expect(brief(versions(pods, rows))).toEqual(expected);
  });
});
