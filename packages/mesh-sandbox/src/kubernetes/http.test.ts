import { get as httpGet } from 'http';
import request from 'supertest';
import { chatRoute, deployment, service } from '../testing/sampleObjects';
import { startTestApi, TestApi } from '../testing/startTestApi';

jest.setTimeout(30_000);

let test: TestApi;

beforeAll(async () => {
  test = await startTestApi(
    [chatRoute, service('chat'), deployment('chat', 2)],
    { readerMayNotList: ['secrets', 'serviceentries.networking.istio.io'] },
  );
});

afterEach(() => {
  test.faults.clear();
});

afterAll(() => test.stop());

const as = (role: 'reader' | 'writer' | 'nobody') => ({
  Authorization: `Bearer ${test.access.tokens[role]}`,
});
const get = (path: string) => request(test.url).get(path).set(as('reader'));
const routes =
  '/apis/networking.istio.io/v1/namespaces/ai-services/virtualservices';

describe('paths', () => {
  it.each([
    ['/version', 200],
    ['/livez', 200],
    ['/readyz', 200],
    ['/api', 401],
    ['/apis', 401],
    [routes, 401],
  ])('answers %s to a stranger with %d', async (path, code) => {
    const response = await request(test.url).get(path);
    expect(response.status).toBe(code);
  });

  it('takes the token from the path too, for kubectl', async () => {
    const status = async (path: string) =>
      (await request(test.url).get(path)).status;
    expect(await status(`/tokens/sandbox-reader${routes}`)).toBe(200);
    expect(await status(`/tokens/wrong${routes}`)).toBe(401);
  });

  it.each([
    '/apis/networking.istio.io/v2/virtualservices',
    '/apis/no.such.group/v1',
    '/api/v1/namespaces/ai-services/virtualservices',
    '/api/v1/pods/name-without-namespace',
    '/apis/networking.istio.io/v1/virtualservices/x/y/z',
    '/api/v1/namespaces/%E0%A4%A/pods',
  ])('has no route at %s, and says so without a Status', async path => {
    const response = await get(path).expect(404);
    expect(response.text).toBe('404 page not found\n');
  });

  it('leaves other paths to others', async () => {
    const response = await get('/metrics').expect(404);
    expect(response.text).toContain('Cannot GET');
  });

  it.each([
    ['post', `${routes}/ai-chat-service`],
    ['put', routes],
    ['patch', routes],
    ['post', '/apis/apps/v1/deployments'],
    ['delete', '/api'],
    ['options', routes],
  ] as const)('answers 405 to %s %s', async (method, path) => {
    const response = await request(test.url)
      [method](path)
      .set(as('writer'))
      .expect(405);
    expect(response.body).toMatchObject({
      kind: 'Status',
      reason: 'MethodNotAllowed',
      message:
        'the server does not allow this method on the requested resource',
    });
  });

  it.each([
    ['secrets', '/api/v1/secrets'],
    ['serviceentries', '/apis/networking.istio.io/v1/serviceentries'],
  ])(
    'keeps the reader from listing %s where it is told to',
    async (_, path) => {
      const listed = await get(path);
      const watched = await get(`${path}?watch=true`);
      const written = await request(test.url).get(path).set(as('writer'));
      expect([listed, watched, written].map(({ status }) => status)).toEqual([
        403, 403, 200,
      ]);
    },
  );
});

describe('discovery', () => {
  it('lists groups with all their versions, the preferred first', async () => {
    const { body } = await get('/apis').expect(200);
    expect(body).toMatchObject({ kind: 'APIGroupList', apiVersion: 'v1' });
    expect(body.groups).toContainEqual({
      name: 'networking.istio.io',
      preferredVersion: {
        groupVersion: 'networking.istio.io/v1',
        version: 'v1',
      },
      versions: ['v1', 'v1beta1', 'v1alpha3'].map(version => ({
        groupVersion: `networking.istio.io/${version}`,
        version,
      })),
    });
  });

  it('lists the resources of a version with their subresources', async () => {
    const { body } = await get('/apis/apps/v1').expect(200);
    expect(body).toMatchObject({
      kind: 'APIResourceList',
      groupVersion: 'apps/v1',
    });
    expect(body.resources).toContainEqual(
      expect.objectContaining({
        name: 'deployments/scale',
        group: 'autoscaling',
        version: 'v1',
        kind: 'Scale',
      }),
    );
  });

  it('has two kinds of gateways, one for each group', async () => {
    const names = async (path: string) =>
      (await get(path)).body.resources.map(
        (resource: { name: string; shortNames?: string[] }) =>
          `${resource.name} ${resource.shortNames?.join() ?? ''}`,
      );
    expect(await names('/apis/networking.istio.io/v1')).toContain(
      'gateways gw',
    );
    expect(await names('/apis/gateway.networking.k8s.io/v1')).toContain(
      'gateways gtw',
    );
  });

  it('gives everything at once to clients that ask for it', async () => {
    const accept =
      'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';
    const response = await get('/apis').set('Accept', accept).expect(200);
    expect(response.headers['content-type']).toContain(
      'as=APIGroupDiscoveryList',
    );
    expect(response.body).toMatchObject({
      kind: 'APIGroupDiscoveryList',
      apiVersion: 'apidiscovery.k8s.io/v2',
    });
  });

  it('describes each version for OpenAPI clients', async () => {
    const { body } = await get('/openapi/v3').expect(200);
    const path = 'apis/networking.istio.io/v1';
    const url = body.paths[path].serverRelativeURL;
    const document = (await get(url).expect(200)).body;
    expect(
      document.components.schemas['io.istio.networking.v1.VirtualService'],
    ).toBeDefined();
  });
});

describe('representations', () => {
  const table = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

  it('leaves kind and apiVersion out of the items of built-in kinds alone', async () => {
    const pods = (await get('/api/v1/pods').expect(200)).body;
    expect(pods).toMatchObject({ kind: 'PodList', apiVersion: 'v1' });
    expect(pods.items[0]).not.toHaveProperty('kind');
    const custom = (await get(routes).expect(200)).body;
    expect(custom.items[0]).toMatchObject({ kind: 'VirtualService' });
  });

  it('gives tables', async () => {
    const { body } = await get('/api/v1/pods').set('Accept', table).expect(200);
    expect(body).toMatchObject({ kind: 'Table', apiVersion: 'meta.k8s.io/v1' });
    expect(
      body.columnDefinitions
        .filter((column: { priority: number }) => column.priority === 0)
        .map((column: { name: string }) => column.name),
    ).toEqual(['Name', 'Ready', 'Status', 'Restarts', 'Age']);
    expect(body.rows[0]).toMatchObject({
      cells: expect.arrayContaining(['2/2', 'Running']),
      object: { kind: 'PartialObjectMetadata' },
    });
  });

  it('has a table with a name for every kind', async () => {
    for (const { group, plural, versions } of test.store.kinds) {
      const root = group ? `/apis/${group}` : '/api';
      const { body } = await request(test.url)
        .get(`${root}/${versions[0]}/${plural}?includeObject=None`)
        .set(as('writer'))
        .set('Accept', table)
        .expect(200);
      expect(body.columnDefinitions.length).toBeGreaterThan(1);
    }
  });

  it('gives metadata alone', async () => {
    const accept =
      'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io';
    const { body } = await get(routes).set('Accept', accept).expect(200);
    expect(body.kind).toBe('PartialObjectMetadataList');
    expect(body.items[0].spec).toBeUndefined();
  });

  it('answers 406 where nothing but protobuf is accepted', async () => {
    const response = await get(routes)
      .set('Accept', 'application/vnd.kubernetes.protobuf')
      .expect(406);
    expect(response.body.reason).toBe('NotAcceptable');
  });
});

describe('bodies', () => {
  const post = (type: string, body: string) =>
    request(test.url)
      .post(routes)
      .set(as('writer'))
      .set('Content-Type', type)
      .send(body);

  it.each([
    ['half a JSON', 'application/json', '{"kind":', 400],
    ['a list', 'application/json', '[]', 400],
    ['no kind', 'application/json', '{"metadata":{"name":"x"}}', 400],
    [
      'another kind',
      'application/json',
      '{"apiVersion":"v1","kind":"Pod"}',
      400,
    ],
    ['protobuf', 'application/vnd.kubernetes.protobuf', 'k8s', 415],
    [
      'a name that is none',
      'application/yaml',
      'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: "A B\'{}"}\nspec: {}',
      422,
    ],
    [
      'another namespace',
      'application/yaml',
      'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: a, namespace: b}',
      400,
    ],
  ])('refuses %s', async (_, type, body, code) => {
    const response = await post(type, body).expect(code);
    expect(response.body).toMatchObject({ kind: 'Status', code });
  });

  it('answers 413 to a body of many megabytes', async () => {
    const response = await post('application/json', `"${'x'.repeat(4e6)}"`);
    expect(response.status).toBe(413);
    expect(response.body).toMatchObject({
      kind: 'Status',
      reason: 'RequestEntityTooLarge',
    });
  });
});

describe('an API server that starts again', () => {
  it('refuses everything for want of roles, then custom resources alone', async () => {
    test.faults.set({ target: 'kubernetes', type: 'starting', seconds: 2 });
    const ready = await request(test.url).get('/readyz');
    expect(ready.status).toBe(500);
    for (const path of ['/api/v1/pods', routes]) {
      const { status, body } = await get(path);
      expect([path, status]).toEqual([path, 403]);
      expect(body.message).toMatch(
        /RBAC: clusterrole\.rbac\.authorization\.k8s\.io "mesh-sandbox" not found$/,
      );
    }
    const seen = new Set<number>();
    while (test.faults.list().length > 0) {
      seen.add((await get(routes)).status);
    }
    expect([...seen]).toEqual(expect.arrayContaining([403, 503, 429]));
    expect((await get(routes)).status).toBe(200);
  });
});

describe('a resource whose definition is gone', () => {
  it('is not found, not discovered, and back with the fault', async () => {
    const group = '/apis/networking.istio.io/v1';
    const { id } = test.faults.set({
      target: 'kubernetes',
      type: 'unserved',
      resource: 'virtualservices.networking.istio.io',
    });
    expect((await get(routes)).status).toBe(404);
    const kinds = async () =>
      (await get(group)).body.resources.map(
        ({ name }: { name: string }) => name,
      );
    expect(await kinds()).not.toContain('virtualservices');
    expect(await kinds()).toContain('destinationrules');
    test.faults.clear({ id });
    expect((await get(routes)).body.items).toHaveLength(1);
    expect(await kinds()).toContain('virtualservices');
  });

  it.each(['starting', 'unserved'] as const)(
    'has its watches end: %s',
    async type => {
      const { port } = new URL(test.url);
      const ended = new Promise(resolve => {
        httpGet(
          {
            port,
            path: `${routes}?watch=true`,
            headers: as('reader'),
          },
          response => {
            response.resume();
            response.on('close', () => resolve(undefined));
            test.faults.set({
              target: 'kubernetes',
              type,
              seconds: 1,
              ...(type === 'unserved' && { resource: 'virtualservices' }),
            });
          },
        );
      });
      await expect(ended).resolves.toBeUndefined();
    },
  );
});

describe('faults', () => {
  it('delays', async () => {
    test.faults.set({ target: 'kubernetes', type: 'latency', latencyMs: 120 });
    const start = performance.now();
    await get(routes).expect(200);
    expect(performance.now() - start).toBeGreaterThan(115);
  });

  it('throttles as often as it is told, with Retry-After', async () => {
    test.faults.set({
      target: 'kubernetes',
      type: 'status',
      status: 429,
      retryAfterSeconds: 7,
      count: 2,
    });
    for (const code of [429, 429, 200]) {
      const response = await get(routes).expect(code);
      expect(response.headers['retry-after']).toBe(
        code === 429 ? '7' : undefined,
      );
    }
  });

  it('befalls the method and the resource that it names', async () => {
    test.faults.set({
      target: 'kubernetes',
      type: 'status',
      status: 500,
      method: 'GET',
      resource: 'pods',
      message: 'etcd is away',
    });
    await get(routes).expect(200);
    const response = await get('/api/v1/pods').expect(500);
    expect(response.body).toMatchObject({
      kind: 'Status',
      reason: 'InternalError',
      message: 'etcd is away',
    });
    await request(test.url)
      .delete('/api/v1/pods?labelSelector=app=none')
      .set(as('writer'))
      .expect(200);
  });

  it('hangs', async () => {
    test.faults.set({ target: 'kubernetes', type: 'hang', count: 1 });
    await expect(get(routes).timeout(150)).rejects.toThrow(/[Tt]imeout/);
    await get(routes).expect(200);
  });

  it('cuts the connection', async () => {
    test.faults.set({ target: 'kubernetes', type: 'disconnect', count: 1 });
    await expect(get(routes)).rejects.toThrow(/hang up|ECONNRESET/);
  });

  it('leaves the API alone when it is for another target', async () => {
    test.faults.set({ target: 'kiali', type: 'status', status: 500 });
    expect((await get(routes)).status).toBe(200);
  });
});
