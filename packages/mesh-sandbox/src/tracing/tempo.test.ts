import { RunningMeshSandbox, startMeshSandbox } from '../server';

let sandbox: RunningMeshSandbox;

beforeAll(async () => {
  sandbox = await startMeshSandbox({ speed: 0.0001 });
  for (let i = 0; i < 40; i += 1) {
    sandbox.tick();
  }
});

afterAll(() => sandbox.stop());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${sandbox.tempo}${path}`, { headers });
const json = async (path: string) => (await get(path)).json();
const search = (q: string, more: Record<string, string> = {}) =>
  json(`/api/search?${new URLSearchParams({ q, limit: '1000', ...more })}`);

const CHAT = 'resource.service.name = "ai-chat-service.ai-services"';

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  kind: string;
  status: { code?: string };
  startTimeUnixNano: string;
  endTimeUnixNano: string;
}

describe('Tempo', () => {
  it('answers that it is there', async () => {
    expect(await (await get('/api/echo')).text()).toBe('echo');
    expect((await get('/ready')).status).toBe(200);
  });

  it.each([
    [`{ ${CHAT} }`, undefined],
    ['{ resource.k8s.deployment.name = "ai-chat-service-v2" }', undefined],
    [`{ ${CHAT} && span.http.status_code =~ "2.." }`, undefined],
    [`{ ${CHAT} && duration > 1s }`, 1000],
    [`{ ${CHAT} && kind = server } | select(status)`, undefined],
    ['{ .ai.model = "sage-chat-4" } && { rootServiceName != "x" }', undefined],
  ])('finds traces by %s', async (q, leastMs) => {
    const { traces } = await search(q);
    expect(traces.length).toBeGreaterThan(0);
    for (const { traceID, rootServiceName, spanSets } of traces) {
      expect(traceID).toMatch(/^[0-9a-f]{32}$/);
      expect(rootServiceName).toMatch(/\.ai-(services|lab)$/);
      expect(spanSets[0].matched).toBeGreaterThan(0);
      expect(spanSets[0].spans.length).toBeLessThanOrEqual(3);
      for (const { durationNanos } of spanSets[0].spans) {
        expect(Number(durationNanos) / 1e6).toBeGreaterThanOrEqual(
          leastMs ?? 0,
        );
      }
    }
  });

  it('counts the same as TraceQL says in words', async () => {
    const all = (await search('{}')).traces.length;
    const failed = (await search('{ status = error }')).traces.length;
    const chat = (await search(`{ ${CHAT} }`)).traces.length;
    const without = (await search(`{ rootServiceName = "nobody" }`)).traces;
    expect(all).toBeGreaterThan(chat);
    expect(failed).toBeLessThan(all);
    expect(without).toEqual([]);
    const either = await search(`{ (${CHAT} || name = "nobody's") && true }`);
    expect(either.traces).toHaveLength(chat);
    const joined = await search(`{ ${CHAT} } || { name = "nobody's" }`);
    expect(joined.traces).toHaveLength(chat);
  });

  it('keeps to limits and times', async () => {
    expect((await search('{}', { limit: '2' })).traces).toHaveLength(2);
    const { traces } = await search('{}', { start: '1', end: '2' });
    expect(traces).toEqual([]);
  });

  it('finds by tags, as before TraceQL', async () => {
    const tags = 'service.name=AI-CHAT http.method=POST';
    const { traces } = await json(
      `/api/search?${new URLSearchParams({ tags, minDuration: '100ms' })}`,
    );
    expect(traces.length).toBeGreaterThan(0);
    expect(traces[0].durationMs).toBeGreaterThanOrEqual(100);
  });

  it.each([
    '/api/search?q={ resource.service.name ~ 3 }',
    '/api/search?q={ nonsense',
    '/api/search?q={}&limit=0',
    '/api/search?q={}&start=5&end=4',
  ])('refuses %s in plain text', async path => {
    const response = await get(encodeURI(path));
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toMatch('text/plain');
  });

  it('has a trace in both of its shapes, with identifiers in base64', async () => {
    const [{ traceID }] = (await search(`{ ${CHAT} }`)).traces;
    const { batches } = await json(`/api/traces/${traceID}`);
    const { trace } = await json(`/api/v2/traces/${traceID}`);
    expect(trace.resourceSpans).toEqual(batches);
    const spans: Span[] = batches.flatMap(
      ({ scopeSpans }: { scopeSpans: { spans: Span[] }[] }) =>
        scopeSpans[0].spans,
    );
    const ids = new Set(spans.map(({ spanId }) => spanId));
    expect(spans.filter(({ parentSpanId }) => !parentSpanId)).toHaveLength(1);
    for (const span of spans) {
      expect(Buffer.from(span.traceId, 'base64').toString('hex')).toBe(traceID);
      expect(span.parentSpanId ? ids.has(span.parentSpanId) : true).toBe(true);
      expect(
        BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano),
      ).toBeGreaterThanOrEqual(0n);
    }
    expect(batches[0].resource.attributes).toContainEqual({
      key: 'k8s.namespace.name',
      value: { stringValue: expect.any(String) },
    });
    expect((await get(`/api/traces/${'0'.repeat(32)}`)).status).toBe(404);
  });

  it('tells names and values that may be searched for', async () => {
    expect((await json('/api/search/tags')).tagNames).toContain('service.name');
    const { scopes } = await json('/api/v2/search/tags?scope=resource');
    expect(scopes).toEqual([
      { name: 'resource', tags: expect.arrayContaining(['k8s.cluster.name']) },
    ]);
    const { tagValues } = await json(
      '/api/v2/search/tag/resource.service.name/values',
    );
    expect(tagValues).toContainEqual({
      type: 'string',
      value: 'ai-chat-service.ai-services',
    });
    expect(
      (await json('/api/search/tag/service.name/values')).tagValues,
    ).toContain('ai-chat-service.ai-services');
  });

  it('has traces for its tenant alone', async () => {
    const tenanted = await startMeshSandbox({
      speed: 0.0001,
      tempoTenant: 'shop',
    });
    for (let i = 0; i < 10; i += 1) {
      tenanted.tick();
    }
    const asked = (headers: Record<string, string>) =>
      fetch(`${tenanted.tempo}/api/search?q={}`, { headers });
    const statuses = (await asked({})).status;
    const [own, other] = await Promise.all(
      ['shop', 'lab'].map(async tenant =>
        (await asked({ 'X-Scope-OrgID': tenant })).json(),
      ),
    );
    await tenanted.stop();
    expect(statuses).toBe(401);
    expect(own.traces.length).toBeGreaterThan(0);
    expect(other.traces).toEqual([]);
  });
});

describe('the API of the second line of Jaeger', () => {
  const v3 = (path: string) => fetch(`${sandbox.jaeger}/api/v3${path}`);
  const range = {
    'query.start_time_min': new Date(0).toISOString(),
    'query.start_time_max': new Date(Date.now() + 3_600_000).toISOString(),
  };

  it('has services and operations', async () => {
    const { services } = await (await v3('/services')).json();
    expect(services).toContain('ai-chat-service.ai-services');
    const { operations } = await (
      await v3('/operations?service=ai-chat-service.ai-services')
    ).json();
    expect(operations[0]).toEqual({
      name: expect.any(String),
      spanKind: expect.stringMatching(/^(client|server)$/),
    });
  });

  it.each([
    ['query.service_name', 'query.search_depth', 'query.duration_min'],
    ['query.serviceName', 'query.searchDepth', 'query.durationMin'],
  ])('finds traces by %s, as OTLP', async (service, depth, least) => {
    const parameters = new URLSearchParams({
      ...range,
      [service]: 'ai-chat-service.ai-services',
      [depth]: '3',
      [least]: '100ms',
    });
    const { result } = await (await v3(`/traces?${parameters}`)).json();
    const ids = new Set(
      result.resourceSpans.flatMap(
        ({ scopeSpans }: { scopeSpans: { spans: Span[] }[] }) =>
          scopeSpans[0].spans.map(({ traceId }) => traceId),
      ),
    );
    expect(ids.size).toBe(3);
    for (const id of ids) {
      expect(id).toMatch(/^[0-9a-f]{32}$/);
      expect((await v3(`/traces/${id}`)).status).toBe(200);
    }
  });

  it('refuses a search without times, and says when it finds none', async () => {
    const without = await v3('/traces?query.service_name=x');
    expect(without.status).toBe(400);
    expect((await without.json()).error.message).toMatch('are required');
    const none = await v3(
      `/traces?${new URLSearchParams({ ...range, 'query.service_name': 'x' })}`,
    );
    expect(none.status).toBe(404);
    expect((await none.json()).error).toEqual({
      httpCode: 404,
      message: 'No traces found',
    });
  });
});
