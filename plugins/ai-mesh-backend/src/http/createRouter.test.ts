import {
  known,
  overviewSchema,
  reviewSchema,
  routesSchema,
  securitySchema,
  replaySchema,
  topologySchema,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import request from 'supertest';
import { snapshotOf } from '../kubernetes/__testUtils__/snapshotOf';
import { OverviewService } from '../overview';
import { RoutesService } from '../routes';
import { SecurityService } from '../security';
import { clusterTargetOf, targetOf } from '../target/__testUtils__/targetOf';
import { ReviewService } from '../review';
import { SourceFinder } from '../source';
import { ReplayService } from '../topology/ReplayService';
import { TopologyService } from '../topology/TopologyService';
import { createRouter } from './createRouter';
import { ReadableEntities } from './ReadableEntities';
import type { ReadOptions } from './readEntityView';
import { RecentAnswers } from './RecentAnswers';
import { RecentSight } from './RecentSight';
import {
  mayCallView,
  overviewView,
  reviewView,
  routesView,
  securityView,
  replayView,
  topologyView,
} from './views';

const chat: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { namespace: 'default', name: 'chat' },
};
const ill: Entity = { ...chat, metadata: { ...chat.metadata, name: 'ill' } };

const security = new SecurityService({ lookBackSeconds: 3600 });

/** A plugin with the router alone, over an empty mesh. */
const plugin = createBackendPlugin({
  pluginId: 'ai-mesh',
  register(env) {
    env.registerInit({
      deps: {
        catalog: catalogServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        permissions: coreServices.permissions,
      },
      async init({ catalog, httpAuth, httpRouter, permissions }) {
        const entities = new ReadableEntities({ catalog, permissions });
        const reading: ReadOptions = {
          entities,
          now: () => new Date('2026-01-01T00:00:00Z'),
          async resolveTarget(entity) {
            if (entity.metadata.name === 'ill') {
              throw new InputError(
                "The annotation ai-mesh.io/service is 'a/b/c/d'.",
              );
            }
            return targetOf(
              clusterTargetOf(snapshotOf({}), [
                { namespace: 'ai', name: 'chat' },
              ]),
            );
          },
        };
        httpRouter.use(
          createRouter(
            [
              overviewView(
                new OverviewService({
                  canariesOf: async () => known({ active: 0 }),
                }),
              ),
              topologyView(new TopologyService(), () => ({
                findMany: async services => services.map(() => undefined),
              })),
              replayView(new ReplayService()),
              routesView(new RoutesService()),
              securityView(security),
              mayCallView(security),
              reviewView(
                new ReviewService({
                  readSecurity: (target, telemetry, now) =>
                    security.readFacts(target, telemetry, now),
                }),
                new SourceFinder({ argoCdNamespace: 'argocd' }),
                { addTo: async one => one },
                { addTo: async one => one },
              ),
            ],
            {
              httpAuth,
              answers: new RecentAnswers(reading, new RecentSight(entities)),
              ...reading,
            },
          ),
        );
      },
    });
  },
});

async function serve(
  decision:
    AuthorizeResult.ALLOW | AuthorizeResult.DENY = AuthorizeResult.ALLOW,
) {
  const authorize = jest.fn(async (asked: { resourceRef?: string }[]) =>
    asked.map(() => ({ result: decision })),
  );
  const { server } = await startTestBackend({
    features: [
      plugin,
      catalogServiceMock.factory({ entities: [chat, ill] }),
      mockServices.httpAuth.factory({
        defaultCredentials: mockCredentials.none(),
      }),
      mockServices.permissions.mock({
        authorize: authorize as never,
      }).factory,
    ],
  });
  const get = (path: string, header = mockCredentials.user.header()) =>
    request(server).get(`/api/ai-mesh${path}`).set('Authorization', header);
  return { server, get, authorize };
}

const path = '/v1/entities/component/default/chat';

describe('the API', () => {
  let backend: Awaited<ReturnType<typeof serve>>;
  let forbidding: Awaited<ReturnType<typeof serve>>;

  beforeAll(async () => {
    backend = await serve();
    forbidding = await serve(AuthorizeResult.DENY);
  });

  it.each([
    ['overview', overviewSchema],
    ['topology', topologySchema],
    ['topology/replay', replaySchema],
    ['routes', routesSchema],
  ])(
    'answers %s as its schema says, not to be stored',
    async (view, schema) => {
      const response = await backend.get(`${path}/${view}?window=1h`);
      expect(response.status).toBe(200);
      expect(schema.parse(response.body)).toEqual(response.body);
      expect(response.body.window).toBe('1h');
      expect(response.headers['cache-control']).toBe('no-store');
    },
  );

  it('answers security as its schema says, not to be stored', async () => {
    const response = await backend.get(`${path}/security`);
    expect(response.status).toBe(200);
    expect(securitySchema.parse(response.body)).toEqual(response.body);
    expect(response.body.lookBackSeconds).toBe(3600);
    expect(response.headers['cache-control']).toBe('no-store');
  });

  it('answers another backend too', async () => {
    const response = await backend.get(
      `${path}/overview`,
      mockCredentials.service.header(),
    );
    expect(response.status).toBe(200);
  });

  it.each([
    ['window=abc', "'window' is 'abc': it must be one of 5m, 15m, 1h, 6h."],
    ['window=', "'window' is ''"],
    ['window=5m&window=1h', "'window' was given 2 times"],
    ['window[a]=5m', "'window' is an object"],
    ['depth=0', "'depth' is '0': it must be at least 1."],
    ['depth=9', "'depth' is '9': it must be at most 3."],
    ['depth=two', "'depth' is 'two': it must be a number."],
    ['depth=1.5', "'depth' is '1.5': it must be a whole number."],
    ['window=%0Aforged%20line', "'window' is '\ufffdforged line'"],
    [`window=${'x'.repeat(50)}`, `'${'x'.repeat(40)}…'`],
  ])('refuses the query %s and says why', async (query, message) => {
    const response = await backend.get(`${path}/topology?${query}`);
    expect(response.status).toBe(400);
    expect(response.body.error.name).toBe('InputError');
    expect(response.body.error.message).toContain(message);
  });

  it.each([
    ["'", 400],
    ['"', 400],
    ['a\nb', 400],
    ['{}', 400],
    ['{{a="b"}}', 400],
    ['a b', 400],
    ['a/b', 400],
    ['a:b', 400],
    ['a\\b', 400],
    ['\u0000', 400],
    ['\u202e', 400],
    ['nobody', 404],
    ['__proto__', 404],
    ['$where', 404],
    ['..%', 404],
    ['名前', 404],
  ])('answers the name %j with %d', async (name, status) => {
    const response = await backend.get(
      `/v1/entities/component/default/${encodeURIComponent(name)}/overview`,
    );
    expect(response.status).toBe(status);
    expect(response.body.error.message).toMatch(
      status === 400 ? /The name in the path/ : /The catalog has no entity/,
    );
  });

  it('refuses a name that is too long for any entity', async () => {
    const response = await backend.get(
      `/v1/entities/component/default/${'x'.repeat(254)}/overview`,
    );
    expect(response.status).toBe(400);
  });

  it('passes on what is wrong with an annotation', async () => {
    const response = await backend.get(
      '/v1/entities/component/default/ill/overview',
    );
    expect(response.status).toBe(400);
    expect(response.body.error.message).toContain('ai-mesh.io/service');
  });

  it.each([
    'overview',
    'topology',
    'topology/replay',
    'routes',
    'security',
    'security/may-call',
    'review',
  ])('wants credentials for %s', async view => {
    const nobody = await request(backend.server).get(
      `/api/ai-mesh${path}/${view}`,
    );
    expect(nobody.status).toBe(401);
    const forged = await backend.get(`${path}/${view}`, 'Bearer nonsense');
    expect(forged.status).toBe(401);
  });

  it('forbids the mesh of an entity that the policy does not allow', async () => {
    const response = await forbidding.get(`${path}/overview`);
    expect(response.status).toBe(403);
    expect(response.body.error).toMatchObject({
      name: 'NotAllowedError',
      message:
        "You may not see the mesh of component:default/chat: that needs the permission ai-mesh.read on it. Ask the people who look after the portal's permission policy.",
    });
  });

  it('authorizes against the entity, as the reader', async () => {
    await backend.get('/v1/entities/Component/Default/CHAT/overview');
    expect(backend.authorize).toHaveBeenLastCalledWith(
      [
        {
          permission: expect.objectContaining({ name: 'ai-mesh.read' }),
          resourceRef: 'component:default/chat',
        },
      ],
      { credentials: expect.objectContaining({ $$type: expect.any(String) }) },
    );
  });

  it.each([
    '/v1/entities/component/default/chat/nothing',
    '/v1/entities/component/default/chat',
    '/v1',
  ])('has nothing at %s', async unknown => {
    const response = await backend.get(unknown);
    expect(response.status).toBe(404);
    expect(response.body.error.message).toContain('/v1/openapi.json');
  });

  it('answers review as its schema says', async () => {
    const response = await backend.get(`${path}/review`);
    expect(response.status).toBe(200);
    expect(reviewSchema.parse(response.body)).toEqual(response.body);
  });

  it('only reads', async () => {
    const response = await request(backend.server)
      .post(`/api/ai-mesh${path}/routes`)
      .set('Authorization', mockCredentials.user.header())
      .send({});
    expect(response.status).toBe(404);
  });
});

describe('the OpenAPI document', () => {
  it('describes every view, and everything that it refers to', async () => {
    const { get } = await serve();
    const { body, status } = await get('/v1/openapi.json');
    expect(status).toBe(200);
    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(body.paths)).toEqual(
      [
        'overview',
        'topology',
        'topology/replay',
        'routes',
        'security',
        'security/may-call',
        'review',
      ].map(view => `/v1/entities/{kind}/{namespace}/{name}/${view}`),
    );
    const topology = body.paths[Object.keys(body.paths)[1]].get;
    expect(
      topology.parameters.map((one: { name: string }) => one.name),
    ).toEqual(['kind', 'namespace', 'name', 'window', 'depth', 'at']);
    expect(topology.parameters[3].schema).toMatchObject({
      enum: ['5m', '15m', '1h', '6h'],
      default: '5m',
    });
    const mayCall = body.paths[Object.keys(body.paths)[5]].get;
    expect(mayCall.operationId).toBe('readSecurityMayCall');
    expect(
      mayCall.parameters
        .filter((one: { required: boolean }) => one.required)
        .map((one: { name: string }) => one.name),
    ).toEqual(['kind', 'namespace', 'name', 'cluster', 'namespace', 'service']);
    const text = JSON.stringify(body);
    const references = [
      ...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g),
    ];
    expect(references.length).toBeGreaterThan(20);
    for (const [, name] of references) {
      expect(Object.keys(body.components.schemas)).toContain(name);
    }
    expect(text).not.toMatch(/"\$id"|"#\/\$defs/);
  });

  it('is for those who may use the API', async () => {
    const { server } = await serve();
    const response = await request(server).get('/api/ai-mesh/v1/openapi.json');
    expect(response.status).toBe(401);
  });
});
