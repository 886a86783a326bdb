import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import { tracesSchema, type Traces } from '@ai-mesh/plugin-ai-mesh-common';
import {
  clusterOn,
  component,
  startPortal,
  until,
  type Portal,
} from '../__testUtils__/startPortal';
import { serve } from '../target/__testUtils__/serve';
import { serveTempo } from '../tracing/__testUtils__/serveTempo';

const chat = component('chat', {
  'ai-mesh.io/service': 'ai-services/ai-chat-service',
});

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox(['--speed', '20']);
}, 60_000);
afterAll(() => sandbox?.stop());

async function portalOn(
  tracing: { url: string; type?: string } | undefined,
): Promise<Portal> {
  return startPortal(
    [
      clusterOn(
        sandbox,
        tracing && {
          tracing: {
            ...tracing,
            timeout: '1s',
            cacheTtl: '0s',
            traceUrl: 'https://jaeger.example.com/trace/{traceId}',
          },
        },
      ),
    ],
    [chat],
  );
}

async function tracesOf(portal: Portal, query = ''): Promise<Traces> {
  const response = await portal.read(`chat/traces${query}`);
  expect(response.status).toBe(200);
  return tracesSchema.parse(response.body);
}

const lengthOf = (part: Traces['slowest']) =>
  part.status === 'known' ? part.value.length : 0;

describe('the traces of an entity', () => {
  it('are the slowest of its service, with a waterfall and a link', async () => {
    const portal = await portalOn({ url: sandbox.jaeger });
    const traces = await until(
      () => tracesOf(portal),
      ({ slowest }) => lengthOf(slowest) === 10,
      20_000,
    );
    await portal.stop();
    expect(traces.services).toEqual([
      { cluster: 'shop', names: ['ai-chat-service.ai-services'] },
    ]);
    expect(traces.sources).toContainEqual(
      expect.objectContaining({ name: 'tracing', status: 'ok' }),
    );
    const found = traces.slowest.status === 'known' ? traces.slowest.value : [];
    const durations = found.map(({ serviceDurationMs }) => serviceDurationMs);
    expect(durations).toEqual([...durations].sort((a, b) => b - a));
    const [first] = found;
    expect(first.url).toBe(`https://jaeger.example.com/trace/${first.traceId}`);
    expect(first.spans.map(({ service }) => service)).toEqual(
      expect.arrayContaining([
        'ai-chat-service.ai-services',
        'llm-gateway-service.ai-services',
      ]),
    );
    expect(first.models.length).toBeGreaterThan(0);
  }, 40_000);

  it.each<[string, () => Promise<{ url: string; stop?(): Promise<void> }>]>([
    ['Tempo, found out', async () => ({ url: sandbox.tempo })],
    [
      'a Jaeger that serves its public API alone, found out',
      () =>
        serve(async ({ url = '' }, response) => {
          const answer = await fetch(`${sandbox.jaeger}${url}`);
          const body = await answer.text();
          response
            .writeHead(url.startsWith('/api/v3/') ? answer.status : 404)
            .end(url.startsWith('/api/v3/') ? body : '404 page not found');
        }),
    ],
  ])(
    'are the same from %s',
    async (_, start) => {
      const { url, stop } = await start();
      const portal = await portalOn({ url });
      const traces = await until(
        () => tracesOf(portal, '?model=sage-chat-4&slowerThanMs=1000'),
        ({ slowest, failed }) =>
          lengthOf(slowest) > 0 && failed.status === 'known',
        40_000,
      );
      await portal.stop();
      await stop?.();
      expect(traces.services).toEqual([
        { cluster: 'shop', names: ['ai-chat-service.ai-services'] },
      ]);
      if (traces.slowest.status !== 'known') {
        throw new Error('they were known a moment ago');
      }
      const durations = traces.slowest.value.map(one => one.serviceDurationMs);
      expect(durations).toEqual([...durations].sort((a, b) => b - a));
      for (const { models, serviceDurationMs, spans } of traces.slowest.value) {
        expect(models).toContain('sage-chat-4');
        expect(serviceDurationMs).toBeGreaterThanOrEqual(1000);
        expect(spans.some(({ depth }) => depth > 0)).toBe(true);
      }
      expect(traces.sources).toContainEqual(
        expect.objectContaining({ name: 'tracing', status: 'ok' }),
      );
    },
    80_000,
  );

  it.each([
    ['the API of its pages', /^\/api\/(?!v3)/],
    ['its public API alone', /^\/api\/v3\//],
  ])(
    'are found in Jaeger by what reported them, whatever it calls itself, by %s',
    async (_, served) => {
      const [own, other] = ['ai-chat-service.ai-services', 'some-app'];
      const jaeger = await serve(async ({ url = '' }, response) => {
        const answer = await fetch(
          `${sandbox.jaeger}${url.replaceAll(`=${other}`, `=${own}`)}`,
        );
        const body = await answer.text();
        response
          .writeHead(served.test(url) ? answer.status : 404)
          .end(
            served.test(url)
              ? body.replaceAll(`"${own}"`, `"${other}"`)
              : '404 page not found',
          );
      });
      const portal = await portalOn({ url: jaeger.url });
      const traces = await until(
        () => tracesOf(portal),
        ({ slowest }) => lengthOf(slowest) > 0,
        40_000,
      );
      await portal.stop();
      await jaeger.stop();
      expect(traces.services).toEqual([{ cluster: 'shop', names: [other] }]);
      const found =
        traces.slowest.status === 'known' ? traces.slowest.value : [];
      for (const { serviceDurationMs, spans } of found) {
        expect(serviceDurationMs).toBeGreaterThan(0);
        expect(spans.some(({ service }) => service === other)).toBe(true);
      }
    },
    80_000,
  );

  it('are those of a model, or those that took too long', async () => {
    const portal = await portalOn({ url: sandbox.jaeger });
    const ofModel = await until(
      () => tracesOf(portal, '?model=sage-chat-4'),
      ({ slowest }) => lengthOf(slowest) > 0,
      20_000,
    );
    const slow = await until(
      () => tracesOf(portal, '?slowerThanMs=2000'),
      ({ slowest }) => lengthOf(slowest) > 0,
      20_000,
    );
    await portal.stop();
    if (ofModel.slowest.status !== 'known' || slow.slowest.status !== 'known') {
      throw new Error('they were known a moment ago');
    }
    for (const { models } of ofModel.slowest.value) {
      expect(models).toContain('sage-chat-4');
    }
    for (const { serviceDurationMs } of slow.slowest.value) {
      expect(serviceDurationMs).toBeGreaterThanOrEqual(2000);
    }
  }, 60_000);

  it('say why there are none where nothing is configured', async () => {
    const portal = await portalOn(undefined);
    const { slowest, sources } = await tracesOf(portal);
    await portal.stop();
    expect(slowest).toMatchObject({
      status: 'unknown',
      reason: 'not-configured',
    });
    expect(sources).toContainEqual(
      expect.objectContaining({ name: 'tracing', status: 'not-configured' }),
    );
  });

  it.each([
    [401, 'text/plain', '', 'forbidden', 'forbidden'],
    [200, 'text/html', '<html>', 'source-unreachable', 'unreachable'],
  ])(
    'say why there are none where Jaeger answers %s %s',
    async (status, type, body, reason, sourceStatus) => {
      const jaeger = await serve((_, response) =>
        response.writeHead(status, { 'content-type': type }).end(body),
      );
      const portal = await portalOn({ url: jaeger.url });
      const { slowest, failed, sources } = await tracesOf(portal);
      await portal.stop();
      await jaeger.stop();
      expect(slowest).toMatchObject({ status: 'unknown', reason });
      expect(failed).toMatchObject({ status: 'unknown', reason });
      expect(sources).toContainEqual(
        expect.objectContaining({ name: 'tracing', status: sourceStatus }),
      );
      expect(sources).toContainEqual(
        expect.objectContaining({ name: 'kubernetes', status: 'ok' }),
      );
    },
  );

  it.each([
    [undefined, 'some-app', 'by its workload'],
    ['tempo', 'ai-chat-service.ai-services', 'by its name'],
  ])(
    'come from Tempo where tracing.type is %s, and find %s %s',
    async (type, service, _how) => {
      const now = BigInt(Date.now()) * 1_000_000n;
      const attribute = (key: string, stringValue: string) => ({
        key,
        value: { stringValue },
      });
      const tempo = await serveTempo({
        hits: [{ traceID: 'a1', startTimeUnixNano: String(now) }],
        traces: {
          a1: [
            {
              resource: {
                attributes: [
                  attribute('service.name', service),
                  attribute('k8s.namespace.name', 'ai-services'),
                  attribute('k8s.deployment.name', 'ai-chat-service-v1'),
                ],
              },
              scopeSpans: [
                {
                  spans: [
                    {
                      traceId: 'W47/95gDgQPSabYzgT/GDA==',
                      spanId: '7uGbfsPBsXQ=',
                      name: 'chat',
                      startTimeUnixNano: String(now),
                      endTimeUnixNano: String(now + 2_000_000_000n),
                      attributes: [attribute('gen_ai.request.model', 'swift')],
                      status: { code: 'STATUS_CODE_ERROR' },
                    },
                  ],
                },
              ],
            },
          ],
        },
      });
      const portal = await portalOn({ url: tempo.url, ...(type && { type }) });
      const { slowest, services, sources } = await tracesOf(
        portal,
        '?model=swift',
      );
      await portal.stop();
      await tempo.stop();
      expect(services).toEqual([{ cluster: 'shop', names: [service] }]);
      expect(slowest).toMatchObject({
        status: 'known',
        value: [
          {
            traceId: 'a1',
            serviceDurationMs: 2000,
            failed: true,
            models: ['swift'],
            spans: [{ model: 'swift' }],
          },
        ],
      });
      expect(sources).toContainEqual(
        expect.objectContaining({ name: 'tracing', status: 'ok' }),
      );
      const { query } = tempo.asked.find(({ path }) => path === '/api/search')!;
      expect(query.q).toContain(
        'resource.service.name = "ai-chat-service.ai-services"',
      );
      expect(query.q).toContain(
        '(resource.k8s.namespace.name = "ai-services" && resource.k8s.deployment.name = "ai-chat-service-v1")',
      );
      expect(query.q).toContain('span.gen_ai.request.model = "swift"');
    },
  );

  it('say which names were looked for where Jaeger knows others', async () => {
    const jaeger = await serve(({ url }, response) =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(
          url === '/api/services'
            ? '{"data":["billing.finance"]}'
            : '{"data":[]}',
        ),
    );
    const portal = await portalOn({ url: jaeger.url });
    const { slowest } = await tracesOf(portal);
    await portal.stop();
    await jaeger.stop();
    expect(slowest).toMatchObject({
      status: 'unknown',
      reason: 'not-exported',
      message: expect.stringContaining('ai-chat-service.ai-services'),
    });
  });

  it.each([
    ['?slowerThanMs=soon', "'slowerThanMs'"],
    ['?window=2h', "'window'"],
    [`?model=${'m'.repeat(501)}`, "'model'"],
  ])('refuse %.40s by name', async (query, name) => {
    const portal = await portalOn(undefined);
    const response = await portal.read(`chat/traces${query}`);
    await portal.stop();
    expect(response.status).toBe(400);
    expect(response.body.error.message).toContain(name);
  });
});
