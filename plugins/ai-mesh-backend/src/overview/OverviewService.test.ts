import { mockCredentials } from '@backstage/backend-test-utils';
import { known, overviewSchema } from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotFromYaml } from '../kubernetes/__testUtils__/snapshotFromYaml';
import { snapshotOf } from '../kubernetes/__testUtils__/snapshotOf';
import type { RangeSeries } from '../prometheus/PrometheusClient';
import { SourceError } from '../target/SourceError';
import { clusterTargetOf, targetOf } from '../target/__testUtils__/targetOf';
import { warmTablesOf } from '../telemetry/__testUtils__/warmTablesOf';
import {
  FakePrometheus,
  type FakeSeries,
} from '../topology/__testUtils__/FakePrometheus';
import { meshObjects } from '../topology/__testUtils__/meshObjects';
import {
  bothReport,
  bucketRows,
  requestRow,
} from '../topology/__testUtils__/meshRows';
import { waypointMesh } from '../topology/__testUtils__/waypointMesh';
import { OverviewService, type OverviewOptions } from './OverviewService';
import { overviewTotal } from './overviewTotal';

const now = new Date('2026-01-01T12:00:31Z');
const canariesOf = async () => known({ active: 0 });
const reader = {
  now,
  entity: {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'chat' },
  },
  credentials: mockCredentials.user(),
};
const chat = { namespace: 'ai', name: 'chat' };
const snapshot = (cluster: string) =>
  snapshotOf(meshObjects([{ name: 'chat-v1', app: 'chat' }], ['chat']), {
    cluster,
  });

class WithRanges extends FakePrometheus {
  readonly ranges: { start: Date; end: Date; stepSeconds: number }[] = [];

  constructor(
    series: FakeSeries,
    private readonly overTime: RangeSeries[] | Error = [],
    failures: ConstructorParameters<typeof FakePrometheus>[1] = {},
  ) {
    super(series, failures);
  }

  queryRange = async (
    promql: string,
    range: { start: Date; end: Date; stepSeconds: number },
  ): Promise<never> => {
    this.ranges.push(range);
    if (this.overTime instanceof Error) {
      throw this.overTime;
    }
    return {
      promql,
      series: this.overTime,
      warnings: [],
      observedAt: now,
    } as never;
  };
}

const down = new SourceError('source-unreachable', 'It hangs.');
const failing = () =>
  new WithRanges({}, down, {
    requests: down,
    buckets: down,
    usual: down,
    tcp: down,
  });

const calls = [
  { from: 'web', to: 'chat', version: 'v1', by: 'chat-v1', rate: 8 },
  {
    from: 'web',
    to: 'chat',
    version: 'v1',
    by: 'chat-v1',
    code: '503',
    rate: 2,
  },
];
const series = {
  requests: [
    ...calls.flatMap(bothReport),
    requestRow('destination', {
      to: 'chat',
      by: 'chat-v1',
      security: 'none',
      rate: 5,
    }),
    requestRow('destination', {
      from: 'job',
      to: 'chat',
      by: 'chat-v1',
      security: 'none',
      rate: 1,
    }),
  ],
  buckets: calls.flatMap(bothReport).flatMap(row => bucketRows(row, 1000)),
};

const tcpRow = (tcp_metric: string, rate: number) => ({
  labels: {
    ...requestRow('destination', {
      to: 'chat',
      by: 'chat-v1',
      security: 'none',
      rate,
    }).labels,
    tcp_metric,
  },
  rate,
});

async function overviewOf(
  ...clusters: [name: string, prometheus?: FakePrometheus][]
) {
  const overview = await new OverviewService({ canariesOf }).overview(
    targetOf(
      ...clusters.map(([name, prometheus]) =>
        clusterTargetOf(snapshot(name), [chat], prometheus),
      ),
    ),
    { window: '5m' },
    reader,
  );
  expect(overviewSchema.parse(overview)).toEqual(overview);
  return overview;
}

/** A series of an edge; values by minutes before the last point. */
function edge(
  counted: string,
  reporter: string,
  values: Record<number, number>,
): RangeSeries {
  const end = Date.parse('2026-01-01T12:00:00Z') / 1000;
  return {
    labels: {
      counted,
      reporter,
      source_workload: 'web',
      source_workload_namespace: 'ai',
      destination_service_name: 'chat',
      destination_service_namespace: 'ai',
    },
    values: Object.entries(values)
      .map(([ago, value]): [number, number] => [end - Number(ago) * 60, value])
      .reverse(),
  };
}

describe('OverviewService', () => {
  it('asks on a warm table for the last hour alone, and shows the same', async () => {
    const prometheus = new WithRanges(series);
    const target = targetOf(
      clusterTargetOf(snapshot('east'), [chat], prometheus),
    );
    const tables = await warmTablesOf(target.clusters[0].cluster);
    prometheus.asked.length = 0;
    const lookWith = (options: Partial<OverviewOptions>) =>
      new OverviewService({ canariesOf, ...options }).overview(
        target,
        { window: '5m' },
        reader,
      );
    const warm = await lookWith({ tables });
    expect(prometheus.asked).toEqual([]);
    expect(prometheus.ranges).toHaveLength(1);
    const asked = await lookWith({});
    expect(warm).toEqual({ ...asked, queries: warm.queries });
    expect(warm.traffic.total.requestsPerSecond.status).toBe('known');
  });

  it('is made of the readings of the tables and of the canaries, and of nothing that can be kept where one is not known', async () => {
    const target = targetOf(
      clusterTargetOf(snapshot('east'), [chat], new WithRanges(series)),
    );
    const tables = await warmTablesOf(target.clusters[0].cluster);
    let mark: string | undefined = 'a';
    const madeOf = (options: Partial<OverviewOptions>) =>
      new OverviewService({ canariesOf, ...options }).madeOf(
        { window: '5m' },
        target,
      );
    const canariesMark = async () => mark;
    const first = await madeOf({ tables, canariesMark });
    expect(first).toEqual(expect.any(String));
    expect(await madeOf({ tables, canariesMark })).toBe(first);
    mark = 'b';
    expect(await madeOf({ tables, canariesMark })).not.toBe(first);
    mark = undefined;
    expect(await madeOf({ tables, canariesMark })).toBeUndefined();
    expect(await madeOf({ tables })).toBeUndefined();
    expect(await madeOf({ canariesMark: async () => 'a' })).toBeUndefined();
  });

  it('adds up what all callers send, each request once', async () => {
    const { traffic, services } = await overviewOf([
      'east',
      new WithRanges(series),
    ]);
    expect(traffic.total.requestsPerSecond).toEqual(known(16));
    expect(traffic.total.errorRatio).toEqual(known(2 / 16));
    expect(traffic.health.status).toBe('failing');
    expect(services).toEqual([{ cluster: 'east', ...chat }]);
  });

  describe('a service that takes longer than it used to', () => {
    const well = calls.slice(0, 1).flatMap(bothReport);
    const of = (upToMs: number) => well.flatMap(row => bucketRows(row, upToMs));
    const usual = of(1000).map(({ labels, rate }) => ({
      labels: { ...labels, usual: 'hour-before' },
      rate,
    }));
    const now30 = { requests: well, buckets: of(30_000) };

    it('is slow, by how much and since when it was not', async () => {
      const { traffic } = await overviewOf([
        'east',
        new WithRanges({ ...now30, usual }),
      ]);
      expect(traffic.health).toMatchObject({
        status: 'slow',
        message: expect.stringMatching(
          /^It takes 29 s \(p95\), 30 times the 0.95 s in the hour before/,
        ),
      });
    });

    it('is not said to be where one of its clusters does not know what was usual', async () => {
      const { traffic, sources } = await overviewOf(
        ['east', new WithRanges({ ...now30, usual })],
        ['west', new WithRanges(now30, [], { usual: down })],
      );
      expect(traffic.health.status).not.toBe('slow');
      expect(sources).toContainEqual(
        expect.objectContaining({ cluster: 'west', status: 'partial' }),
      );
    });
  });

  it('names plaintext callers, the busiest first; those without a proxy have no name', async () => {
    const { mtls } = await overviewOf(['east', new WithRanges(series)]);
    expect(mtls.plaintextCallers).toEqual([
      { cluster: 'east', workload: 'unknown', plaintextPerSecond: 5 },
      {
        cluster: 'east',
        namespace: 'ai',
        workload: 'job',
        plaintextPerSecond: 1,
      },
    ]);
    expect(mtls.observed).toMatchObject({
      value: { encryptedPerSecond: 10, plaintextPerSecond: 6 },
    });
  });

  it.each([
    [
      'connections that open',
      [tcpRow('opened', 2)],
      [{ workload: 'unknown', plaintextPerSecond: 2 }],
    ],
    // Bytes tell that they are in plaintext, and no rate of calls does.
    [
      'connections that are older than the window',
      [tcpRow('opened', 0), tcpRow('received', 900)],
      [],
    ],
  ])('counts TCP: %s', async (_, tcp, plaintextCallers) => {
    const { mtls } = await overviewOf(['east', new WithRanges({ tcp })]);
    expect(mtls.observed).toMatchObject({
      status: 'known',
      value: { share: 0 },
    });
    expect(mtls.plaintextCallers).toMatchObject(plaintextCallers);
  });

  it('draws the last hour in one question: gaps are null, not zero', async () => {
    const prometheus = new WithRanges(series, [
      edge('all', 'source', { 2: 10, 1: 0 }),
      edge('failed', 'source', { 2: 1 }),
      edge('grpc-failed', 'source', { 2: 1 }),
      edge('all', 'destination', { 2: 9, 1: 0, 0: 9 }),
    ]);
    const { traffic, queries } = await overviewOf(['east', prometheus]);
    expect(prometheus.ranges).toEqual([
      {
        start: new Date('2026-01-01T11:01:00Z'),
        end: new Date('2026-01-01T12:00:00Z'),
        stepSeconds: 60,
      },
    ]);
    const points =
      traffic.sparkline.status === 'known' ? traffic.sparkline.value : [];
    expect(points).toHaveLength(60);
    expect(points.slice(-4)).toEqual([
      {
        at: '2026-01-01T11:57:00.000Z',
        requestsPerSecond: null,
        errorRatio: null,
      },
      {
        at: '2026-01-01T11:58:00.000Z',
        requestsPerSecond: 10,
        errorRatio: 0.2,
      },
      // No requests: there is no ratio of errors either.
      {
        at: '2026-01-01T11:59:00.000Z',
        requestsPerSecond: 0,
        errorRatio: null,
      },
      {
        at: '2026-01-01T12:00:00.000Z',
        requestsPerSecond: null,
        errorRatio: null,
      },
    ]);
    expect(queries.map(({ id }) => id).sort()).toEqual([
      'latency',
      'requests',
      'sparkline',
      'tcp',
      'usual-latency',
    ]);
  });

  it.each([
    ['no series', [], 'not-exported'],
    ['no answer', down, 'source-unreachable'],
  ])('has no line over %s', async (_, overTime, reason) => {
    const { traffic } = await overviewOf([
      'east',
      new WithRanges(series, overTime),
    ]);
    expect(traffic.sparkline).toMatchObject({ status: 'unknown', reason });
    expect(traffic.total.requestsPerSecond).toEqual(known(16));
  });

  it('keeps what one cluster says where another does not answer, and is not green', async () => {
    const healthy = {
      ...series,
      requests: series.requests.filter(
        ({ labels }) => labels.response_code !== '503',
      ),
    };
    const { traffic, mtls, sources } = await overviewOf(
      ['east', new WithRanges(healthy)],
      ['west', failing()],
    );
    expect(traffic.total.requestsPerSecond).toEqual(known(14));
    expect(traffic.health).toMatchObject({
      status: 'unknown',
      message: expect.stringContaining('Without the telemetry of west.'),
    });
    expect(mtls.observed.status).toBe('known');
    expect(
      sources
        .filter(({ name }) => name === 'prometheus')
        .map(({ cluster, status }) => [cluster, status]),
    ).toEqual([
      ['east', 'ok'],
      ['west', 'unreachable'],
    ]);
  });

  it('is unknown everywhere, with the reason, where nothing answers', async () => {
    const { traffic, mtls } = await overviewOf(['east', failing()]);
    expect(traffic.total.errorRatio).toMatchObject({
      reason: 'source-unreachable',
      message: 'It hangs.',
    });
    expect(traffic.health.status).toBe('unknown');
    expect(traffic.sparkline).toMatchObject({ reason: 'source-unreachable' });
    expect(mtls).toMatchObject({
      observed: { reason: 'source-unreachable' },
      plaintextCallers: [],
    });
  });

  it.each([
    ['one cluster', [new WithRanges(series)]],
    ['two, of which one fails', [new WithRanges(series), failing()]],
    ['none that answers', [failing()]],
    ['no service', []],
  ])(
    'has the same total by two questions alone for who looks at nothing else: %s',
    async (_, prometheuses) => {
      const asked: string[] = [];
      const target = targetOf(
        ...prometheuses.map((prometheus, index) => {
          const query = prometheus.query.bind(prometheus);
          prometheus.query = async (promql, ...more) => {
            asked.push(promql);
            return query(promql, ...more);
          };
          return clusterTargetOf(snapshot(`c${index}`), [chat], prometheus);
        }),
      );
      const { services, resolution, traffic, sources } =
        await new OverviewService({ canariesOf }).overview(
          target,
          { window: '1h' },
          reader,
        );
      asked.length = 0;
      const total = await overviewTotal(target, '1h');
      expect(total).toEqual({
        services,
        resolution,
        traffic: { total: traffic.total },
        sources,
      });
      expect(asked).toHaveLength(2 * prometheuses.length);
    },
  );

  it('says that an entity without Services cannot be called', async () => {
    const overview = await new OverviewService({ canariesOf }).overview(
      targetOf(clusterTargetOf(snapshot('east'), [])),
      { window: '5m' },
      reader,
    );
    expect(overview.traffic.total.requestsPerSecond).toMatchObject({
      status: 'unknown',
      reason: 'not-configured',
    });
    expect(overviewSchema.parse(overview)).toEqual(overview);
  });

  it('reads a number that is none as unknown', async () => {
    const { traffic } = await overviewOf([
      'east',
      new WithRanges(
        {
          requests: [
            requestRow('source', { from: 'a', to: 'chat', rate: NaN }),
          ],
        },
        [edge('all', 'source', { 0: NaN })],
      ),
    ]);
    expect(traffic.total.requestsPerSecond).toMatchObject({
      reason: 'source-unreachable',
    });
    expect(traffic.sparkline).toMatchObject({
      status: 'unknown',
      reason: 'source-unreachable',
    });
  });

  it('counts what the review finds, and leaves that out where there is nothing to review', async () => {
    const counts = { high: 1, medium: 0, low: 2, note: 0 };
    const countFindings = jest.fn(async () => counts);
    const service = new OverviewService({ canariesOf, countFindings });
    const target = targetOf(
      clusterTargetOf(snapshot('a'), [chat], new WithRanges(series)),
    );
    const overview = await service.overview(target, { window: '5m' }, reader);
    expect(overviewSchema.parse(overview).findings).toEqual(counts);
    expect(countFindings).toHaveBeenCalledWith(target, now);
    const nothing = await service.overview(
      targetOf(clusterTargetOf(snapshot('a'), [])),
      { window: '5m' },
      reader,
    );
    expect(nothing.findings).toBeUndefined();
  });

  describe('with callers in several clusters', () => {
    const call = {
      from: 'orchestrator',
      to: 'chat',
      version: 'v1',
      by: 'chat-v1',
    };

    it('counts the namesake of another cluster, whose proxies report elsewhere', async () => {
      const { traffic } = await overviewOf([
        'east',
        new WithRanges(
          {
            requests: [
              ...bothReport({ ...call, fromCluster: 'east', rate: 1 }),
              requestRow('destination', {
                ...call,
                fromCluster: 'west',
                code: '503',
                rate: 3,
              }),
            ],
          },
          [
            ['east', 'source', 'all', 1],
            ['east', 'destination', 'all', 1],
            ['west', 'destination', 'all', 3],
            ['west', 'destination', 'failed', 3],
          ].map(([cluster, reporter, counted, value]) => {
            const one = edge(String(counted), String(reporter), {
              0: Number(value),
            });
            return {
              ...one,
              labels: { ...one.labels, source_cluster: String(cluster) },
            };
          }),
        ),
      ]);
      expect(traffic.total.requestsPerSecond).toEqual(known(4));
      expect(traffic.total.errorRatio).toEqual(known(0.75));
      expect(traffic.sparkline).toMatchObject({
        value: expect.arrayContaining([
          {
            at: '2026-01-01T12:00:00.000Z',
            requestsPerSecond: 4,
            errorRatio: 0.75,
          },
        ]),
      });
      expect(traffic.clusters).toBeUndefined();
    });

    /** Calls within each cluster, and from east to west: 2, 4 and 1 a second. */
    const inEast = [
      ...bothReport({ ...call, fromCluster: 'e', toCluster: 'e', rate: 2 }),
      requestRow('source', {
        ...call,
        fromCluster: 'e',
        toCluster: 'w',
        code: '503',
        rate: 1,
      }),
    ];
    const inWest = [
      ...bothReport({ ...call, fromCluster: 'w', toCluster: 'w', rate: 4 }),
      requestRow('destination', {
        ...call,
        fromCluster: 'e',
        toCluster: 'w',
        code: '503',
        rate: 1,
      }),
    ];

    it.each([
      ['a Prometheus of its own for each', inEast, inWest, ['e', 'w']],
      [
        'one Prometheus for both',
        [...inEast, ...inWest],
        [...inEast, ...inWest],
        ['e', 'w'],
      ],
      ['names that nobody configured', inEast, inWest, [undefined, undefined]],
    ])(
      'counts a call between two of its clusters once, with %s',
      async (_, east, west, istioClusters) => {
        const target = targetOf(
          ...[['east', east] as const, ['west', west] as const].map(
            ([name, requests], index) => {
              const one = clusterTargetOf(
                snapshot(name),
                [chat],
                new WithRanges({ requests }),
              );
              return {
                ...one,
                cluster: { ...one.cluster, istioCluster: istioClusters[index] },
              };
            },
          ),
        );
        const { traffic } = await new OverviewService({ canariesOf }).overview(
          target,
          { window: '5m' },
          reader,
        );
        expect(traffic.total.requestsPerSecond).toEqual(known(7));
        const [inEastNow, inWestNow] = traffic.clusters!;
        expect([inEastNow, inWestNow]).toMatchObject([
          {
            cluster: 'east',
            traffic: { requestsPerSecond: known(2), errorRatio: known(0) },
          },
          {
            cluster: 'west',
            traffic: { requestsPerSecond: known(5), errorRatio: known(0.2) },
          },
        ]);
      },
    );
  });

  it('says so where several clusters share a Prometheus that does not tell them apart', async () => {
    const shared = Object.assign(new WithRanges(series), { series: 'one' });
    const { sources } = await overviewOf(['east', shared], ['west', shared]);
    expect(sources).toContainEqual(
      expect.objectContaining({
        name: 'prometheus',
        cluster: 'east',
        status: 'partial',
        message: expect.stringContaining("'east' and 'west' are read from one"),
      }),
    );
    const own = await overviewOf(
      ['east', new WithRanges(series)],
      ['west', new WithRanges(series)],
    );
    expect(own.sources.map(({ status }) => status)).not.toContain('partial');
  });

  it('names the clusters that report and that nobody configured', async () => {
    const { sources } = await overviewOf([
      'east',
      new WithRanges({
        requests: ['c1', 'c2'].flatMap(fromCluster =>
          bothReport({
            from: 'web',
            to: 'chat',
            by: 'chat-v1',
            fromCluster,
            toCluster: fromCluster,
            rate: 1,
          }),
        ),
      }),
    ]);
    expect(sources).toContainEqual(
      expect.objectContaining({
        message: expect.stringContaining('has reports of c1, c2'),
      }),
    );
  });

  it('names the label without which callers cannot be told apart', async () => {
    const { sources } = await overviewOf([
      'east',
      new WithRanges({
        requests: calls.flatMap(bothReport).map(row => {
          const { source_workload: _, ...labels } = row.labels;
          return { ...row, labels };
        }),
      }),
    ]);
    expect(sources).toContainEqual(
      expect.objectContaining({
        name: 'prometheus',
        status: 'partial',
        message: expect.stringContaining('lack the label source_workload:'),
      }),
    );
  });

  it('counts calls by address as calls to the service, once', async () => {
    const past = (reporter: 'source' | 'destination', service: string) => {
      const row = requestRow(reporter, {
        from: 'web',
        to: 'chat',
        by: 'chat-v1',
        rate: 1,
      });
      return {
        ...row,
        labels: {
          ...row.labels,
          destination_service: service,
          destination_service_name: service,
          destination_service_namespace: 'unknown',
        },
      };
    };
    const { traffic } = await overviewOf([
      'east',
      new WithRanges({
        requests: [
          ...bothReport({ from: 'web', to: 'chat', by: 'chat-v1', rate: 5 }),
          past('source', 'PassthroughCluster'),
          past('destination', 'InboundPassthroughCluster'),
          // To whom, nobody knows.
          requestRow('source', {
            from: 'web',
            to: 'PassthroughCluster',
            rate: 9,
          }),
        ],
      }),
    ]);
    expect(traffic.total.requestsPerSecond).toEqual(known(6));
  });
});

it.each([
  ['fails while its waypoint is down', 0, false, 'failing'],
  ['is only without pods while its waypoint is well', 1, false, 'degraded'],
  [
    'was as it was counted then, whatever its waypoint is now',
    0,
    true,
    'healthy',
  ],
])('a service %s', async (_, ready, isPast, status) => {
  const answered = requestRow('waypoint', { to: 'llm', by: 'llm', rate: 10 });
  const { traffic } = await new OverviewService({ canariesOf }).overview(
    targetOf(
      clusterTargetOf(
        snapshotFromYaml(waypointMesh(ready)),
        [{ namespace: 'ai', name: 'llm' }],
        new WithRanges({ requests: [answered] }),
      ),
    ),
    { window: '5m' },
    { ...reader, isPast },
  );
  expect(traffic.health.status).toBe(status);
});
