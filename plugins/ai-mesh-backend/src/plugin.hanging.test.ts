import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import type { Source } from '@ai-mesh/plugin-ai-mesh-common';
import type { JsonObject } from '@backstage/types';
import type { RequestListener } from 'http';
import {
  clusterOn,
  component,
  startPortal,
  type Portal,
} from './__testUtils__/startPortal';
import { serve, type TestServer } from './target/__testUtils__/serve';

jest.setTimeout(120_000);

const TIMEOUT_MS = 5000;
const timeout = `${TIMEOUT_MS / 1000}s`;
const entities = [
  component('chat', { 'ai-mesh.io/service': 'ai-services/ai-chat-service' }),
];
const json = { 'Content-Type': 'application/json' };

/** Takes the connection and the request, and never answers. */
const silent: RequestListener = () => undefined;

/** Answers with a byte a second, and so without end. */
const trickling: RequestListener = (_, response) => {
  response.writeHead(200, json);
  const timer = setInterval(() => response.write(' '), 1000);
  response.on('close', () => clearInterval(timer));
};

/** Answers each request well before the time-out, and any two of them after it. */
const slow: RequestListener = (_, response) => {
  const timer = setTimeout(
    () =>
      response
        .writeHead(200, json)
        .end(
          '{"status":{"Kiali version":"v2.0.0"},"strategy":"anonymous","data":["chat"]}',
        ),
    0.7 * TIMEOUT_MS,
  );
  response.on('close', () => clearTimeout(timer));
};

/** A Tempo that finds traces at once, and hangs when it is asked for one of them. */
const findsAndHangs: RequestListener = (request, response) => {
  if (request.url?.startsWith('/api/search')) {
    response.writeHead(200, json).end(
      JSON.stringify({
        traces: Array.from({ length: 10 }, (_, n) => ({
          traceID: String(n).repeat(32),
          startTimeUnixNano: '1767225600000000000',
          durationMs: 5,
          spanSets: [{ spans: [{ durationNanos: '5000000' }] }],
        })),
      }),
    );
  }
};

const nothingMeasured: RequestListener = (request, response) => {
  response.writeHead(200, json).end(
    JSON.stringify({
      status: 'success',
      data: {
        resultType: request.url?.includes('query_range') ? 'matrix' : 'vector',
        result: [],
      },
    }),
  );
};

/** The sources that play a part in each view, beside Prometheus. */
const VIEWS: Record<string, readonly Source['name'][]> = {
  overview: ['kubernetes'],
  topology: ['kubernetes', 'kiali'],
  'topology/replay?span=1h': ['kubernetes'],
  routes: ['kubernetes'],
  security: ['kubernetes'],
  review: ['kubernetes', 'kiali'],
  slos: ['kubernetes'],
  traces: ['kubernetes', 'tracing'],
};

describe('a view, while a source hangs,', () => {
  let sandbox: RunningSandbox;
  let portal: Portal | undefined;
  const servers: TestServer[] = [];

  beforeAll(async () => {
    sandbox = await startSandbox();
  });

  afterEach(async () => {
    await portal?.stop();
    await Promise.all(servers.splice(0).map(server => server.stop()));
    portal = undefined;
  });

  afterAll(async () => {
    await sandbox?.stop();
  });

  const urlOf = async (listener: RequestListener) => {
    const server = await serve(listener);
    servers.push(server);
    return server.url;
  };

  async function start(settings: JsonObject) {
    portal = await startPortal(
      [
        clusterOn(sandbox, {
          prometheus: { url: await urlOf(nothingMeasured), cacheTtl: '0s' },
          ...settings,
        }),
      ],
      entities,
    );
    return portal;
  }

  /** All at once, as the tabs of many readers. */
  const readAll = (configured: readonly Source['name'][]) =>
    Promise.all(
      Object.entries(VIEWS).map(async ([view, names]) => {
        const began = performance.now();
        const { status, body } = await portal!.read(`chat/${view}`);
        const ms = performance.now() - began;
        expect({ view, status }).toEqual({ view, status: 200 });
        const sources = body.sources as Source[];
        expect(sources.map(({ name }) => name)).toEqual(
          expect.arrayContaining(
            names.filter(name => configured.includes(name)),
          ),
        );
        return { view, ms, body, sources };
      }),
    );

  it.each<[string, RequestListener, string, RequestListener]>([
    ['a silent Kiali and tracing system', silent, 'auto', silent],
    ['a trickling Kiali and Jaeger', trickling, 'jaeger', trickling],
    ['a slow Kiali and Jaeger', slow, 'jaeger', slow],
    ['a Tempo that finds and hangs', silent, 'tempo', findsAndHangs],
  ])('keeps the rest: %s', async (_, kiali, type, tracing) => {
    await start({
      kiali: { url: await urlOf(kiali), timeout },
      tracing: {
        url: await urlOf(tracing),
        ...(type !== 'auto' && { type }),
        timeout,
      },
    });
    // The mesh is read, so that only these are waited for.
    await portal!.read('chat/security');
    for (const { view, ms, sources } of await readAll([
      'kubernetes',
      'kiali',
      'tracing',
    ])) {
      for (const { name, status, message } of sources) {
        const hangs = name === 'kiali' || name === 'tracing';
        expect({ view, name, status }).toEqual({
          view,
          name,
          status: hangs ? 'unreachable' : 'ok',
        });
        expect(message ?? '').toMatch(
          hangs
            ? new RegExp(`did not answer within 5 s\\. .*${name}\\.timeout`)
            : /^(?!.*did not answer)/,
        );
      }
      expect(ms).toBeLessThan(2 * TIMEOUT_MS);
    }
  });

  it.each([
    ['is silent', silent],
    ['trickles', trickling],
  ])('says what is missing where the API server %s', async (_, listener) => {
    const url = await urlOf(listener);
    await start({ kubernetes: { url, serviceAccountToken: 'x' } });
    for (const { sources, body, ms, view } of await readAll(['kubernetes'])) {
      const kubernetes = sources.find(({ name }) => name === 'kubernetes');
      expect({ view, status: kubernetes?.status }).toEqual({
        view,
        status: 'unreachable',
      });
      expect(kubernetes?.message).toContain('have not been listed yet');
      expect(body.resolution.searched).toMatchObject([
        { cluster: 'shop', message: expect.any(String) },
      ]);
      // It is waited for for 3 s, once.
      expect(ms).toBeLessThan(2 * TIMEOUT_MS);
    }
    const options = await portal!.read('chat/canaries/options');
    expect(options.status).toBe(200);
  });
});
