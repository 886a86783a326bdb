import { known, topologySchema } from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotOf } from '../kubernetes/__testUtils__/snapshotOf';
import type { KubernetesObject, MeshKind } from '../kubernetes/kinds';
import type { ClusterTarget } from '../target/Target';
import { clusterTargetOf, targetOf } from '../target/__testUtils__/targetOf';
import type { RateRow } from '../telemetry';
import { now, request } from './__testUtils__/chatWorld';
import {
  FakePrometheus,
  type FakeSeries,
} from './__testUtils__/FakePrometheus';
import { meshObjects } from './__testUtils__/meshObjects';
import { bothReport, bucketRows, requestRow } from './__testUtils__/meshRows';
import { TopologyService } from './TopologyService';

const chat = { namespace: 'ai', name: 'chat' };
const objects = meshObjects(
  [
    { name: 'orchestrator', app: 'orchestrator' },
    { name: 'chat-v1', app: 'chat', version: 'v1' },
    { name: 'ingress', app: 'ingress' },
  ],
  ['orchestrator', 'chat', 'ingress'],
);

function on(
  cluster: string,
  series: FakeSeries,
  more: Partial<Record<MeshKind, KubernetesObject[]>> = {},
): ClusterTarget {
  return clusterTargetOf(
    snapshotOf({ ...objects, ...more }, { cluster }),
    [chat],
    new FakePrometheus(series),
  );
}

async function topologyOf(
  clusters: ClusterTarget[],
  ...alsoConfigured: ClusterTarget[]
) {
  const target = targetOf(...clusters);
  return topologySchema.parse(
    await new TopologyService().topology(
      {
        ...target,
        searched: [...target.searched, ...alsoConfigured],
      },
      request,
      { now },
    ),
  );
}

const call = { from: 'orchestrator', to: 'chat', by: 'chat-v1', version: 'v1' };
/** What the cluster east sees of the callers in two clusters. */
const seenInEast = [
  ...bothReport({
    ...call,
    fromCluster: 'east',
    toCluster: 'east',
    rate: 1,
  }),
  requestRow('destination', {
    ...call,
    fromCluster: 'west',
    toCluster: 'east',
    code: '503',
    rate: 3,
  }),
];
const series = {
  requests: seenInEast,
  buckets: seenInEast.flatMap(row => bucketRows(row, 1000)),
};

describe('the topology of several clusters', () => {
  it('shows a caller of another configured cluster as the node that it is there', async () => {
    const { nodes, edges } = await topologyOf(
      [on('east', series)],
      on('west', {}),
    );
    expect(nodes.map(({ id, relation }) => [id, relation])).toEqual([
      ['east/ai/chat', 'own'],
      ['west/ai/orchestrator', 'caller'],
      ['east/ai/orchestrator', 'caller'],
    ]);
    const [own, west] = nodes;
    expect(own.traffic.requestsPerSecond).toEqual(known(4));
    expect(own.traffic.errorRatio).toEqual(known(0.75));
    expect(own.traffic.p99.status).toBe('known');
    expect(west.endpoints).toEqual(known({ ready: 1, total: 1 }));
    expect(
      edges.map(({ source, target, reporter }) => [source, target, reporter]),
    ).toEqual(
      expect.arrayContaining([
        ['east/ai/orchestrator', 'east/ai/chat', 'source'],
        ['west/ai/orchestrator', 'east/ai/chat', 'destination'],
      ]),
    );
    expect(edges).toHaveLength(2);
  });

  it('names the cluster of a caller where nobody configured it', async () => {
    const { nodes } = await topologyOf([on('east', series)]);
    const [, caller] = nodes;
    expect(caller).toMatchObject({
      kind: 'workload',
      cluster: 'west',
      namespace: 'ai',
      name: 'orchestrator',
      proxy: 'unknown',
    });
    expect(nodes[0].traffic.requestsPerSecond).toEqual(known(4));
  });

  const seenInWest: RateRow[] = [
    ...bothReport({
      ...call,
      fromCluster: 'west',
      toCluster: 'west',
      rate: 5,
    }),
    requestRow('source', {
      ...call,
      fromCluster: 'west',
      toCluster: 'east',
      code: '503',
      rate: 3,
    }),
    // Reached nobody, who would have told.
    requestRow('source', {
      from: call.from,
      to: call.to,
      fromCluster: 'west',
      code: '503',
      flags: 'UH',
      rate: 1,
    }),
  ];

  it.each([
    ['a Prometheus of its own for each', seenInEast, seenInWest],
    [
      'one Prometheus for both',
      [...seenInEast, ...seenInWest],
      [...seenInEast, ...seenInWest],
    ],
  ])(
    'makes one graph, in which a call between clusters is one edge, with %s',
    async (_, east, west) => {
      const { nodes, edges } = await topologyOf([
        on('east', { requests: east }),
        on('west', { requests: west }),
      ]);
      expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
      expect(
        Object.fromEntries(
          edges.map(({ id, reporter, traffic }) => [
            id,
            [reporter, traffic.requestsPerSecond],
          ]),
        ),
      ).toEqual({
        'east/ai/orchestrator -> east/ai/chat': ['source', known(1)],
        'west/ai/orchestrator -> east/ai/chat': ['source', known(3)],
        'west/ai/orchestrator -> west/ai/chat': ['source', known(6)],
      });
    },
  );

  it('takes metrics without clusters for the asked one’s, as older meshes have them', async () => {
    const { nodes, edges } = await topologyOf(
      [on('east', { requests: bothReport({ ...call, rate: 2 }) })],
      on('west', {}),
    );
    expect(nodes.map(({ id }) => id)).toEqual([
      'east/ai/chat',
      'east/ai/orchestrator',
    ]);
    expect(edges).toHaveLength(1);
  });
});

describe('a call between its real ends', () => {
  const labelled = (row: RateRow, labels: Record<string, string>): RateRow => ({
    ...row,
    labels: { ...row.labels, ...labels },
  });
  const around = (service: string) => ({
    destination_service: service,
    destination_service_name: service,
    destination_service_namespace: 'unknown',
  });

  it('is one to the service where it went by address', async () => {
    const [sent, got] = bothReport({ ...call, rate: 1 });
    const { nodes, edges } = await topologyOf([
      on('east', {
        requests: [
          ...bothReport({ ...call, rate: 5 }),
          labelled(sent, around('PassthroughCluster')),
          labelled(got, around('InboundPassthroughCluster')),
        ],
      }),
    ]);
    expect(nodes).toHaveLength(2);
    expect(edges).toHaveLength(1);
    expect(edges[0].traffic.requestsPerSecond).toEqual(known(6));
  });

  const tcp = (row: RateRow): RateRow =>
    labelled(row, { tcp_metric: 'opened', request_protocol: 'tcp' });
  const ambient = {
    Deployment: [
      ...objects.Deployment,
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { namespace: 'ai', name: 'l7' },
        spec: {
          template: {
            metadata: {
              labels: {
                'gateway.istio.io/managed': 'istio.io-mesh-controller',
              },
            },
          },
        },
      },
    ],
  };

  it.each([1, 2])(
    'counts requests at %d waypoints, and no connection of the ztunnels beside them',
    async waypoints => {
      const all = Array.from({ length: waypoints }, () =>
        requestRow('waypoint', { ...call, rate: 4 }),
      );
      const { nodes, edges } = await topologyOf([
        on(
          'east',
          {
            requests: all,
            tcp: [
              tcp(requestRow('source', { ...call, by: 'l7', rate: 4 })),
              tcp(requestRow('destination', { ...call, from: 'l7', rate: 4 })),
            ],
          },
          ambient,
        ),
      ]);
      expect(nodes.map(({ id }) => id)).toEqual([
        'east/ai/chat',
        'east/ai/orchestrator',
      ]);
      expect(edges).toMatchObject([
        {
          source: 'east/ai/orchestrator',
          target: 'east/ai/chat',
          reporter: 'waypoint',
          protocol: 'http',
          traffic: { requestsPerSecond: known(4 * waypoints) },
        },
      ]);
      expect(edges[0].tcp).toBeUndefined();
    },
  );

  it('is a connection where ztunnels alone saw it', async () => {
    const { edges } = await topologyOf([
      on('east', {
        requests: [],
        tcp: [...bothReport({ ...call, rate: 2 }).map(tcp)],
      }),
    ]);
    // Nobody was seen to call by requests, and connections are asked for in any case.
    expect(edges).toMatchObject([
      {
        protocol: 'tcp',
        reporter: 'source',
        tcp: { connectionsOpenedPerSecond: known(2) },
      },
    ]);
  });

  it('makes no member of a gateway that stands before the service, and no call to itself', async () => {
    const { edges } = await topologyOf([
      on('east', {
        requests: [
          ...bothReport({
            from: 'ingress',
            to: 'chat',
            by: 'chat-v1',
            rate: 2,
          }),
          // From outside: the gateway is where the mesh begins.
          requestRow('source', { ...call, by: 'ingress', rate: 1 }),
        ],
      }),
    ]);
    expect(edges.map(({ id }) => id).sort()).toEqual([
      'east/ai/ingress -> east/ai/chat',
      'east/ai/orchestrator -> east/ai/chat',
    ]);
  });

  it('is one to itself where it calls itself', async () => {
    const { edges } = await topologyOf([
      on('east', {
        requests: bothReport({ ...call, from: 'chat-v1', rate: 2 }),
      }),
    ]);
    expect(edges.map(({ id }) => id)).toEqual(['east/ai/chat -> east/ai/chat']);
  });
});
