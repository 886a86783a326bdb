import {
  chinese,
  inEnglish,
  inLanguage,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { BackstageUserPrincipal } from '@backstage/backend-plugin-api';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import request from 'supertest';
import { routeAttacks } from '../__testUtils__/hostile/routeAttacks';
import { component } from '../__testUtils__/startPortal';
import { aiMeshPlugin } from '../plugin';

jest.setTimeout(60_000);

const identities = {
  nobody: undefined,
  'a broken token': 'Bearer broken',
  'a user without the right': mockCredentials.user.header(
    'user:default/stranger',
  ),
  'the owner of another entity': mockCredentials.user.header(
    'user:default/mallory',
  ),
  'an approver': mockCredentials.user.header('user:default/adam'),
  'a service of another plugin': mockCredentials.service.header(),
} as const;

type Statuses = [
  nobody: number,
  broken: number,
  stranger: number,
  otherOwner: number,
  approver: number,
  service: number,
];

const entity = '/v1/entities/{kind}/{namespace}/{name}';
const NO_CANARY = '00000000-0000-0000-0000-000000000000';

/** Of the entity's views: nobody without its right, and everybody else. */
const view: Statuses = [401, 401, 403, 403, 200, 200];
/** What is about several entities answers with those that may be seen. */
const all: Statuses = [401, 401, 200, 200, 200, 200];
/** A canary that nobody can see is the same for everybody. */
const none: Statuses = [401, 401, 404, 404, 404, 404];

const table: Record<
  string,
  { statuses: Statuses; body?: object; query?: string }
> = {
  [`get ${entity}/overview`]: { statuses: view },
  [`get ${entity}/topology`]: { statuses: view },
  [`get ${entity}/topology/replay`]: { statuses: view },
  [`get ${entity}/routes`]: { statuses: view },
  [`get ${entity}/security`]: { statuses: view },
  // Without a question it is refused before anything is looked up.
  [`get ${entity}/security/may-call`]: {
    statuses: [401, 401, 400, 400, 400, 400],
  },
  [`get ${entity}/traces`]: { statuses: view },
  [`get ${entity}/review`]: { statuses: view },
  [`get ${entity}/requests`]: { statuses: view, query: '?kind=strict' },
  // The review of an entity that is nowhere has no such finding; who may not say so is told before.
  [`post ${entity}/requests`]: {
    statuses: [401, 401, 403, 403, 403, 409],
    body: {
      findings: ['1'],
      url: 'https://github.com/acme/deployments/pull/7',
    },
  },
  [`post ${entity}/review/applications`]: {
    statuses: [401, 401, 403, 403, 403, 409],
    body: { finding: '1' },
  },
  // There is none.
  [`post ${entity}/review/applications/{id}/actions`]: {
    statuses: [401, 401, 403, 403, 403, 404],
    body: { action: 'cancel', version: 1 },
  },
  [`get ${entity}/slos`]: { statuses: view },
  // Nothing is found, so there are no objectives to write rules and panels of.
  [`get ${entity}/slos/rules`]: { statuses: [401, 401, 403, 403, 404, 404] },
  [`get ${entity}/slos/dashboard`]: {
    statuses: [401, 401, 403, 403, 404, 404],
  },
  [`get ${entity}/canaries`]: { statuses: view },
  [`get ${entity}/canaries/options`]: { statuses: view },
  'get /v1/canaries': { statuses: all },
  'get /v1/canaries/{id}': { statuses: none },
  'get /v1/canaries/{id}/transitions': { statuses: none },
  'post /v1/canaries/{id}/actions': {
    statuses: none,
    body: { action: 'approve', version: 1 },
  },
  // There is no cluster, so there is no Service to move; who may not ask is told so before.
  'post /v1/canaries': {
    statuses: [401, 401, 403, 403, 403, 400],
    body: {
      entityRef: 'component:default/chat',
      service: { cluster: 'shop', namespace: 'ai', name: 'chat' },
      stable: { subset: 'v1' },
      canary: { subset: 'v2' },
      reason: 'because',
    },
  },
  'post /v1/canaries/preflight': {
    statuses: [401, 401, 403, 403, 403, 400],
    body: {
      entityRef: 'component:default/chat',
      service: { cluster: 'shop', namespace: 'ai', name: 'chat' },
      stable: { subset: 'v1' },
      canary: { subset: 'v2' },
    },
  },
  [`get ${entity}/facts`]: { statuses: view },
  [`get ${entity}/scorecard`]: { statuses: view },
  'get /v1/facts': { statuses: all },
  'post /v1/facts': {
    statuses: all,
    body: { entityRefs: ['component:default/chat'] },
  },
  'get /v1/models': { statuses: all },
  'get /v1/ownership/contested': { statuses: all },
  'get /v1/fleet': { statuses: all },
  'get /v1/fleet/hurting': { statuses: all },
  'get /v1/openapi.json': { statuses: all },
};

interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
  handle: { stack?: Layer[] };
}

/** Every route that an Express router serves, also by the routers in it. */
function routesOf({ stack = [] }: Layer['handle']): string[] {
  return stack.flatMap(({ route, handle }) =>
    route
      ? Object.keys(route.methods).map(
          method => `${method} ${route.path.replace(/:(\w+)/g, '{$1}')}`,
        )
      : routesOf(handle),
  );
}

const mayDo: Record<string, string[]> = {
  adam: ['ai-mesh.read', 'ai-mesh.canary.approve'],
};

const features = () => [
  aiMeshPlugin,
  catalogServiceMock.factory({
    entities: [component('chat', { 'ai-mesh.io/service': 'ai/chat' })],
  }),
  mockServices.rootConfig.factory({ data: {} }),
  mockServices.httpAuth.factory({
    defaultCredentials: mockCredentials.none(),
  }),
  mockServices.permissions.mock({
    authorize: (async (
      asked: { permission: { name: string } }[],
      { credentials }: { credentials: { principal: BackstageUserPrincipal } },
    ) => {
      const { type, userEntityRef } = credentials.principal;
      const person = userEntityRef?.split('/')[1];
      return asked.map(({ permission }) => ({
        result:
          type !== 'user' || mayDo[person]?.includes(permission.name)
            ? AuthorizeResult.ALLOW
            : AuthorizeResult.DENY,
      }));
    }) as never,
  }).factory,
];

describe('route x method x identity', () => {
  let backend: TestBackend;

  async function servedRoutes(): Promise<string[]> {
    const served: Layer['handle'][] = [];
    const other = await startTestBackend({
      features: [
        ...features(),
        mockServices.httpRouter.mock({
          use: handler => {
            served.push(handler as never);
          },
        }).factory,
      ],
    });
    await other.stop();
    return (
      served
        .flatMap(routesOf)
        // Below these Backstage itself asks which permissions and actions there are.
        .filter(
          route =>
            !route.includes(' /.well-known/backstage/') &&
            !route.includes(' /.backstage/'),
        )
        .sort()
    );
  }

  async function openApi() {
    const { body } = await request(backend.server)
      .get('/api/ai-mesh/v1/openapi.json')
      .set('Authorization', identities['a service of another plugin']);
    return body as {
      paths: Record<
        string,
        Record<string, { parameters?: { in: string; name: string }[] }>
      >;
    };
  }

  beforeAll(async () => {
    backend = await startTestBackend({ features: features() });
  });

  afterAll(async () => {
    await backend?.stop();
  });

  it('has a row for every route that the plugin serves, and for no other', async () => {
    expect(await servedRoutes()).toEqual(Object.keys(table).sort());
    const documented = Object.entries((await openApi()).paths).flatMap(
      ([path, methods]) =>
        Object.keys(methods).map(method => `${method} ${path}`),
    );
    expect([...documented, 'get /v1/openapi.json'].sort()).toEqual(
      Object.keys(table).sort(),
    );
  });

  it('attacks every route that the plugin serves, with every parameter and body that it takes', async () => {
    expect(Object.keys(routeAttacks).sort()).toEqual(await servedRoutes());
    for (const [path, methods] of Object.entries((await openApi()).paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        const route = `${method} ${path}`;
        const { query = {}, body } = routeAttacks[route];
        expect([route, Object.keys(query).sort()]).toEqual([
          route,
          (operation.parameters ?? [])
            .filter(parameter => parameter.in === 'query')
            .map(({ name }) => name)
            .sort(),
        ]);
        expect([route, body !== undefined]).toEqual([
          route,
          'requestBody' in operation,
        ]);
      }
    }
  });

  it.each(Object.entries(table))(
    '%s',
    async (route, { statuses, body, query = '' }) => {
      const [method, path] = route.split(' ') as ['get' | 'post', string];
      const at = path
        .replace('{kind}/{namespace}/{name}', 'component/default/chat')
        .replace('{id}', NO_CANARY);
      const answered: Record<string, number> = {};
      const refusals: { message: string; words: Words[] }[] = [];
      for (const [who, authorization] of Object.entries(identities)) {
        const asking = request(backend.server)[method](
          `/api/ai-mesh${at}${query}`,
        );
        if (authorization) {
          asking.set('Authorization', authorization);
        }
        const response = body ? await asking.send(body) : await asking;
        answered[who] = response.status;
        // Of who is nobody, Backstage itself speaks.
        refusals.push(...(response.status > 401 ? [response.body.error] : []));
      }
      expect(answered).toEqual(
        Object.fromEntries(
          Object.keys(identities).map((who, index) => [who, statuses[index]]),
        ),
      );
      expect(refusals.map(({ words }) => inEnglish(words))).toEqual(
        refusals.map(({ message }) => message),
      );
      expect(refusals.map(({ words }) => inLanguage(words, chinese))).toEqual(
        refusals.map(() => expect.stringMatching(/[\u4e00-\u9fff]/)),
      );
    },
  );

  it.each(['put', 'patch', 'delete'] as const)(
    'serves nothing to %s',
    async method => {
      for (const route of Object.keys(table)) {
        const at = route
          .split(' ')[1]
          .replace('{kind}/{namespace}/{name}', 'component/default/chat')
          .replace('{id}', NO_CANARY);
        const { status } = await request(backend.server)
          [method](`/api/ai-mesh${at}`)
          .set('Authorization', identities['a service of another plugin']);
        expect([at, status]).toEqual([at, 404]);
      }
    },
  );
});
