import { IncomingMessage, ServerResponse } from 'http';
import {
  json,
  raw,
  ScriptedPrometheus,
  vector,
} from './__testUtils__/ScriptedPrometheus';

describe('HttpPrometheusClient', () => {
  let prometheus: ScriptedPrometheus;

  beforeEach(async () => {
    prometheus = await new ScriptedPrometheus().start();
  });

  afterEach(() => prometheus.stop());

  it('asks by POST and reads samples, warnings and remarks', async () => {
    prometheus.answer = json({
      ...vector([
        { metric: { a: 'x' }, value: [1700000000.5, '1.5e+06'] },
        { metric: {}, value: [1700000000, 'NaN'] },
        { metric: {}, value: [1700000000, '+Inf'] },
        { metric: {}, value: [1700000000, '-Inf'] },
        { metric: { native: 'yes' }, histogram: [1700000000, {}] },
      ]),
      warnings: ['a store is away'],
      infos: ['might not be a counter'],
    });
    const result = await prometheus.client().query('sum(up)');
    expect(prometheus.seen[0]).toMatchObject({
      path: '/api/v1/query',
      method: 'POST',
      form: { query: 'sum(up)', timeout: '2000ms' },
    });
    expect(result).toEqual({
      promql: 'sum(up)',
      samples: [
        { labels: { a: 'x' }, value: 1_500_000, timestamp: 1700000000.5 },
        { labels: {}, value: NaN, timestamp: 1700000000 },
        { labels: {}, value: Infinity, timestamp: 1700000000 },
        { labels: {}, value: -Infinity, timestamp: 1700000000 },
      ],
      warnings: ['a store is away'],
      infos: ['might not be a counter'],
      observedAt: expect.any(Date),
    });
  });

  it('asks of a moment, and keeps its answer apart from that of now', async () => {
    prometheus.answer = json(vector([]));
    const client = prometheus.client({ cacheTtlMs: 60_000 });
    const at = new Date('2026-11-27T10:00:00.700Z');
    await client.query('up');
    await client.query('up', { at });
    await client.query('up', { at });
    expect(prometheus.seen.map(({ form }) => form.time)).toEqual([
      undefined,
      String(Date.parse('2026-11-27T10:00:00Z') / 1000),
    ]);
  });

  it('reads a scalar', async () => {
    prometheus.answer = json({
      status: 'success',
      data: { resultType: 'scalar', result: [1, '2'] },
    });
    expect((await prometheus.client().query('1 + 1')).samples).toEqual([
      { labels: {}, value: 2, timestamp: 1 },
    ]);
  });

  it('asks for a range on multiples of its step', async () => {
    prometheus.answer = json({
      status: 'success',
      data: {
        resultType: 'matrix',
        result: [
          {
            metric: { a: 'x' },
            values: [
              [60, '1'],
              [120, 'NaN'],
            ],
          },
        ],
      },
    });
    const result = await prometheus.client().queryRange('up', {
      start: new Date(61_000),
      end: new Date(179_999),
      stepSeconds: 60,
    });
    expect(prometheus.seen[0]).toMatchObject({
      path: '/api/v1/query_range',
      form: { query: 'up', start: '60', end: '120', step: '60' },
    });
    expect(result.series).toEqual([
      {
        labels: { a: 'x' },
        values: [
          [60, 1],
          [120, NaN],
        ],
      },
    ]);
  });

  it('sends credentials, tenant, headers and extra labels', async () => {
    const result = await prometheus
      .client({
        auth: { type: 'bearer', token: 'tok-en' },
        tenant: 'team-a',
        headers: { 'X-Team': 'b' },
        extraLabels: { cluster: 'eu' },
      })
      .query('sum(up)');
    expect(prometheus.seen[0].headers).toMatchObject({
      authorization: 'Bearer tok-en',
      'x-scope-orgid': 'team-a',
      'x-team': 'b',
    });
    expect(prometheus.seen[0].form.query).toBe('sum(up{cluster="eu"})');
    expect(result.promql).toBe('sum(up{cluster="eu"})');
    await prometheus
      .client({
        auth: { type: 'basic', username: 'u', password: 'p' },
      })
      .query('up');
    expect(prometheus.seen[1].headers.authorization).toBe('Basic dTpw');
  });

  it('asks again where a decision needs the present answer', async () => {
    const cached = prometheus.client({ cacheTtlMs: 60_000 });
    await cached.query('up');
    await cached.query('up');
    expect(prometheus.seen).toHaveLength(1);
    await cached.query('up', { fresh: true });
    expect(prometheus.seen).toHaveLength(2);
  });

  it('asks once for many who ask at once, and again when the answer is old', async () => {
    const cached = prometheus.client({ cacheTtlMs: 200 });
    const results = await Promise.all(
      Array.from({ length: 20 }, () => cached.query('up')),
    );
    await cached.query('up');
    expect(prometheus.seen).toHaveLength(1);
    expect(new Set(results).size).toBe(1);
    await new Promise(resolve => setTimeout(resolve, 250));
    await cached.query('up');
    expect(prometheus.seen).toHaveLength(2);
  });

  it('does not keep a failure', async () => {
    const present = prometheus.client();
    prometheus.answer = raw('', 503);
    await expect(present.query('up')).rejects.toThrow('(503)');
    prometheus.answer = json(vector([]));
    await expect(present.query('up')).resolves.toMatchObject({ samples: [] });
  });

  it('lets one give up without the others, and stops when all have', async () => {
    let open: ServerResponse | undefined;
    prometheus.answer = (_, response) => {
      open = response;
    };
    const present = prometheus.client();
    const first = new AbortController();
    const second = new AbortController();
    const a = present.query('up', { signal: first.signal });
    const b = present.query('up', { signal: second.signal });
    while (!open) {
      await new Promise(resolve => setTimeout(resolve, 10));
    }
    first.abort(new Error('left'));
    await expect(a).rejects.toThrow('left');
    json(vector([]))({} as IncomingMessage, open);
    await expect(b).resolves.toMatchObject({ samples: [] });

    const closed = new Promise(resolve => {
      prometheus.answer = (_, response) => response.on('close', resolve);
    });
    const third = new AbortController();
    const c = present.query('other', { signal: third.signal });
    setTimeout(() => third.abort(new Error('left')), 50);
    await expect(c).rejects.toThrow('left');
    await closed;
    expect(prometheus.seen).toHaveLength(2);
  });
});
