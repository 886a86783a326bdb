import { parser } from '@prometheus-io/lezer-promql';
import type { PrometheusClient } from '../prometheus/PrometheusClient';
import { inTurns } from '../target/inTurns';
import { SourceError } from '../target/SourceError';
import type { MeshTable } from './MeshTable';
import { MeshTables } from './MeshTables';
import { meshQueries, meshSizeQuery } from './meshQueries';

// Whose turn it is the machine's own clock says, which a clock of ours does not move.
jest.mock('../target/inTurns', () => ({
  inTurns: jest.fn(async () => undefined),
}));

const row = {
  reporter: 'source',
  source_workload: 'gateway',
  source_workload_namespace: 'shop',
  destination_service_name: 'chat',
  destination_service_namespace: 'ai',
};

/** When what is no count was asked, ms since 1970. */
const TRAFFIC_AT = 240_000;

/** Requests of the last minute, some of which failed. */
const lately = (failed: number) =>
  [
    ['200', 2 - failed],
    ['503', failed],
  ].map(([code, value]) => ({
    labels: {
      ...row,
      response_code: String(code),
      tcp_metric: 'requests_lately',
    },
    value: Number(value),
    timestamp: 1,
  }));

/** Latencies of the window, or of the hour before it, whichever is asked for; all requests took no longer than so much. */
const latenciesUpTo = (promql: string, upToMs: number) =>
  ['1000', '30000', '+Inf'].map(le => ({
    labels: {
      ...row,
      le,
      ...(promql.includes('offset') && { usual: 'hour-before' }),
    },
    value: Number(le.replace('+Inf', 'Infinity')) >= upToMs ? 2 : 0,
    timestamp: 1,
  }));

/** Counts series as told, some of latencies, and answers everything else with one row, or as many as told. */
function prometheus({
  series = 10,
  latencies = 0,
  rows = 1,
  asksAnew = false,
  tookMs = 0,
} = {}) {
  const asked: string[] = [];
  const state = { failing: false, late: false, failed: 0, slow: false };
  const sizes = () => {
    const counted = (metric: string, value: number) => ({
      labels: { counted_metric: metric },
      value,
      timestamp: 1,
    });
    return [
      counted('istio_requests_total', series - latencies),
      counted('istio_request_duration_milliseconds_bucket', latencies),
    ];
  };
  const traffic = (promql: string) => {
    const each = Array.from({ length: rows });
    if (promql.includes('duration')) {
      const isSlow = state.slow && !promql.includes('offset');
      return each.flatMap(() => latenciesUpTo(promql, isSlow ? 30_000 : 1000));
    }
    return [
      ...each.map(() => ({ labels: row, value: 2, timestamp: 1 })),
      ...(promql.includes('[1m]') ? lately(state.failed) : []),
    ];
  };
  const client: PrometheusClient = {
    asksAnew,
    async query(promql) {
      asked.push(promql);
      if (state.failing) {
        throw new SourceError('source-unreachable', 'Prometheus is away.');
      }
      if (state.late) {
        throw Object.assign(
          new SourceError('source-unreachable', 'Prometheus is late.'),
          { isLate: true },
        );
      }
      if (tookMs > 0) {
        await new Promise(resolve => setTimeout(resolve, tookMs));
      }
      const counts = promql.includes('counted_metric');
      return {
        promql,
        samples: counts ? sizes() : traffic(promql),
        warnings: [],
        // How large the mesh is was asked a while ago.
        observedAt: new Date(counts ? 0 : TRAFFIC_AT),
      };
    },
    async queryRange() {
      throw new Error('not asked for');
    },
  };
  return { client, asked, state };
}

describe('MeshTables', () => {
  let tables: MeshTables;

  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => {
    tables.stop();
    jest.useRealTimers();
  });

  const tablesOf = (mostSeries = 100) => new MeshTables({ mostSeries });

  it('asks once for everybody who looks at the same time', async () => {
    tables = tablesOf();
    const { client, asked } = prometheus();
    const cluster = { name: 'shop', prometheus: client };
    const [first, second] = await Promise.all([
      tables.of(cluster),
      tables.of(cluster),
    ]);
    expect(first).toBe(second);
    expect(first.requests).toEqual({
      status: 'known',
      value: [{ labels: row, rate: 2 }],
    });
    expect(first.source.observedAt).toBe(new Date(TRAFFIC_AT).toISOString());
    expect(asked).toHaveLength(6);
    expect(await tables.of(cluster)).toBe(first);
    expect(asked).toHaveLength(6);
  });

  it('keeps the table warm while somebody looks, and lets it go after', async () => {
    tables = tablesOf();
    const { client, asked } = prometheus();
    const cluster = { name: 'shop', prometheus: client };
    const first = await tables.of(cluster);
    await jest.advanceTimersByTimeAsync(6_000);
    expect(asked).toHaveLength(12);
    expect(await tables.of(cluster)).not.toBe(first);
    await jest.advanceTimersByTimeAsync(10 * 60_000);
    const settled = asked.length;
    await jest.advanceTimersByTimeAsync(10 * 60_000);
    expect(asked).toHaveLength(settled);
    await tables.of(cluster);
    expect(asked).toHaveLength(settled + 6);
  });

  it('is read for nobody, and stands in for no late one for longer, where the clock was set back', async () => {
    tables = tablesOf();
    const { client, asked, state } = prometheus();
    const cluster = { name: 'shop', prometheus: client };
    await tables.of(cluster);
    state.late = true;
    jest.setSystemTime(Date.now() - 3_600_000);
    await jest.advanceTimersByTimeAsync(70_000);
    expect((await tables.of(cluster)).requests.status).toBe('unknown');
    await jest.advanceTimersByTimeAsync(600_000);
    const settled = asked.length;
    await jest.advanceTimersByTimeAsync(600_000);
    expect(asked).toHaveLength(settled);
  });

  it.each([
    [0, 5],
    [500, 10],
    [5000, 15],
  ])(
    'is read again the later the longer that takes: after %i ms each in %i s',
    async (tookMs, seconds) => {
      tables = tablesOf();
      const { client, asked } = prometheus({ tookMs: tookMs / 2 });
      const cluster = { name: 'shop', prometheus: client };
      const first = tables.of(cluster);
      await jest.advanceTimersByTimeAsync(tookMs);
      await first;
      const before = asked.length;
      await jest.advanceTimersByTimeAsync(seconds * 1000 - 1);
      expect(asked).toHaveLength(before);
      await jest.advanceTimersByTimeAsync(1);
      expect(asked.length).toBeGreaterThan(before);
    },
  );

  it('tells when something has begun to fail, once, and when it does so no longer', async () => {
    const onTurn = jest.fn();
    tables = new MeshTables({ mostSeries: 100, onTurn });
    const { client, state } = prometheus();
    const cluster = { name: 'shop', prometheus: client };
    const seconds = async (count: number) => {
      await tables.of(cluster);
      await jest.advanceTimersByTimeAsync(count * 1000);
    };
    await seconds(20);
    expect(onTurn).not.toHaveBeenCalled();
    state.failed = 0.5;
    await seconds(6);
    expect(onTurn).toHaveBeenCalledTimes(1);
    await seconds(20);
    expect(onTurn).toHaveBeenCalledTimes(1);
    // That nobody knows says nothing of it.
    state.failing = true;
    await seconds(6);
    expect(onTurn).toHaveBeenCalledTimes(1);
    state.failing = false;
    state.failed = 0;
    await seconds(20);
    expect(onTurn).toHaveBeenCalledTimes(2);
  });

  it('tells when something has become slow though nothing fails, once, and when it is so no longer', async () => {
    const onTurn = jest.fn();
    tables = new MeshTables({ mostSeries: 100, onTurn });
    const { client, state, asked } = prometheus();
    const cluster = { name: 'shop', prometheus: client };
    const seconds = async (count: number) => {
      await tables.of(cluster);
      await jest.advanceTimersByTimeAsync(count * 1000);
    };
    await tables.of(cluster);
    // What is so from the second reading on was not so at the first.
    state.slow = true;
    await seconds(6);
    expect(onTurn).toHaveBeenCalledTimes(1);
    await seconds(20);
    expect(onTurn).toHaveBeenCalledTimes(1);
    // That nobody knows says nothing of it.
    state.failing = true;
    await seconds(6);
    state.failing = false;
    await seconds(6);
    expect(onTurn).toHaveBeenCalledTimes(1);
    state.slow = false;
    const before = asked.length;
    await seconds(5);
    expect(onTurn).toHaveBeenCalledTimes(2);
    // Nothing is asked for it: five questions of traffic a reading, and what is kept longer is not asked again.
    expect(asked.length - before).toBeLessThanOrEqual(6);
  });

  it('says how much is kept, and how old it is, for as long as it is kept', async () => {
    tables = tablesOf();
    const { client, state } = prometheus({ rows: 3 });
    const cluster = { name: 'shop', prometheus: client };
    expect(tables.numbers).toEqual([]);
    const { requests } = await tables.of(cluster);
    expect(requests.status === 'known' && requests.value).toHaveLength(3);
    await jest.advanceTimersByTimeAsync(4_000);
    expect(tables.numbers).toEqual([
      { cluster: 'shop', rows: expect.any(Number), ageSeconds: 4 },
    ]);
    const [{ rows }] = tables.numbers;
    expect(rows).toBeGreaterThanOrEqual(3 * 3);
    state.failing = true;
    await jest.advanceTimersByTimeAsync(2_000);
    expect(tables.numbers).toEqual([
      { cluster: 'shop', rows: expect.any(Number), ageSeconds: 1 },
    ]);
    // How large the mesh is was told before, and what is asked of it is not.
    expect(tables.numbers[0].rows).toBeLessThan(rows);
    await jest.advanceTimersByTimeAsync(10 * 60_000);
    expect(tables.numbers).toEqual([]);
  });

  it('is unknown while Prometheus is away, and known again after', async () => {
    tables = tablesOf();
    const { client, state } = prometheus();
    const cluster = { name: 'shop', prometheus: client };
    state.failing = true;
    const away = await tables.of(cluster);
    expect(away.requests).toMatchObject({
      status: 'unknown',
      reason: 'source-unreachable',
    });
    expect(away.source.status).toBe('unreachable');
    state.failing = false;
    await jest.advanceTimersByTimeAsync(16_000);
    expect((await tables.of(cluster)).requests.status).toBe('known');
  });

  it('asks a server that is late ever more seldom, and shows why there is no table until then', async () => {
    tables = tablesOf();
    const { client, asked, state } = prometheus();
    const cluster = { name: 'shop', prometheus: client };
    state.late = true;
    const askedAfter: number[] = [];
    for (let second = 0; second <= 800; second++) {
      const before = asked.length;
      expect((await tables.of(cluster)).source).toMatchObject({
        status: 'unreachable',
        message: 'Prometheus is late.',
      });
      expect(tables.warm(cluster)).toBeUndefined();
      if (asked.length > before) {
        askedAfter.push(second);
      }
      await jest.advanceTimersByTimeAsync(1000);
      if (
        asked.length >
        before + askedAfter.filter(at => at === second).length
      ) {
        askedAfter.push(second + 1);
      }
    }
    expect(askedAfter).toEqual([0, 15, 45, 105, 225, 465, 765]);
    state.late = false;
    await jest.advanceTimersByTimeAsync(300_000);
    expect((await tables.of(cluster)).requests.status).toBe('known');
    // What was late once is forgotten with the first answer.
    state.late = true;
    const before = asked.length;
    await jest.advanceTimersByTimeAsync(6_000);
    await tables.of(cluster);
    expect(asked.length).toBeGreaterThan(before);
  });

  it('lets nobody wait long for the first one, who is shown that nothing is answered yet', async () => {
    tables = new MeshTables({ mostSeries: 100, patienceMs: 5000 });
    const { client } = prometheus({ tookMs: 4000 });
    const cluster = { name: 'shop', prometheus: client };
    const first = tables.of(cluster);
    await jest.advanceTimersByTimeAsync(5000);
    expect(await first).toMatchObject({
      requests: { status: 'unknown', reason: 'source-unreachable' },
      source: {
        status: 'partial',
        message: expect.stringContaining('has not answered yet'),
      },
    });
    await jest.advanceTimersByTimeAsync(4000);
    expect(await tables.of(cluster)).toMatchObject({
      requests: { status: 'known' },
      source: { status: 'ok' },
    });
  });

  it('shows the table before one that is late, for a minute, and says why', async () => {
    tables = tablesOf();
    const { client, state } = prometheus();
    const cluster = { name: 'shop', prometheus: client };
    const first = await tables.of(cluster);
    state.late = true;
    const shown: string[] = [];
    let standIn: MeshTable | undefined;
    for (let second = 0; second < 90; second++) {
      await jest.advanceTimersByTimeAsync(1000);
      const table = await tables.of(cluster);
      const { requests, source } = table;
      const one = tables.warm(cluster) ? 'picked from it' : 'asked by itself';
      shown.push(`${requests.status}, ${source.status}, ${one}`);
      standIn = source.status === 'partial' ? table : standIn;
    }
    expect([...new Set(shown)]).toEqual([
      'known, ok, picked from it',
      'known, partial, asked by itself',
      'unknown, unreachable, asked by itself',
    ]);
    const last = shown.lastIndexOf('known, partial, asked by itself');
    expect(last).toBeLessThanOrEqual(60);
    expect(shown.slice(last + 1)).not.toContain('known, ok, picked from it');
    expect(standIn?.requests).toBe(first.requests);
    expect(standIn?.source).toMatchObject({
      observedAt: first.source.observedAt,
      message: expect.stringContaining('Prometheus is late.'),
    });
    state.late = false;
    await jest.advanceTimersByTimeAsync(120_000);
    expect(await tables.of(cluster)).toMatchObject({
      requests: { status: 'known' },
      source: { status: 'ok' },
    });
  });

  it('asks for nothing but the size of a mesh that is too large, and says so', async () => {
    tables = tablesOf(100);
    const { client, asked } = prometheus({ series: 101 });
    const table = await tables.of({ name: 'shop', prometheus: client });
    expect(asked).toHaveLength(1);
    expect(table.requests).toMatchObject({
      status: 'unknown',
      reason: 'not-configured',
    });
    expect(table.source).toMatchObject({
      status: 'partial',
      message: expect.stringContaining('aiMesh.fleet.mostSeries'),
    });
  });

  it.each([
    ['that is too large', { series: 101 }, 15],
    [
      'that is too large with its latencies',
      { series: 300, latencies: 200 },
      5,
    ],
  ])(
    'has something else made of a mesh %s no sooner than it has to be',
    async (_, sizes, seconds) => {
      tables = tablesOf(100);
      const { client } = prometheus(sizes);
      const cluster = { name: 'shop', prometheus: client };
      const first = await tables.of(cluster);
      await jest.advanceTimersByTimeAsync(seconds * 1000 - 1);
      expect(await tables.of(cluster)).toBe(first);
      await jest.advanceTimersByTimeAsync(1);
      expect(await tables.of(cluster)).not.toBe(first);
    },
  );

  it('leaves out the latencies of a mesh that is too large with them alone, and says so', async () => {
    tables = tablesOf(100);
    const { client, asked } = prometheus({ series: 300, latencies: 200 });
    const cluster = { name: 'shop', prometheus: client };
    const table = await tables.of(cluster);
    expect(table.requests.status).toBe('known');
    expect(table.tcp.status).toBe('known');
    for (const part of [table.buckets, table.usual]) {
      expect(part).toMatchObject({
        status: 'unknown',
        reason: 'not-configured',
        message: expect.stringContaining('200 series, and at most 100'),
      });
    }
    expect(table.source).toMatchObject({
      status: 'partial',
      message: expect.stringContaining('aiMesh.fleet.mostSeries'),
    });
    expect(asked.filter(promql => promql.includes('duration'))).toHaveLength(1);
    // Views take from it what it has, and ask for the rest.
    expect(tables.warm(cluster)).toBeDefined();
  });

  it.each([
    ['nothing', { series: 100 }, {}, undefined],
    ['latencies', { series: 300, latencies: 200 }, {}, 'latencies'],
    ['calls', { series: 300, latencies: 100 }, {}, 'calls'],
    // Whoever cannot count them in time cannot tell them either.
    [
      'calls of a mesh that takes too long to count',
      {},
      { late: true },
      'calls',
    ],
    ['nothing of one that is away', {}, { failing: true }, undefined],
  ])('says that it leaves out %s', async (_, sizes, state, leftOut) => {
    tables = tablesOf(100);
    const asked = prometheus(sizes);
    Object.assign(asked.state, state);
    const table = await tables.of({ name: 'shop', prometheus: asked.client });
    expect(table.leftOut).toBe(leftOut);
  });

  it('gives way to others at every row that it makes smaller', async () => {
    tables = tablesOf();
    const { client } = prometheus({ rows: 500 });
    jest.mocked(inTurns).mockClear();
    const table = await tables.of({ name: 'shop', prometheus: client });
    expect(table.requests).toMatchObject({ status: 'known' });
    // Of requests, of two kinds of buckets, and of TCP.
    expect(jest.mocked(inTurns).mock.calls.length).toBeGreaterThan(4 * 500);
  });

  describe('what views take from', () => {
    it('is there from the second look on, and kept warm by looking', async () => {
      tables = tablesOf();
      const { client, asked } = prometheus();
      const cluster = { name: 'shop', prometheus: client };
      expect(tables.warm(cluster)).toBeUndefined();
      await jest.advanceTimersByTimeAsync(0);
      const warm = tables.warm(cluster);
      expect(warm?.table.requests.status).toBe('known');
      expect(tables.warm(cluster)).toBe(warm);
      expect(asked).toHaveLength(6);
      for (let second = 0; second < 120; second += 20) {
        await jest.advanceTimersByTimeAsync(20_000);
        expect(tables.warm(cluster)).toBeDefined();
      }
    });

    it('is not there while Prometheus is away, nor once it is old', async () => {
      tables = tablesOf();
      const { client, state } = prometheus();
      const cluster = { name: 'shop', prometheus: client };
      await tables.of(cluster);
      expect(tables.warm(cluster)).toBeDefined();
      state.failing = true;
      await jest.advanceTimersByTimeAsync(16_000);
      expect(tables.warm(cluster)).toBeUndefined();
      state.failing = false;
      await jest.advanceTimersByTimeAsync(10 * 60_000);
      expect(tables.warm(cluster)).toBeUndefined();
      await jest.advanceTimersByTimeAsync(0);
      expect(tables.warm(cluster)).toBeDefined();
    });

    it.each([
      ['of a mesh that is too large', prometheus({ series: 101 }).client],
      [
        'of a cluster whose answers are not kept',
        prometheus({ asksAnew: true }).client,
      ],
      ['without a Prometheus', undefined],
    ])('is not there %s', async (_, client) => {
      tables = tablesOf(100);
      const cluster = { name: 'shop', ...(client && { prometheus: client }) };
      await tables.of(cluster);
      expect(tables.warm(cluster)).toBeUndefined();
    });
  });

  it('says that a cluster has no Prometheus', async () => {
    tables = tablesOf();
    const table = await tables.of({ name: 'shop' });
    expect(table.buckets).toMatchObject({ reason: 'not-configured' });
    expect(table.source.status).toBe('not-configured');
  });
});

describe('the queries of a whole mesh', () => {
  it.each(Object.entries({ ...meshQueries(300), size: meshSizeQuery() }))(
    'is PromQL: %s',
    (_, promql) => {
      let wrong = false;
      parser.parse(promql).iterate({
        enter: ({ type }) => {
          wrong ||= type.isError;
        },
      });
      expect(wrong).toBe(false);
    },
  );
});
