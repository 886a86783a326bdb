import {
  AiMeshClient,
  aiMeshEventSchema,
  factNames,
  factsByRefsSchema,
  factsListSchema,
  factsSchema,
  fleetSchema,
  modelsInUseSchema,
  scorecardSchema,
  type AiMeshEvent,
  type Facts,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import request from 'supertest';
import { clusterOn, component, until } from './__testUtils__/startPortal';
import { aiMeshPlugin } from './plugin';
import {
  describeWithPrometheus,
  startScrapingPrometheus,
  type RealPrometheus,
} from './prometheus/__testUtils__/startPrometheus';

jest.setTimeout(240_000);

const chat = 'component:default/chat';

describeWithPrometheus('facts of the demo', () => {
  let sandbox: RunningSandbox;
  let prometheus: RealPrometheus;
  let backend: TestBackend;
  const scheduler = mockServices.scheduler();
  const heard: AiMeshEvent[] = [];

  const ask = (method: 'get' | 'post', path: string, body?: object) => {
    const asking = request(backend.server)
      [method](`/api/ai-mesh/v1${path}`)
      .set('Authorization', mockCredentials.user.header());
    return body ? asking.send(body) : asking;
  };
  const entity = (path: string, name = 'chat') =>
    ask('get', `/entities/component/default/${name}/${path}`);
  const readFacts = async () =>
    factsSchema.parse((await entity('facts?history=7d')).body);
  const readScorecard = async () =>
    scorecardSchema.parse((await entity('scorecard')).body);
  const value = ({ facts }: Facts, name: string) => {
    const fact = facts[name];
    return fact.status === 'known' ? fact.value : fact.reason;
  };
  const outcomes = async () =>
    Object.fromEntries(
      (await readScorecard()).checks.map(({ id, outcome }) => [id, outcome]),
    );
  const retryOn = async (what: string) => {
    const response = await fetch(
      `${sandbox.kubernetes}/apis/networking.istio.io/v1/namespaces/ai-services/virtualservices/ai-chat-service`,
      {
        method: 'PATCH',
        headers: {
          Authorization: `Bearer ${sandbox.tokens.writer}`,
          'Content-Type': 'application/json-patch+json',
        },
        body: JSON.stringify([
          { op: 'replace', path: '/spec/http/0/retries/retryOn', value: what },
        ]),
      },
    );
    expect(response.status).toBe(200);
  };
  /** Lets the scheduler's task run until the facts are as wanted. */
  const refreshUntil = (
    isWanted: (facts: Facts) => boolean,
    withinMs = 120_000,
  ) =>
    until(
      async () => {
        await scheduler.triggerTask('refresh-facts');
        return readFacts();
      },
      isWanted,
      withinMs,
    );

  beforeAll(async () => {
    sandbox = await startSandbox();
    prometheus = await startScrapingPrometheus(sandbox.metrics);
    backend = await startTestBackend({
      features: [
        aiMeshPlugin,
        catalogServiceMock.factory({
          entities: [
            component('chat', {
              'ai-mesh.io/service': 'ai-services/ai-chat-service',
            }),
            component('mistyped', {
              'ai-mesh.io/service': 'no/such/thing/here',
            }),
            component('nowhere', {
              'ai-mesh.io/service': 'ai-services/nowhere',
            }),
          ],
        }),
        mockServices.rootConfig.factory({
          data: {
            aiMesh: {
              clusters: [
                clusterOn(sandbox, {
                  prometheus: { url: prometheus.url, cacheTtl: '0s' },
                }),
              ],
              security: { lookBack: '1m' },
              facts: { period: '10s' },
            },
          },
        }),
        createServiceFactory({
          service: coreServices.scheduler,
          deps: {},
          factory: () => scheduler,
        }),
        createServiceFactory({
          service: eventsServiceRef,
          deps: {},
          factory: () => ({
            publish: async ({ eventPayload }) => {
              heard.push(aiMeshEventSchema.parse(eventPayload));
            },
            subscribe: async () => undefined,
          }),
        }),
      ],
    });
  });

  afterAll(async () => {
    await backend?.stop();
    await prometheus?.stop();
    await sandbox?.stop();
  });

  it('are not computed before their turn has come, and say so', async () => {
    const facts = await readFacts();
    expect(facts.observedAt).toBeUndefined();
    expect(Object.keys(facts.facts)).toEqual(factNames);
    expect(value(facts, 'mtlsStrict')).toBe('not-computed');
    const { level, counts } = await readScorecard();
    expect(level).toEqual({ status: 'unknown', atLeast: null, atMost: 'gold' });
    expect(counts).toEqual({ pass: 0, fail: 0, unknown: 10, exempt: 0 });
  });

  it('say what the screens say, once there is traffic', async () => {
    const facts = await refreshUntil(
      all =>
        typeof value(all, 'latencyP99Seconds') === 'number' &&
        value(all, 'plaintextCallers') === 1 &&
        typeof value(all, 'reviewFindingsHigh') === 'number',
    );
    expect({
      mtlsStrict: value(facts, 'mtlsStrict'),
      mtlsReady: value(facts, 'mtlsReady'),
      authorizationPolicyPresent: value(facts, 'authorizationPolicyPresent'),
      policiesWithoutEffect: value(facts, 'policiesWithoutEffect'),
      ambientMode: value(facts, 'ambientMode'),
      circuitBreakerConfigured: value(facts, 'circuitBreakerConfigured'),
      breakerCanOpen: value(facts, 'breakerCanOpen'),
      timeoutsConfigured: value(facts, 'timeoutsConfigured'),
      retriesBilled: value(facts, 'retriesBilled'),
      retriesSafe: value(facts, 'retriesSafe'),
      reviewFindingsHigh: value(facts, 'reviewFindingsHigh'),
      findingsHigh: value(facts, 'findingsHigh'),
      sloDefined: value(facts, 'sloDefined'),
      modelTagOnTraces: value(facts, 'modelTagOnTraces'),
      canaryLast90d: value(facts, 'canaryLast90d'),
      canaryGatesQuality: value(facts, 'canaryGatesQuality'),
    }).toEqual({
      mtlsStrict: false,
      mtlsReady: false,
      authorizationPolicyPresent: true,
      policiesWithoutEffect: 0,
      ambientMode: false,
      circuitBreakerConfigured: true,
      breakerCanOpen: false,
      timeoutsConfigured: false,
      retriesBilled: 1,
      retriesSafe: false,
      reviewFindingsHigh: 1,
      findingsHigh: 1,
      sloDefined: false,
      modelTagOnTraces: true,
      canaryLast90d: 0,
      canaryGatesQuality: 'not-applicable',
    });
    expect(value(facts, 'mtlsObservedShare')).toBeLessThan(1);
    // The first are of a cluster that has not been read completely, where that takes longer than a turn.
    const points = facts.history!.points;
    expect(points[0].values).toMatchObject({ canaryGatesQuality: null });
    expect(
      points.find(({ values }) => typeof values.retriesBilled === 'number')
        ?.values,
    ).toMatchObject({ retriesBilled: 1 });
    expect((await readScorecard()).level).toEqual({
      status: 'known',
      level: null,
    });
  });

  it('and the scorecard with its trend change soon after a finding was mended in the cluster', async () => {
    expect(await outcomes()).toMatchObject({
      retries: 'fail',
      findings: 'fail',
    });
    const mendedAt = new Date().toISOString();
    await retryOn('connect-failure,refused-stream');
    const facts = await refreshUntil(all => value(all, 'retriesBilled') === 0);
    const change = facts.history?.points.findLast(
      ({ values }) => values.retriesBilled !== undefined,
    );
    expect(change?.values.retriesBilled).toBe(0);
    expect(change!.at > mendedAt).toBe(true);
    const scorecard = await readScorecard();
    expect(scorecard.checks.find(({ id }) => id === 'retries')).toMatchObject({
      outcome: 'pass',
      since: change!.at,
    });
    expect(scorecard.checks.find(({ id }) => id === 'findings')).toMatchObject({
      outcome: 'pass',
    });
    expect(scorecard.trend.at(-1)).toMatchObject({
      day: change!.at.slice(0, 10),
      counts: scorecard.counts,
    });
  });

  it('let listeners hear once of a finding that is new, and not of what was there before', async () => {
    const findings = () =>
      heard.filter(one => one.kind === 'high-finding' && one.code === 'AIM103');
    expect(findings()).toEqual([]);
    await retryOn('connect-failure,retriable-4xx');
    await refreshUntil(() => findings().length > 0);
    await retryOn('connect-failure,refused-stream');
    await refreshUntil(all => value(all, 'retriesBilled') === 0);
    expect(findings()).toMatchObject([
      {
        entityRef: chat,
        object: { kind: 'VirtualService', name: 'ai-chat-service' },
        page: expect.stringMatching(
          /^\/catalog\/default\/component\/chat\/ai-mesh\/review\?row=AIM103/,
        ),
      },
    ]);
  });

  it('are told of many entities in one call, and page by page', async () => {
    const { body } = await ask('post', '/facts', {
      entityRefs: [chat, 'component:nobody', 'COMPONENT:Default/Chat'],
      names: ['retriesBilled'],
    });
    const { items } = factsByRefsSchema.parse(body);
    expect(items.map(item => item?.entityRef)).toEqual([chat, undefined, chat]);
    expect(Object.keys(items[0]!.facts)).toEqual(['retriesBilled']);
    const page = async (query: string) =>
      factsListSchema.parse((await ask('get', `/facts?${query}`)).body);
    const first = await page('limit=1&names=retriesBilled,mtlsStrict');
    expect(first.items.map(({ entityRef }) => entityRef)).toEqual([chat]);
    expect(Object.keys(first.items[0].facts)).toEqual([
      'mtlsStrict',
      'retriesBilled',
    ]);
    const rest = await page(`limit=50&cursor=${first.next}`);
    expect(rest.items.map(({ entityRef }) => entityRef)).toEqual([
      'component:default/mistyped',
      'component:default/nowhere',
    ]);
    expect(rest.next).toBeUndefined();
    const [mistyped, nowhere] = rest.items;
    expect(mistyped.facts.mtlsStrict).toMatchObject({
      reason: 'not-configured',
      message: expect.stringContaining('ai-mesh.io/service'),
    });
    expect(nowhere.facts.mtlsStrict).toMatchObject({ status: 'unknown' });
  });

  it('are had by other plugins through the client', async () => {
    const client = new AiMeshClient({
      discoveryApi: {
        getBaseUrl: async id =>
          `http://127.0.0.1:${backend.server.port()}/api/${id}`,
      },
      fetchApi: {
        fetch: (input, init) => {
          const headers = new Headers(init?.headers);
          headers.set('Authorization', mockCredentials.user.header());
          return fetch(input, { ...init, headers });
        },
      },
    });
    const names = 'retriesBilled';
    const { facts, history } = await client.facts(chat, {
      names,
      history: '90d',
    });
    expect(Object.keys(facts)).toEqual([names]);
    expect(history).toMatchObject({ resolution: 'days' });
    expect(history?.points.at(-1)?.values).toEqual({ retriesBilled: 0 });
    const { items } = await client.factsByRefs({
      entityRefs: [chat, 'component:default/nobody'],
      names: [names],
    });
    expect(items).toEqual([expect.objectContaining({ facts }), null]);
    const page = await client.allFacts({ limit: 1, names });
    expect(page.items).toEqual([items[0]]);
    expect(page.next).toEqual(expect.any(String));
    const { checks } = await client.scorecard(chat);
    expect(checks.find(({ id }) => id === 'retries')?.outcome).toBe('pass');
  });

  it.each([
    [
      'get',
      '/entities/component/default/who/facts',
      undefined,
      404,
      'no entity',
    ],
    [
      'get',
      '/entities/component/default/who/scorecard',
      undefined,
      404,
      'no entity',
    ],
    [
      'get',
      '/entities/component/default/chat/facts?history=1y',
      undefined,
      400,
      'must be one of none, 7d, 90d, 400d',
    ],
    [
      'post',
      '/facts',
      {
        entityRefs: Array.from({ length: 10_000 }, (_, i) => `component:s${i}`),
      },
      400,
      'at most 500 entities are answered about in one call',
    ],
    ['post', '/facts', { entityRefs: [] }, 400, 'name at least one entity'],
    [
      'post',
      '/facts',
      { entityRefs: ['what is this'] },
      400,
      'component:default/my-service',
    ],
    ['get', '/facts?cursor=nonsense', undefined, 400, 'cursor'],
    ['get', '/facts?limit=9999', undefined, 400, 'at most 200'],
  ] as const)(
    'refuse %s %s clearly',
    async (method, path, body, status, message) => {
      const response = await ask(method, path, body);
      expect(response.status).toBe(status);
      expect(response.body.error.message).toContain(message);
    },
  );

  it('know each model in use, as its services report it', async () => {
    const { models, notKnown } = await until(
      async () => {
        await scheduler.triggerTask('refresh-facts');
        const { status, body } = await ask('get', '/models');
        expect(status).toBe(200);
        return modelsInUseSchema.parse(body);
      },
      ({ models: found }) => found.length > 0,
      120_000,
    );
    expect(models[0].uses.map(({ entityRefs }) => entityRefs)).toEqual([
      [chat],
    ]);
    expect(models[0].requestsPerSecond.status).toBe('known');
    expect(notKnown).toEqual([
      expect.objectContaining({
        entityRef: 'component:default/mistyped',
        reason: 'not-configured',
      }),
    ]);
  });

  it('let the fleet be filtered by a model', async () => {
    const fleetOf = async (model: string) => {
      await scheduler.triggerTask('refresh-facts');
      const { status, body } = await ask('get', `/fleet?model=${model}`);
      expect(status).toBe(200);
      return fleetSchema.parse(body);
    };
    const [{ model }] = modelsInUseSchema.parse(
      (
        await until(
          async () => {
            await scheduler.triggerTask('refresh-facts');
            return ask('get', '/models');
          },
          ({ body }) => body.models.length > 0,
          120_000,
        )
      ).body,
    ).models;
    // What the fleet shows is some seconds older.
    const { rows, facets } = await until(
      () => fleetOf(`${model},no-such`),
      found => found.rows.length > 0,
      120_000,
    );
    expect(rows.map(({ entityRef }) => entityRef)).toEqual([chat]);
    expect(rows[0].modelNames).toContain(model);
    expect(facets.models).toContain(model);
    expect((await fleetOf('no-such')).rows).toEqual([]);
  });

  it('are young in the first minutes of an objective’s period, and say how much of it there is', async () => {
    const { facts } = await refreshUntil(
      all => value(all, 'availability30d') === 'young',
    );
    expect(facts.availability30d).toMatchObject({
      young: {
        withinSeconds: expect.any(Number),
        periodSeconds: 30 * 86_400,
      },
      message: expect.stringContaining('too early to judge it by'),
    });
  });

  it('are unknown with what they were while the mesh is away, and turn no check red', async () => {
    const before = await outcomes();
    await sandbox.stop();
    const facts = await refreshUntil(
      all => value(all, 'retriesBilled') === 'source-unreachable',
    );
    expect(facts.facts.retriesBilled).toMatchObject({
      last: { value: 0, at: expect.stringMatching(/^\d{4}-/) },
      message: expect.any(String),
    });
    expect(facts.history?.points.at(-1)?.values).toMatchObject({
      retriesBilled: null,
    });
    const after = await outcomes();
    for (const [id, outcome] of Object.entries(after)) {
      // Canaries are the portal's own to know.
      expect([id, outcome]).toEqual([
        id,
        id === 'canary' ? before[id] : 'unknown',
      ]);
    }
  });
});
