import type { RequestListener } from 'http';
import { serve, type TestServer } from '../target/__testUtils__/serve';
import { tracingSettings } from './__testUtils__/tracingSettings';
import { JaegerTracingClient } from './JaegerTracingClient';

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(server => server.stop()));
});

const spanOf = (traceId: string, more: object = {}) => ({
  traceId,
  spanId: '0000000000000002',
  name: 'chat',
  kind: 2,
  startTimeUnixNano: '1767225600000500000',
  endTimeUnixNano: '1767225600003000000',
  ...more,
});
const failed = {
  status: { code: 2 },
  attributes: [{ key: 'ai.model', value: { stringValue: 'swift' } }],
};

/** A Jaeger of the second line that serves its public API alone; as early releases it takes no notice of attributes. */
function jaegerOf(
  asked: string[],
  spans: object[],
  service = 'chat.ai',
): RequestListener {
  return ({ url = '' }, response) => {
    asked.push(url);
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const { pathname } = new URL(url, 'http://x');
    if (pathname === '/api/v3/services') {
      answer(200, { services: [service] });
    } else if (pathname === '/api/v3/traces' && spans.length === 0) {
      answer(404, { error: { httpCode: 404, message: 'No traces found' } });
    } else if (pathname === '/api/v3/traces') {
      answer(200, {
        result: {
          resourceSpans: spans.map(span => ({
            resource: {
              attributes: [
                { key: 'service.name', value: { stringValue: service } },
              ],
            },
            scopeSpans: [{ scope: {}, spans: [span] }],
          })),
        },
      });
    } else {
      response.writeHead(404).end('404 page not found');
    }
  };
}

const search = {
  of: { names: ['chat.ai', 'chat'], workloads: [] },
  wanted: { most: 10, by: 'duration' as const },
  start: new Date('2026-01-01T00:00:00Z'),
  end: new Date('2026-01-01T01:00:00Z'),
  limit: 20,
};

async function clientOn(listener: RequestListener) {
  const server = await serve(listener);
  servers.push(server);
  return new JaegerTracingClient({
    cluster: 'shop',
    settings: tracingSettings(server.url),
  });
}

describe('Jaeger`s second line, by its public API', () => {
  it('is asked where the pages` API is not served, and answers OTLP', async () => {
    const asked: string[] = [];
    const client = await clientOn(
      jaegerOf(asked, [
        spanOf('00000000000000000000000000000001'),
        spanOf('00000000000000000000000000000002', failed),
      ]),
    );
    const { traces, names, complete } = await client.find(search);
    expect({ names, complete }).toEqual({ names: ['chat.ai'], complete: true });
    expect(traces).toEqual([
      {
        traceId: '00000000000000000000000000000001',
        spans: [
          {
            spanId: '0000000000000002',
            service: 'chat.ai',
            operation: 'chat',
            startedAtMs: 1767225600000.5,
            durationMs: 2.5,
            tags: { 'span.kind': 'server' },
            resource: { 'service.name': 'chat.ai' },
          },
        ],
      },
      {
        traceId: '00000000000000000000000000000002',
        spans: [
          expect.objectContaining({
            tags: { 'span.kind': 'server', error: 'true', 'ai.model': 'swift' },
          }),
        ],
      },
    ]);
    const { pathname, searchParams } = new URL(asked.at(-1)!, 'http://x');
    expect(pathname).toBe('/api/v3/traces');
    expect(Object.fromEntries(searchParams)).toEqual({
      'query.service_name': 'chat.ai',
      'query.start_time_min': '2026-01-01T00:00:00.000Z',
      'query.start_time_max': '2026-01-01T01:00:10.000Z',
      'query.num_traces': '20',
    });
  });

  it('keeps what meets the search, where the release takes no notice of attributes', async () => {
    const asked: string[] = [];
    const client = await clientOn(
      jaegerOf(asked, [
        spanOf('00000000000000000000000000000001'),
        spanOf('00000000000000000000000000000002', failed),
      ]),
    );
    const found = await client.find({
      ...search,
      failedOnly: true,
      model: 'swift',
      minDurationMs: 1.5,
    });
    expect(found.traces.map(({ traceId }) => traceId)).toEqual([
      '00000000000000000000000000000002',
    ]);
    const { searchParams } = new URL(asked.at(-1)!, 'http://x');
    expect(searchParams.get('query.attributes')).toBe(
      '{"error":"true","ai.model":"swift"}',
    );
    expect(searchParams.get('query.duration_min')).toBe('1500us');
    const slower = await client.find({ ...search, minDurationMs: 100 });
    expect(slower.traces).toEqual([]);
  });

  it('finds nothing where it says 404 of that', async () => {
    const client = await clientOn(jaegerOf([], []));
    expect(await client.find(search)).toMatchObject({
      traces: [],
      names: ['chat.ai'],
      complete: true,
    });
  });
});
