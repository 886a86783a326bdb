import type { TracingSettings } from '../config/settings';
import type { TestServer } from '../target/__testUtils__/serve';
import { serveTempo, type TempoOptions } from './__testUtils__/serveTempo';
import { tracingSettings } from './__testUtils__/tracingSettings';
import { TempoTracingClient } from './TempoTracingClient';

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(server => server.stop()));
});

async function tempo(
  options: TempoOptions,
  more: Partial<TracingSettings> = {},
) {
  const server = await serveTempo(options);
  servers.push(server);
  const client = new TempoTracingClient({
    cluster: 'shop',
    settings: tracingSettings(server.url, more),
  });
  return { client, asked: server.asked };
}

const search = {
  of: {
    names: ['chat.ai'],
    workloads: [{ kind: 'Deployment', namespace: 'ai', name: 'chat-v1' }],
  },
  wanted: { most: 2, by: 'duration' as const },
  start: new Date('2026-01-01T00:00:00Z'),
  end: new Date('2026-01-01T01:00:00Z'),
  limit: 20,
};

const text = (key: string, stringValue: string) => ({
  key,
  value: { stringValue },
});
const traceOf = (service: string) => [
  {
    resource: {
      attributes: [
        text('service.name', service),
        text('k8s.namespace.name', 'ai'),
        text('k8s.deployment.name', 'chat-v1'),
      ],
    },
    scopeSpans: [
      {
        spans: [
          {
            traceId: 'W47/95gDgQPSabYzgT/GDA==',
            spanId: '7uGbfsPBsXQ=',
            parentSpanId: '7uGbfsPBsXM=',
            name: 'chat',
            kind: 'SPAN_KIND_SERVER',
            startTimeUnixNano: '1544712660000000000',
            endTimeUnixNano: '1544712661000000000',
            attributes: [
              text('gen_ai.request.model', 'swift'),
              { key: 'http.response.status_code', value: { intValue: '503' } },
            ],
            status: { code: 'STATUS_CODE_ERROR' },
          },
        ],
      },
    ],
  },
];
const hit = (traceID: string, nanos: string, startTimeUnixNano: string) => ({
  traceID,
  startTimeUnixNano,
  durationMs: 9000,
  spanSets: [
    { spans: [{ spanID: 'a', durationNanos: nanos }, {}], matched: 2 },
  ],
});
const hits = [
  hit('a1', '1000000', '3000000000'),
  hit('b2', '30000000', '1000000000'),
  hit('c3', '20000000', '2000000000'),
];
const traces = Object.fromEntries(
  ['a1', 'b2', 'c3'].map(id => [id, traceOf('chat.ai')]),
);

describe('TempoTracingClient', () => {
  it('searches by TraceQL, and reads whole the traces whose spans took longest', async () => {
    const { client, asked } = await tempo({ hits, traces });
    const found = await client.find({ ...search, minDurationMs: 2.5 });
    expect(asked[0]).toMatchObject({
      path: '/api/search',
      query: {
        q: '{ ((resource.service.name = "chat.ai" || (resource.k8s.namespace.name = "ai" && resource.k8s.deployment.name = "chat-v1")) && duration >= 2500us) }',
        start: '1767225600',
        end: '1767229210',
        limit: '20',
        spss: '20',
      },
    });
    expect(asked.slice(1).map(({ path }) => path)).toEqual([
      '/api/v2/traces/b2',
      '/api/v2/traces/c3',
    ]);
    expect(found).toMatchObject({ names: ['chat.ai'], complete: true });
    expect(found.traces.map(({ traceId }) => traceId)).toEqual(['b2', 'c3']);
    expect(found.traces[0].spans).toEqual([
      {
        spanId: 'eee19b7ec3c1b174',
        parentSpanId: 'eee19b7ec3c1b173',
        service: 'chat.ai',
        operation: 'chat',
        startedAtMs: 1544712660000,
        durationMs: 1000,
        tags: {
          'gen_ai.request.model': 'swift',
          'http.response.status_code': '503',
          'span.kind': 'server',
          error: 'true',
        },
        resource: {
          'service.name': 'chat.ai',
          'k8s.namespace.name': 'ai',
          'k8s.deployment.name': 'chat-v1',
        },
      },
    ]);
  });

  it('reads the newest where those are wanted', async () => {
    const { client } = await tempo({ hits, traces });
    const found = await client.find({
      ...search,
      wanted: { most: 2, by: 'start' },
    });
    expect(found.traces.map(({ traceId }) => traceId)).toEqual(['a1', 'c3']);
  });

  it('reads an older Tempo by its first endpoints', async () => {
    const older = hits.map(({ spanSets, ...rest }) => ({
      ...rest,
      spanSet: spanSets[0],
    }));
    const { client, asked } = await tempo({
      versions: ['v1'],
      hits: older,
      traces,
      services: ['chat.ai'],
    });
    const found = await client.find(search);
    expect(found.traces.map(({ traceId }) => traceId)).toEqual(['b2', 'c3']);
    expect((await client.services(search)).names).toEqual(['chat.ai']);
    expect(asked.at(-1)?.path).toBe('/api/search/tag/service.name/values');
  });

  it('lists the services of a window', async () => {
    const { client, asked } = await tempo({ services: ['chat.ai', 'shop'] });
    expect((await client.services(search)).names).toEqual(['chat.ai', 'shop']);
    expect(asked[0]).toMatchObject({
      path: '/api/v2/search/tag/resource.service.name/values',
      query: { start: '1767225600', end: '1767229210' },
    });
  });

  it('finds a service by its workload, whatever it calls itself', async () => {
    const { client } = await tempo({
      hits: hits.slice(0, 1),
      traces: { a1: traceOf('some-other-name') },
    });
    expect((await client.find(search)).names).toEqual(['some-other-name']);
  });

  it('links to a trace where a page is configured', async () => {
    const traceUrl = 'https://grafana.example.com/explore?trace={traceId}';
    const { client } = await tempo({ hits, traces }, { traceUrl });
    expect(client.urlOf('a/1')).toBe(
      'https://grafana.example.com/explore?trace=a%2F1',
    );
  });

  it('names the tenant, and says what to set where one is wanted', async () => {
    const { client } = await tempo({ hits, traces, tenant: 'ai' });
    const error = await client.find(search).catch(thrown => thrown);
    expect(error).toMatchObject({ name: 'SourceError', reason: 'forbidden' });
    expect(error.message).toContain('set tracing.tenant');
    const told = await tempo({ hits, traces, tenant: 'ai' }, { tenant: 'ai' });
    expect((await told.client.find(search)).traces).toHaveLength(2);
  });

  it('finds nothing, and loses no trace for another`s sake', async () => {
    const none = await tempo({});
    expect(await none.client.find(search)).toMatchObject({
      traces: [],
      names: [],
      complete: true,
    });
    const { client } = await tempo({
      hits,
      traces,
      instead: {
        '/api/v2/traces/b2': { status: 500, body: 'block not found' },
      },
    });
    const found = await client.find(search);
    expect(found.traces.map(({ traceId }) => traceId)).toEqual(['c3']);
    expect(found.complete).toBe(false);
  });

  it('is incomplete where there are as many as it may look through', async () => {
    const { client } = await tempo({ hits, traces });
    const found = await client.find({ ...search, limit: 3 });
    expect(found.complete).toBe(false);
  });

  it.each([
    [
      'a query that it refuses',
      { status: 400, body: 'invalid TraceQL query: parse error' },
      'source-unreachable',
      'could not answer the search (400): invalid TraceQL query',
    ],
    [
      'an overload',
      { status: 429, body: 'queue full' },
      'source-unreachable',
      'is not available at present (429)',
    ],
    [
      'Jaeger`s format',
      { status: 200, body: '{"traces":{"data":[]}}' },
      'source-unreachable',
      "not in Tempo's format",
    ],
    [
      'an answer of something else',
      { status: 200, body: '{"data":[]}' },
      'source-unreachable',
      "not in Tempo's format",
    ],
    [
      'more than can be read',
      { status: 200, body: `"${'x'.repeat(9 * 1024 * 1024)}"` },
      'source-unreachable',
      'more than 8 MB',
    ],
    ['no rights', { status: 403, body: '' }, 'forbidden', '(403)'],
  ])('says of %s what to do', async (_, answer, reason, message) => {
    const { client } = await tempo(
      { instead: { '/api/search': answer } },
      { auth: { type: 'bearer', token: 'very-s3cret' }, timeoutMs: 10_000 },
    );
    const error = await client.find(search).catch(thrown => thrown);
    expect(error).toMatchObject({ name: 'SourceError', reason });
    expect(error.message).toContain(message);
    expect(error.message).not.toContain('very-s3cret');
  });
});
