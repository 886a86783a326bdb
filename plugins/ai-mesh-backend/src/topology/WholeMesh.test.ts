import {
  inEnglish,
  known,
  unknown,
  wording,
  wordsOf,
} from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotFromYaml } from '../kubernetes/__testUtils__/snapshotFromYaml';
import type { MeshCluster } from '../target/MeshClusters';
import {
  ReceivedTraffic,
  type MeshTable,
  type RateRow,
  type ReceivedAnswer,
} from '../telemetry';
import {
  afterWaypointFailed,
  waypointMesh,
} from './__testUtils__/waypointMesh';
import { WholeMesh } from './WholeMesh';

const tooLarge = unknown('not-configured', 'It is too large.');
const away = unknown('source-unreachable', 'It is away.');

const chat = (cluster: string) => ({ cluster, namespace: 'ai', name: 'chat' });

const rowsOf = (...rows: [Record<string, string>, number][]) =>
  rows.map(([labels, rate]): RateRow => ({
    labels: {
      reporter: 'source',
      source_workload: 'gateway',
      source_workload_namespace: 'ai',
      destination_service_name: 'chat',
      destination_service_namespace: 'ai',
      destination_service: 'chat.ai.svc.cluster.local',
      ...labels,
    },
    rate,
  }));

/** Its endpoints say nothing of its health. */
const withoutEndpoints =
  'apiVersion: v1\nkind: Service\nmetadata: { namespace: ai, name: chat }\nspec: { type: ExternalName }';

const latencies = (perSecond: number) =>
  known(rowsOf([{ le: '100' }, perSecond], [{ le: '+Inf' }, perSecond]));

/** A cluster of whose table calls, or latencies, may be missing. */
async function placeOf(
  name: string,
  table: Partial<MeshTable>,
  received?: Partial<ReceivedAnswer>,
  objects = '',
) {
  const nothing = known([]);
  return {
    cluster: { name, istioCluster: name } as MeshCluster,
    snapshot: snapshotFromYaml(objects, { cluster: name }),
    table: {
      requests: nothing,
      buckets: nothing,
      usual: nothing,
      tcp: nothing,
      lately: nothing,
      breakers: nothing,
      controlPlane: nothing,
      source: { name: 'prometheus', cluster: name, status: 'ok' },
      queries: [],
      ...table,
    } satisfies MeshTable,
    ...(received && {
      received: await ReceivedTraffic.of(
        [
          {
            namespaces: ['ai'],
            requests: nothing,
            buckets: nothing,
            ...received,
          },
        ],
        'Nobody asked.',
      ),
    }),
  };
}

const requests = rowsOf(
  [{ response_code: '200' }, 3],
  [{ response_code: '503' }, 1],
);
const answered = known(requests);

it.each([
  [
    'are left out',
    { usual: tooLarge, leftOut: 'latencies' },
    'so large a mesh',
  ],
  ['cannot be had', { usual: away }, 'It is away.'],
  ['are there', {}, undefined],
] as const)(
  'tells whether a service is slow only where usual latencies are known: they %s',
  async (_, table, why) => {
    const healthOf = async (code: string) => {
      const rows = rowsOf(
        [{ response_code: '200' }, 97],
        [{ response_code: code }, 3],
      );
      const mesh = await WholeMesh.of([
        await placeOf(
          'shop',
          { requests: known(rows), ...table },
          undefined,
          withoutEndpoints,
        ),
      ]);
      return mesh.stateOf([chat('shop')]).health;
    };
    for (const [code, status] of [
      ['200', 'healthy'],
      ['503', 'degraded'],
    ]) {
      const health = await healthOf(code);
      expect(health).toMatchObject({ status });
      expect(health.slownessNotKnown).toBe(why && true);
      expect(health.message).toMatch(
        why === undefined
          ? /failed\.$/
          : /failed\. Whether it is slow is not known/,
      );
      expect(health.message).toContain(why ?? '');
      expect(inEnglish(wordsOf(health))).toBe(health.message);
    }
  },
);

it('says nothing of slowness where a service fails anyway', async () => {
  const mesh = await WholeMesh.of([
    await placeOf('shop', { requests: answered, usual: tooLarge }),
  ]);
  const { health } = mesh.stateOf([chat('shop')]);
  expect(health.status).toBe('failing');
  expect(health).not.toHaveProperty('slownessNotKnown');
});

describe('what a service receives', () => {
  it('has its latencies by themselves where the table has calls alone', async () => {
    const mesh = await WholeMesh.of([
      await placeOf(
        'shop',
        { requests: answered, buckets: tooLarge },
        { buckets: latencies(4) },
      ),
    ]);
    const { traffic } = mesh.stateOf([chat('shop')]);
    expect(traffic.requestsPerSecond).toEqual(known(4));
    expect(traffic.errorRatio).toEqual(known(0.25));
    expect(traffic.p95).toMatchObject({ value: { upperBoundMs: 100 } });
    expect(mesh.whyNoCalls).toBeUndefined();
  });

  it('is known without a call, and so is how it came in', async () => {
    const calledSide = rowsOf(
      [{ received_part: 'called-side', connection_security_policy: 'none' }, 1],
      [
        {
          received_part: 'called-side',
          connection_security_policy: 'mutual_tls',
        },
        3,
      ],
    );
    const mesh = await WholeMesh.of([
      await placeOf(
        'shop',
        { requests: tooLarge, buckets: tooLarge },
        {
          requests: known([...requests, ...calledSide]),
          buckets: latencies(4),
        },
      ),
    ]);
    const { traffic, health, encryption } = mesh.stateOf([chat('shop')]);
    expect(traffic.requestsPerSecond).toEqual(known(4));
    expect(health.status).toBe('failing');
    expect(encryption).toMatchObject({ value: { share: 0.75 } });
    expect(mesh.whyNoCalls).toEqual(tooLarge);
    expect(await mesh.origins()).toEqual([]);
  });

  it.each([
    ['requests', { requests: away }, 'requestsPerSecond'],
    ['latencies', { requests: answered, buckets: away }, 'p95'],
  ] as const)('is unknown where its %s are', async (_, received, figure) => {
    const mesh = await WholeMesh.of([
      await placeOf(
        'shop',
        { requests: tooLarge, buckets: tooLarge },
        received,
      ),
    ]);
    const { traffic } = mesh.stateOf([chat('shop')]);
    expect(traffic[figure]).toMatchObject(away);
  });

  it('adds up over clusters of which one has no table of calls', async () => {
    const mesh = await WholeMesh.of([
      await placeOf('one', { requests: answered, buckets: latencies(4) }),
      await placeOf(
        'two',
        { requests: tooLarge, buckets: tooLarge },
        { requests: answered, buckets: latencies(4) },
      ),
    ]);
    const { traffic } = mesh.stateOf([chat('one'), chat('two')]);
    expect(traffic.requestsPerSecond).toEqual(known(8));
    expect(traffic.p95).toMatchObject({ status: 'known' });
    // Calls of one cluster are known.
    expect(mesh.whyNoCalls).toBeUndefined();
  });

  describe('of which one has no table of calls, and the other calls it', () => {
    const between = { source_cluster: 'two', destination_cluster: 'one' };
    const stateOf = async (...sent: [Record<string, string>, number][]) => {
      const mesh = await WholeMesh.of([
        await placeOf(
          'one',
          { requests: tooLarge, buckets: tooLarge },
          {
            requests: known(rowsOf([{ response_code: '200' }, 4])),
            buckets: known(
              rowsOf(
                [{ le: '100' }, 0],
                [{ le: '1000' }, 4],
                [{ le: '+Inf' }, 4],
              ),
            ),
          },
        ),
        await placeOf('two', {
          requests: known(rowsOf(...sent)),
          usual: known(
            rowsOf(
              [{ ...between, usual: 'hour-before', le: '1' }, 4],
              [{ ...between, usual: 'hour-before', le: '+Inf' }, 4],
            ),
          ),
        }),
      ]);
      return mesh.stateOf([chat('one')]);
    };

    it('counts each call once, and takes no caller’s usual latency for everybody’s', async () => {
      const { traffic, health } = await stateOf([
        { ...between, destination_workload: 'chat', response_code: '200' },
        4,
      ]);
      expect(traffic.requestsPerSecond).toEqual(known(4));
      expect(health.status).not.toBe('slow');
    });

    it('counts what the called side knows nothing of', async () => {
      const { traffic } = await stateOf([
        { ...between, response_code: '503', response_flags: 'UF,URX' },
        4,
      ]);
      expect(traffic.requestsPerSecond).toEqual(known(8));
      expect(traffic.errorRatio).toEqual(known(0.5));
    });
  });

  it('is TCP alone where nothing else was seen', async () => {
    const opened = { received_part: 'tcp', tcp_metric: 'opened' };
    const mesh = await WholeMesh.of([
      await placeOf(
        'shop',
        { requests: tooLarge, buckets: tooLarge },
        {
          requests: known(
            rowsOf([
              { ...opened, connection_security_policy: 'mutual_tls' },
              2,
            ]),
          ),
        },
      ),
    ]);
    const { traffic, encryption } = mesh.stateOf([chat('shop')]);
    expect(traffic.requestsPerSecond).toMatchObject(
      unknown('not-exported', [wording('figure.onlyTcp')]),
    );
    expect(encryption).toMatchObject({ value: { share: 1 } });
  });
});

it.each([
  ['fails where its waypoint is down, whatever is counted', 0, 'failing'],
  ['is only without pods where its waypoint is well', 1, 'degraded'],
])('a service %s', async (_, ready, status) => {
  const mesh = await WholeMesh.of([
    await placeOf('shop', {}, undefined, waypointMesh(ready)),
  ]);
  const { health } = mesh.stateOf([
    { cluster: 'shop', namespace: 'ai', name: 'llm' },
  ]);
  expect(health.status).toBe(status);
});

describe('where it hurts with a waypoint down', () => {
  const originsOf = async (
    ready: number,
    table: Partial<MeshTable>,
    objects = waypointMesh(ready),
  ) => {
    const mesh = await WholeMesh.of([
      await placeOf('shop', table, undefined, objects),
    ]);
    const origins = await mesh.origins();
    return origins.map(({ peer, confidence, reason, suffering }) => ({
      name: peer.name,
      confidence,
      reason,
      suffering: suffering.map(({ name }) => name),
    }));
  };
  const lastHour = {
    requests: known(afterWaypointFailed.requests),
    usual: known(afterWaypointFailed.usual),
  };
  const llm = {
    name: 'llm',
    confidence: 'likely',
    reason:
      'Its waypoint ai/waypoint has no ready pod, so that calls of the ambient mesh do not reach it.',
  };

  it('starts at whom nobody reaches, though only the hour before knows of calls', async () => {
    expect(await originsOf(0, lastHour)).toEqual([
      { ...llm, suffering: ['chat', 'web'] },
    ]);
  });

  it('starts at each that nobody reaches, though one of them calls another', async () => {
    const objects = waypointMesh(0).replace(
      'name: chat }',
      'name: chat, labels: { istio.io/use-waypoint: waypoint } }',
    );
    expect(await originsOf(0, lastHour, objects)).toEqual([
      { ...llm, name: 'chat', suffering: ['web'] },
      { ...llm, suffering: [] },
    ]);
  });

  it('starts there also where nobody is known to have called', async () => {
    expect(await originsOf(0, {})).toEqual([{ ...llm, suffering: [] }]);
  });

  it('starts elsewhere once the waypoint is well', async () => {
    expect(await originsOf(1, lastHour)).toMatchObject([
      { name: 'chat', suffering: ['web'] },
    ]);
  });
});

it('what was called before alone is no traffic, and not TCP', async () => {
  const mesh = await WholeMesh.of([
    await placeOf(
      'shop',
      { usual: known(afterWaypointFailed.usual) },
      {},
      waypointMesh(0),
    ),
  ]);
  const { traffic } = mesh.stateOf([
    { cluster: 'shop', namespace: 'ai', name: 'llm' },
  ]);
  expect(traffic.requestsPerSecond).toEqual(
    unknown('not-exported', [wording('traffic.noSeries')]),
  );
});
