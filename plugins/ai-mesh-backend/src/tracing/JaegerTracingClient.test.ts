import type { RequestListener } from 'http';
import type { TracingSettings } from '../config/settings';
import { serve, type TestServer } from '../target/__testUtils__/serve';
import { JaegerTracingClient } from './JaegerTracingClient';

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(server => server.stop()));
});

async function clientOn(
  listener: RequestListener,
  more: Partial<TracingSettings> = {},
): Promise<JaegerTracingClient> {
  const server = await serve(listener);
  servers.push(server);
  return new JaegerTracingClient({
    cluster: 'shop',
    settings: {
      url: server.url,
      auth: { type: 'none' },
      headers: {},
      tls: { skipVerify: false },
      timeoutMs: 30_000,
      cacheTtlMs: 1000,
      ...more,
    },
  });
}

const answering =
  (status: number, body: unknown, type = 'application/json'): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'content-type': type });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };

/** As Jaeger does: one list of services, and what a search finds. */
const finding =
  (traces: unknown): RequestListener =>
  (request, response) =>
    answering(
      200,
      request.url?.startsWith('/api/services') ? { data: ['chat.ai'] } : traces,
    )(request, response);

const search = {
  of: { names: ['chat.ai', 'chat'], workloads: [] },
  wanted: { most: 10, by: 'duration' as const },
  start: new Date('2026-01-01T00:00:00Z'),
  end: new Date('2026-01-01T01:00:00Z'),
  limit: 20,
};

const oneTrace = {
  data: [
    {
      traceID: 'a1',
      spans: [
        {
          traceID: 'a1',
          spanID: 's1',
          operationName: 'chat:8080/*',
          references: [
            { refType: 'FOLLOWS_FROM', traceID: 'a1', spanID: 'x' },
            { refType: 'CHILD_OF', traceID: 'a1', spanID: 's0' },
          ],
          startTime: 1767225600000500,
          duration: 2500,
          tags: [
            { key: 'error', type: 'bool', value: true },
            { key: 'http.status_code', type: 'int64', value: 503 },
          ],
          processID: 'p1',
        },
      ],
      processes: {
        p1: {
          serviceName: 'chat.ai',
          tags: [{ key: 'k8s.pod.name', value: 'chat-1' }],
        },
      },
    },
  ],
  errors: null,
};

describe('JaegerTracingClient', () => {
  it('reads spans in milliseconds, with their parents and tags', async () => {
    const client = await clientOn(finding(oneTrace));
    const { traces, names, complete } = await client.find(search);
    expect({ names, complete }).toEqual({ names: ['chat.ai'], complete: true });
    expect(traces).toEqual([
      {
        traceId: 'a1',
        spans: [
          {
            spanId: 's1',
            parentSpanId: 's0',
            service: 'chat.ai',
            operation: 'chat:8080/*',
            startedAtMs: 1767225600000.5,
            durationMs: 2.5,
            tags: { error: 'true', 'http.status_code': '503' },
            resource: { 'k8s.pod.name': 'chat-1' },
          },
        ],
      },
    ]);
  });

  it('takes spans without references and tags, as a server in front of another store may send them', async () => {
    const [{ spans, ...trace }] = oneTrace.data;
    const bare = spans.map(span => ({
      ...span,
      references: null,
      tags: null,
      logs: null,
      warnings: null,
      flags: 1,
    }));
    const client = await clientOn(
      finding({
        data: [{ ...trace, spans: bare, warnings: null }],
        total: 0,
        limit: 0,
        offset: 0,
        errors: null,
      }),
    );
    const { traces } = await client.find(search);
    expect(traces).toMatchObject([
      { traceId: 'a1', spans: [{ spanId: 's1', tags: {} }] },
    ]);
    expect(traces[0].spans[0].parentSpanId).toBeUndefined();
  });

  it('asks in Jaeger`s words, with credentials and the tenant', async () => {
    const asked: { url: string; headers: Record<string, unknown> }[] = [];
    const client = await clientOn(
      (request, response) => {
        asked.push({ url: request.url ?? '', headers: request.headers });
        finding({ data: [] })(request, response);
      },
      {
        auth: { type: 'bearer', token: 't0ken' },
        headers: { 'X-Team': 'ai' },
        tenant: 'platform',
      },
    );
    await client.find({
      ...search,
      model: 'a "quoted" one',
      failedOnly: true,
      minDurationMs: 1500,
    });
    expect(asked.map(({ url }) => url.split('?')[0])).toEqual([
      '/api/services',
      '/api/traces',
    ]);
    const url = new URL(asked[1].url, 'http://x');
    expect(url.pathname).toBe('/api/traces');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      service: 'chat.ai',
      tags: '{"error":"true","ai.model":"a \\"quoted\\" one"}',
      minDuration: '1500000us',
      start: '1767225600000000',
      end: '1767229210000000',
      limit: '20',
    });
    expect(asked[0].headers).toMatchObject({
      authorization: 'Bearer t0ken',
      'x-team': 'ai',
      'x-scope-orgid': 'platform',
      'x-tenant': 'platform',
    });
  });

  it.each([1e308, -1])(
    'refuses a trace that began at %s, which no calendar has',
    async startTime => {
      const [trace] = oneTrace.data;
      const spans = trace.spans.map(span => ({ ...span, startTime }));
      const client = await clientOn(finding({ data: [{ ...trace, spans }] }));
      await expect(client.find(search)).rejects.toThrow(
        "JSON that is not in Jaeger's format (at 0.spans.0.startTime)",
      );
    },
  );

  it('reads a tag that is an object, whatever it calls its own text', async () => {
    const [trace] = oneTrace.data;
    const tags = [{ key: 'k', value: { toString: 1 } }];
    const spans = trace.spans.map(span => ({ ...span, tags }));
    const client = await clientOn(finding({ data: [{ ...trace, spans }] }));
    const { traces } = await client.find(search);
    expect(traces[0].spans[0].tags.k).toBe('{"toString":1}');
  });

  it('asks once for the same search', async () => {
    const asked: (string | undefined)[] = [];
    const client = await clientOn((request, response) => {
      asked.push(request.url?.split('?')[0]);
      finding(oneTrace)(request, response);
    });
    await Promise.all([client.find(search), client.find(search)]);
    await client.find(search);
    expect(asked).toEqual(['/api/services', '/api/traces']);
  });

  it.each([
    [
      'a sign-in page',
      answering(200, '<!doctype html><p>Sign in', 'text/html'),
      'source-unreachable',
      'answered with a web page',
    ],
    [
      'wrong credentials',
      answering(401, ''),
      'forbidden',
      "refused the portal's credentials (401)",
    ],
    ['no rights', answering(403, ''), 'forbidden', '(403)'],
    [
      'a redirect',
      (_: unknown, response: any) =>
        response.writeHead(302, { location: 'http://login' }).end(),
      'source-unreachable',
      'redirects instead of answering (302)',
    ],
    [
      'another API',
      answering(404, '404 page not found', 'text/plain'),
      'source-unreachable',
      'has no such API there (404)',
    ],
    [
      'an overload',
      answering(503, 'busy', 'text/plain'),
      'source-unreachable',
      'is not available at present (503): busy',
    ],
    [
      'an error of its store',
      answering(500, {
        data: null,
        errors: [{ code: 500, msg: 'elastic: no node' }],
      }),
      'source-unreachable',
      'could not answer the search (500): elastic: no node',
    ],
    [
      'an error with 200',
      answering(200, { data: null, errors: [{ msg: 'plugin gone' }] }),
      'source-unreachable',
      'could not answer the search: plugin gone',
    ],
    [
      'Tempo`s own format',
      answering(200, { traces: [], data: {} }),
      'source-unreachable',
      "not in Jaeger's format",
    ],
    [
      'half an answer',
      answering(200, '{"data":[{"traceID":"a'),
      'source-unreachable',
      'breaks off or is garbled',
    ],
    [
      'silence',
      () => undefined,
      'source-unreachable',
      'did not answer within 0.3 s',
    ],
  ])('says of %s what to do', async (_, listener, reason, message) => {
    const client = await clientOn(listener as RequestListener, {
      auth: { type: 'bearer', token: 'very-s3cret' },
      ...(message.includes('0.3 s') && { timeoutMs: 300 }),
    });
    const error = await client.find(search).catch(thrown => thrown);
    expect(error).toMatchObject({ name: 'SourceError', reason });
    expect(error.message).toContain(message);
    expect(error.message).toContain("cluster 'shop'");
    expect(error.message).not.toContain('very-s3cret');
  });

  it('does not search for a service that Jaeger does not know', async () => {
    const asked: string[] = [];
    const client = await clientOn((request, response) => {
      asked.push(request.url ?? '');
      answering(200, { data: ['billing.finance'] })(request, response);
    });
    expect(await client.find(search)).toMatchObject({ traces: [], names: [] });
    expect(asked).toEqual(['/api/services']);
  });

  describe('of a workload that calls itself as nobody can know', () => {
    const workload = { kind: 'Deployment', namespace: 'ai', name: 'chat-v1' };
    const of = { names: ['chat.ai'], workloads: [workload] };
    const byWorkload =
      '{"k8s.namespace.name":"ai","k8s.deployment.name":"chat-v1"}';
    const asked: URLSearchParams[] = [];
    /** As Jaeger, whose searches need a service and look at what reported a span, too. */
    const jaeger =
      (services: string[], right: (query: URLSearchParams) => unknown) =>
      (...[request, response]: Parameters<RequestListener>) => {
        const { pathname, searchParams } = new URL(
          request.url ?? '',
          'http://jaeger',
        );
        if (pathname === '/api/services') {
          answering(200, { data: services })(request, response);
          return;
        }
        asked.push(searchParams);
        answering(200, right(searchParams))(request, response);
      };
    beforeEach(() => {
      asked.length = 0;
    });

    it('finds its traces by the attributes of what reported them, beside those of its proxies', async () => {
      const client = await clientOn(
        jaeger(['billing', 'chat.ai', 'some-app'], query =>
          query.get('service') === 'some-app' &&
          query.get('tags')?.includes('chat-v1')
            ? oneTrace
            : { data: [] },
        ),
      );
      const found = await client.find({ ...search, of });
      expect(found.names).toEqual(['chat.ai', 'some-app']);
      expect(found.traces.map(({ traceId }) => traceId)).toEqual(['a1']);
      expect(found).not.toHaveProperty('unasked');
      const last = asked.at(-1)!;
      expect(last.get('service')).toBe('some-app');
      expect(last.get('tags')).toBe(byWorkload);
      expect(last.get('limit')).toBe('20');
    });

    it('asks no more services than it may, the likeliest first, and says how many it did not ask', async () => {
      const services = Array.from({ length: 40 }, (_, n) => `app-${n}`);
      const client = await clientOn(
        jaeger([...services, 'zz-chat'], () => ({ data: [] })),
      );
      const found = await client.find({ ...search, of });
      expect(found).toMatchObject({ names: [], traces: [], unasked: 17 });
      expect(asked).toHaveLength(24);
      expect(asked[0].get('service')).toBe('zz-chat');
      expect(asked[0].get('limit')).toBe('1');
      await client.find({ ...search, of, failedOnly: true });
      // What was found out a moment ago is not asked again.
      expect(asked).toHaveLength(24);
    });

    it('keeps what its proxies reported where the others cannot be asked', async () => {
      const client = await clientOn(
        jaeger(['chat.ai', 'some-app'], query =>
          query.get('service') === 'chat.ai'
            ? oneTrace
            : { data: null, errors: [{ code: 500, msg: 'too busy' }] },
        ),
      );
      const found = await client.find({ ...search, of });
      expect(found).toMatchObject({ names: ['chat.ai'], unasked: 1 });
      expect(found.traces).toHaveLength(1);
    });

    it('says what went wrong where that is all there is to ask', async () => {
      const client = await clientOn(
        jaeger(['some-app'], () => ({
          data: null,
          errors: [{ code: 500, msg: 'too busy' }],
        })),
      );
      await expect(client.find({ ...search, of })).rejects.toThrow('too busy');
    });
  });

  it('says that nothing listens', async () => {
    const server = await serve(() => undefined);
    await server.stop();
    const client = await clientOn(() => undefined, { url: server.url });
    await expect(client.services()).rejects.toThrow(
      'cannot be reached: nothing listens there',
    );
  });

  it.each([[{ data: [] }], [{ data: null, total: 0, errors: null }]])(
    'takes %j for nothing found',
    async body => {
      const client = await clientOn(answering(200, body));
      expect((await client.services()).names).toEqual([]);
      expect((await client.find(search)).traces).toEqual([]);
    },
  );

  it('links to a trace where a page is configured', async () => {
    const traceUrl = 'https://jaeger.example.com/trace/{traceId}';
    const client = await clientOn(answering(200, oneTrace), { traceUrl });
    expect(client.urlOf('a/1')).toBe('https://jaeger.example.com/trace/a%2F1');
    const without = await clientOn(answering(200, oneTrace));
    expect(without.urlOf('a1')).toBeUndefined();
  });
});
