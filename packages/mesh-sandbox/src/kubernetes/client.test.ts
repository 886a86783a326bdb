import {
  ApiException,
  AppsV1Api,
  AuthorizationV1Api,
  CoreV1Api,
  CustomObjectsApi,
  KubeConfig,
  PatchStrategy,
  setHeaderOptions,
  VersionApi,
  Watch,
} from '@kubernetes/client-node';
import { KubeObject } from '../store/KubeObject';
import { chatRoute, deployment, service } from '../testing/sampleObjects';
import { startTestApi, TestApi } from '../testing/startTestApi';
import { kubeconfig } from './kubeconfig';
import { Status } from './status/ApiError';

jest.setTimeout(30_000);

const routes = {
  group: 'networking.istio.io',
  version: 'v1',
  namespace: 'ai-services',
  plural: 'virtualservices',
};
const chat = { ...routes, name: 'ai-chat-service' };
const contentType = (type: string) => setHeaderOptions('Content-Type', type);

let test: TestApi;

function configOf(role: 'reader' | 'writer' | 'nobody' | 'stranger') {
  const config = new KubeConfig();
  const token = role === 'stranger' ? 'wrong' : test.access.tokens[role];
  config.loadFromString(kubeconfig(test.url, token));
  return config;
}

const custom = (role: Parameters<typeof configOf>[0] = 'writer') =>
  configOf(role).makeApiClient(CustomObjectsApi);
const core = (role: Parameters<typeof configOf>[0] = 'writer') =>
  configOf(role).makeApiClient(CoreV1Api);
const apps = () => configOf('writer').makeApiClient(AppsV1Api);

/** The refusal that a call ends with; of a 401 the client keeps nothing but the code. */
async function refusal(call: Promise<unknown>) {
  const error = await call.then(
    () => new Error('it was not refused'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiException)) {
    throw error;
  }
  const { code, body } = error;
  const status: Status = typeof body === 'string' ? JSON.parse(body) : body;
  return { ...status, code };
}

/** Watches until `count` events have come, or the watch ends. */
async function watched(
  path: string,
  query: Record<string, string | number | boolean>,
  count: number,
  act: () => void | Promise<void> = () => {},
): Promise<{ type: string; object: KubeObject & { code?: number } }[]> {
  const events: { type: string; object: KubeObject }[] = [];
  let finish: () => void = () => {};
  const finished = new Promise<void>(resolve => {
    finish = resolve;
  });
  const controller = await new Watch(configOf('reader')).watch(
    path,
    query,
    (type, object) => {
      events.push({ type, object });
      if (events.length >= count) {
        finish();
      }
    },
    () => finish(),
  );
  await act();
  await finished;
  controller.abort();
  return events;
}

const routesPath =
  '/apis/networking.istio.io/v1/namespaces/ai-services/virtualservices';

beforeEach(async () => {
  test = await startTestApi(
    [chatRoute, service('ai-chat-service'), deployment('ai-chat-service', 2)],
    { bookmarkIntervalMs: 50 },
  );
});

afterEach(() => test.stop());

describe('reading', () => {
  it('tells its version', async () => {
    const version = await configOf('reader')
      .makeApiClient(VersionApi)
      .getCode();
    expect(version.major).toBe('1');
  });

  it.each(['v1', 'v1beta1', 'v1alpha3'])(
    'serves one object at %s',
    async version => {
      const object = await custom('reader').getNamespacedCustomObject({
        ...chat,
        version,
      });
      expect(object).toMatchObject({
        apiVersion: `networking.istio.io/${version}`,
        spec: chatRoute.spec,
      });
    },
  );

  it('lists pods with their status, by label and field', async () => {
    const { items } = await core('reader').listNamespacedPod({
      namespace: 'ai-services',
      labelSelector: 'app in (ai-chat-service, other),version!=v2,!legacy',
      fieldSelector: 'status.phase=Running',
    });
    expect(items).toHaveLength(2);
    expect(items[0].status?.podIP).toMatch(/^10\.244\./);
    const none = await core('reader').listPodForAllNamespaces({
      fieldSelector: 'status.phase!=Running',
    });
    expect(none.items).toEqual([]);
  });

  it('answers 404 for an object that there is not', async () => {
    expect(
      await refusal(
        core('reader').readNamespacedPod({
          name: 'nope',
          namespace: 'ai-services',
        }),
      ),
    ).toMatchObject({
      kind: 'Status',
      status: 'Failure',
      code: 404,
      reason: 'NotFound',
      message: 'pods "nope" not found',
      details: { name: 'nope', kind: 'pods' },
    });
  });

  it('answers 400 for a field that cannot be selected by', async () => {
    expect(
      await refusal(
        core('reader').listPodForAllNamespaces({ fieldSelector: 'spec.x=1' }),
      ),
    ).toMatchObject({
      code: 400,
      message: 'field label not supported: spec.x',
    });
  });

  it('gives a list in pages that show one moment', async () => {
    for (let i = 0; i < 5; i += 1) {
      test.store.create({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: `map-${i}`, namespace: 'ai-services' },
      });
    }
    const names: string[] = [];
    const page = (_continue?: string) =>
      core('reader').listNamespacedConfigMap({
        namespace: 'ai-services',
        limit: 2,
        _continue,
      });
    const first = await page();
    expect(first.metadata).toMatchObject({ remainingItemCount: 3 });
    test.store.remove('', 'ConfigMap', {
      namespace: 'ai-services',
      name: 'map-3',
    });
    for (let next = first; ; next = await page(next.metadata?._continue)) {
      names.push(...next.items.map(item => item.metadata?.name ?? ''));
      expect(next.metadata?.resourceVersion).toBe(
        first.metadata?.resourceVersion,
      );
      if (!next.metadata?._continue) {
        break;
      }
    }
    expect(names).toEqual(['map-0', 'map-1', 'map-2', 'map-3', 'map-4']);
  });

  it('answers 410 for a page token that is too old, with one to go on with', async () => {
    const first = await core('reader').listNamespacedPod({
      namespace: 'ai-services',
      limit: 1,
    });
    test.api.expireHistory();
    const tooOld = await refusal(
      core('reader').listNamespacedPod({
        namespace: 'ai-services',
        limit: 1,
        _continue: first.metadata?._continue,
      }),
    );
    expect(tooOld).toMatchObject({ code: 410, reason: 'Expired' });
    const rest = await core('reader').listNamespacedPod({
      namespace: 'ai-services',
      _continue: tooOld.metadata.continue,
    });
    expect(rest.items).toHaveLength(1);
    expect(rest.items[0].metadata?.name).not.toBe(
      first.items[0].metadata?.name,
    );
  });
});

describe('access', () => {
  it('refuses a wrong token with 401', async () => {
    expect(await refusal(core('stranger').listNamespace())).toMatchObject({
      code: 401,
    });
  });

  it.each([
    [
      'nobody reading',
      () => core('nobody').listNamespacedPod({ namespace: 'ai-services' }),
      'pods is forbidden: User "system:serviceaccount:mesh-sandbox:nobody" cannot list resource "pods" ' +
        'in API group "" in the namespace "ai-services"',
    ],
    [
      'the reader writing',
      () => custom('reader').deleteNamespacedCustomObject(chat),
      'virtualservices.networking.istio.io "ai-chat-service" is forbidden: ' +
        'User "system:serviceaccount:mesh-sandbox:reader" cannot delete resource "virtualservices" ' +
        'in API group "networking.istio.io" in the namespace "ai-services"',
    ],
    [
      'the reader listing all namespaces of what it may not list',
      () => {
        test.access.deny({ role: 'reader', verbs: ['list'], resource: 'pods' });
        return core('reader').listPodForAllNamespaces();
      },
      'pods is forbidden: User "system:serviceaccount:mesh-sandbox:reader" cannot list resource "pods" ' +
        'in API group "" at the cluster scope',
    ],
  ])('refuses %s with 403', async (_, call, message) => {
    expect(await refusal(call())).toMatchObject({
      code: 403,
      reason: 'Forbidden',
      message,
    });
  });

  it('forgets and remembers a token at run time', async () => {
    test.access.revoke('reader');
    expect(await refusal(core('reader').listNamespace())).toMatchObject({
      code: 401,
    });
    test.access.restore('reader');
    expect((await core('reader').listNamespace()).items).toHaveLength(1);
  });

  it.each([
    ['reader', 'get', true],
    ['reader', 'patch', false],
    ['writer', 'patch', true],
    ['nobody', 'get', false],
  ] as const)('tells the %s whether it may %s', async (role, verb, allowed) => {
    const review = await configOf(role)
      .makeApiClient(AuthorizationV1Api)
      .createSelfSubjectAccessReview({
        body: {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SelfSubjectAccessReview',
          spec: {
            resourceAttributes: {
              verb,
              group: 'networking.istio.io',
              resource: 'virtualservices',
              namespace: 'ai-services',
            },
          },
        },
      });
    expect(review.status?.allowed).toBe(allowed);
  });
});

describe('writing', () => {
  const setWeight = (value: unknown) => [
    { op: 'replace', path: '/spec/http/0/route/0/weight', value },
  ];
  const patchRoute = (
    body: unknown,
    strategy: string = PatchStrategy.JsonPatch,
    more: object = {},
  ) =>
    custom().patchNamespacedCustomObject(
      { ...chat, body, ...more },
      contentType(strategy),
    );
  const stored = () =>
    test.store.get<KubeObject & typeof chatRoute>(
      'networking.istio.io',
      'VirtualService',
      chatRoute.metadata,
    )!;

  it('changes with a JSON Patch what it names and nothing else', async () => {
    const before = stored();
    await patchRoute([
      {
        op: 'test',
        path: '/metadata/resourceVersion',
        value: before.metadata.resourceVersion,
      },
      ...setWeight(80),
      { op: 'replace', path: '/spec/http/0/route/1/weight', value: 20 },
    ]);
    const expected = structuredClone(before.spec);
    expected.http[0].route[0].weight = 80;
    expected.http[0].route[1].weight = 20;
    expect(stored().spec).toEqual(expected);
    expect(stored().metadata).toEqual({
      ...before.metadata,
      generation: 2,
      resourceVersion: expect.any(String),
    });
  });

  it('answers 422 to a JSON Patch whose test fails, without saying which', async () => {
    expect(
      await refusal(
        patchRoute([
          { op: 'test', path: '/metadata/resourceVersion', value: '1' },
          ...setWeight(80),
        ]),
      ),
    ).toMatchObject({
      code: 422,
      reason: 'Invalid',
      message: 'the server rejected our request due to an error in our request',
    });
    expect(stored().spec.http[0].route[0].weight).toBe(90);
  });

  it('answers 409 to a patch that was made for another version', async () => {
    expect(
      await refusal(
        patchRoute(
          { metadata: { resourceVersion: '1' }, spec: { hosts: ['b'] } },
          PatchStrategy.MergePatch,
        ),
      ),
    ).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on virtualservices.networking.istio.io "ai-chat-service": the object has ' +
        'been modified; please apply your changes to the latest version and try again',
      details: {
        name: 'ai-chat-service',
        group: 'networking.istio.io',
        kind: 'virtualservices',
      },
    });
  });

  it('names every cause where the schema does not allow an object', async () => {
    expect(
      await refusal(
        patchRoute([
          ...setWeight('ninety'),
          { op: 'remove', path: '/spec/http/0/route/1/destination' },
        ]),
      ),
    ).toMatchObject({
      code: 422,
      reason: 'Invalid',
      details: {
        name: 'ai-chat-service',
        kind: 'VirtualService',
        causes: expect.arrayContaining([
          {
            reason: 'FieldValueTypeInvalid',
            field: 'spec.http[0].route[0].weight',
            message:
              'Invalid value: "string": spec.http[0].route[0].weight in body must be of type integer: "string"',
          },
          {
            reason: 'FieldValueRequired',
            field: 'spec.http[0].route[1].destination',
            message: 'Required value',
          },
        ]),
      },
    });
  });

  it('validates Gateway API kinds as well', async () => {
    const create = (name: unknown) =>
      custom().createNamespacedCustomObject({
        group: 'gateway.networking.k8s.io',
        version: 'v1',
        namespace: 'ai-services',
        plural: 'httproutes',
        body: {
          apiVersion: 'gateway.networking.k8s.io/v1',
          kind: 'HTTPRoute',
          metadata: { name: 'chat' },
          spec: { rules: [{ backendRefs: [{ name, port: 80 }] }] },
        },
      });
    expect(await refusal(create(7))).toMatchObject({
      code: 422,
      details: {
        causes: [{ field: 'spec.rules[0].backendRefs[0].name' }],
      },
    });
    await expect(create('ai-chat-service')).resolves.toBeDefined();
  });

  it.each([
    ['a JSON Patch', setWeight(70), PatchStrategy.JsonPatch],
    [
      'a merge patch',
      { metadata: { labels: { team: 'x' } } },
      PatchStrategy.MergePatch,
    ],
    [
      'an apply',
      {
        apiVersion: 'networking.istio.io/v1',
        kind: 'VirtualService',
        metadata: { name: 'ai-chat-service', labels: { team: 'x' } },
      },
      PatchStrategy.ServerSideApply,
    ],
  ])('changes nothing by a dry run of %s', async (_, body, strategy) => {
    const before = stored();
    const answer = await patchRoute(body, strategy, {
      dryRun: 'All',
      fieldManager: 'test',
    });
    expect(answer.metadata.resourceVersion).toBe(
      before.metadata.resourceVersion,
    );
    expect(answer).not.toEqual(before);
    expect(stored()).toBe(before);
  });

  it('refuses a dry run that is neither all nor nothing', async () => {
    expect(
      await refusal(
        patchRoute(setWeight(1), PatchStrategy.JsonPatch, { dryRun: 'Some' }),
      ),
    ).toMatchObject({ code: 422 });
  });

  it('creates once, replaces by version and deletes', async () => {
    const body = {
      apiVersion: 'networking.istio.io/v1beta1',
      kind: 'DestinationRule',
      metadata: { name: 'chat' },
      spec: { host: 'ai-chat-service' },
    };
    const rules = { ...routes, plural: 'destinationrules', version: 'v1beta1' };
    const created = await custom().createNamespacedCustomObject({
      ...rules,
      body,
    });
    expect(created).toMatchObject({
      apiVersion: 'networking.istio.io/v1beta1',
      metadata: { namespace: 'ai-services', generation: 1 },
    });
    expect(
      await refusal(custom().createNamespacedCustomObject({ ...rules, body })),
    ).toMatchObject({
      code: 409,
      reason: 'AlreadyExists',
      message: 'destinationrules.networking.istio.io "chat" already exists',
    });
    const replace = (object: object) =>
      custom().replaceNamespacedCustomObject({
        ...rules,
        name: 'chat',
        body: object,
      });
    expect(await refusal(replace(body))).toMatchObject({
      code: 422,
      details: { causes: [{ field: 'metadata.resourceVersion' }] },
    });
    const replaced = await replace({ ...created, spec: { host: 'other' } });
    expect(replaced.metadata.generation).toBe(2);
    expect(await refusal(replace(created))).toMatchObject({ code: 409 });
    expect(
      await custom().deleteNamespacedCustomObject({ ...rules, name: 'chat' }),
    ).toMatchObject({ kind: 'Status', status: 'Success' });
    expect(test.store.list('networking.istio.io', 'DestinationRule')).toEqual(
      [],
    );
  });

  it('refuses to create in a namespace that there is not', async () => {
    expect(
      await refusal(
        core().createNamespacedConfigMap({
          namespace: 'nowhere',
          body: { metadata: { name: 'a' } },
        }),
      ),
    ).toMatchObject({ code: 404, message: 'namespaces "nowhere" not found' });
  });

  it('keeps status and spec apart', async () => {
    await custom().patchNamespacedCustomObjectStatus(
      { ...chat, body: { status: { ok: true }, spec: { hosts: ['x'] } } },
      contentType(PatchStrategy.MergePatch),
    );
    expect(stored()).toMatchObject({
      status: { ok: true },
      spec: { hosts: ['ai-chat-service'] },
      metadata: { generation: 1 },
    });
    await patchRoute({ status: { ok: false } }, PatchStrategy.MergePatch);
    expect(stored().status).toEqual({ ok: true });
  });

  it('answers 415 to a strategic merge patch of a custom resource', async () => {
    expect(
      await refusal(patchRoute({}, PatchStrategy.StrategicMergePatch)),
    ).toMatchObject({
      code: 415,
      reason: 'UnsupportedMediaType',
      message: expect.stringContaining('application/json-patch+json'),
    });
  });

  it('scales at once, through the subresource and by a strategic merge patch', async () => {
    const target = { name: 'ai-chat-service', namespace: 'ai-services' };
    const scale = await apps().patchNamespacedDeploymentScale(
      { ...target, body: { spec: { replicas: 4 } } },
      contentType(PatchStrategy.MergePatch),
    );
    expect(scale).toMatchObject({ kind: 'Scale', spec: { replicas: 4 } });
    const deploymentNow = await apps().readNamespacedDeployment(target);
    expect(deploymentNow.status?.readyReplicas).toBe(4);
    await apps().patchNamespacedDeployment(
      {
        ...target,
        body: {
          spec: {
            replicas: 1,
            template: {
              spec: { containers: [{ name: 'app', image: 'chat:2' }] },
            },
          },
        },
      },
      contentType(PatchStrategy.StrategicMergePatch),
    );
    const { items } = await core().listNamespacedPod({
      namespace: 'ai-services',
    });
    expect(items.map(pod => pod.spec?.containers[0])).toMatchObject([
      { image: 'chat:2', ports: [{ containerPort: 8080 }] },
    ]);
  });

  it('deletes a collection by label', async () => {
    await core().deleteCollectionNamespacedPod({
      namespace: 'ai-services',
      labelSelector: 'app=other',
    });
    expect(test.store.list('', 'Pod')).toHaveLength(2);
    await custom().deleteCollectionNamespacedCustomObject(routes);
    expect(test.store.list('networking.istio.io', 'VirtualService')).toEqual(
      [],
    );
  });
});

describe('applying', () => {
  const map = (data?: Record<string, string>) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings' },
    data,
  });
  const apply = (
    fieldManager: string,
    data?: Record<string, string>,
    force?: boolean,
  ) =>
    core().patchNamespacedConfigMap(
      {
        name: 'settings',
        namespace: 'ai-services',
        body: map(data),
        fieldManager,
        force,
      },
      contentType(PatchStrategy.ServerSideApply),
    );

  it('creates, shares, refuses to take, takes by force, and removes what is given up', async () => {
    await apply('alice', { a: '1', b: '1' });
    await apply('bob', { b: '1', c: '1' });
    expect(await refusal(apply('bob', { b: '2' }))).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message: 'Apply failed with 1 conflict: conflict with "alice": .data.b',
      details: {
        causes: [
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "alice"',
            field: '.data.b',
          },
        ],
      },
    });
    const forced = await apply('bob', { b: '2' }, true);
    expect(forced.data).toEqual({ a: '1', b: '2' });
    const left = await apply('alice');
    expect(left.data).toEqual({ b: '2' });
    expect(
      left.metadata?.managedFields?.map(({ manager, operation }) => [
        manager,
        operation,
      ]),
    ).toEqual([['bob', 'Apply']]);
  });

  it('asks for a field manager', async () => {
    expect(await refusal(apply('', { a: '1' }))).toMatchObject({
      code: 422,
      message: expect.stringContaining('is required for apply patch'),
    });
  });
});

describe('watching', () => {
  it('starts with what there is, and goes on with what changes', async () => {
    const events = await watched(routesPath, {}, 3, () => {
      test.store.update(
        'networking.istio.io',
        'VirtualService',
        chatRoute.metadata,
        draft => {
          draft.metadata.labels = { app: 'other' };
        },
      );
      test.store.remove(
        'networking.istio.io',
        'VirtualService',
        chatRoute.metadata,
      );
    });
    expect(events.map(({ type }) => type)).toEqual([
      'ADDED',
      'MODIFIED',
      'DELETED',
    ]);
  });

  it('replays from a version, and shows through its selector what comes and goes', async () => {
    const from = test.store.resourceVersion;
    const setTier = (tier: string) =>
      test.store.update(
        'networking.istio.io',
        'VirtualService',
        chatRoute.metadata,
        draft => {
          draft.metadata.labels = { tier };
          draft.metadata.annotations = { at: test.store.resourceVersion };
        },
      );
    ['none', 'ai', 'ai'].forEach(setTier);
    const events = await watched(
      routesPath,
      { resourceVersion: from, labelSelector: 'tier=ai' },
      3,
    );
    expect(events.map(({ type }) => type)).toEqual([
      'DELETED',
      'ADDED',
      'MODIFIED',
    ]);
  });

  it('sends bookmarks with the latest version', async () => {
    const [event] = await watched(
      routesPath,
      {
        resourceVersion: test.store.resourceVersion,
        allowWatchBookmarks: true,
      },
      1,
      () => {
        test.store.compact();
      },
    );
    expect(event).toMatchObject({
      type: 'BOOKMARK',
      object: {
        kind: 'VirtualService',
        metadata: { resourceVersion: test.store.resourceVersion },
      },
    });
  });

  it.each([
    ['the history no longer knows', () => test.api.expireHistory(), '2'],
    ['is of another life of the sandbox', () => {}, '999999999'],
  ])('says 410 where the version %s', async (_, before, resourceVersion) => {
    before();
    const events = await watched(routesPath, { resourceVersion }, 1);
    expect(events).toMatchObject([
      { type: 'ERROR', object: { code: 410, reason: 'Expired' } },
    ]);
  });

  it('ends in order after timeoutSeconds', async () => {
    const events = await watched(
      routesPath,
      { resourceVersion: test.store.resourceVersion, timeoutSeconds: 1 },
      1,
    );
    expect(events).toEqual([]);
    await new Promise(resolve => {
      setTimeout(resolve, 50);
    });
    expect(test.api.watchCount).toBe(0);
  });

  it.each([
    ['close', 'ADDED'],
    ['silent', 'ADDED'],
  ] as const)('drops (%s) on demand', async (mode, first) => {
    const events: string[] = [];
    let ended = false;
    const controller = await new Watch(configOf('reader')).watch(
      routesPath,
      { allowWatchBookmarks: true },
      type => events.push(type),
      () => {
        ended = true;
      },
    );
    const settle = () =>
      new Promise(resolve => {
        setTimeout(resolve, 200);
      });
    await settle();
    test.faults.set({ target: 'kubernetes', type: 'drop-watch', mode });
    // A bookmark may have been on its way.
    await settle();
    const before = events.length;
    test.store.remove(
      'networking.istio.io',
      'VirtualService',
      chatRoute.metadata,
    );
    await settle();
    expect(events[0]).toBe(first);
    expect(events).toHaveLength(before);
    expect(ended).toBe(mode === 'close');
    controller.abort();
  });

  it('expires a running watch, and the next one, on demand', async () => {
    const running = watched(
      routesPath,
      { resourceVersion: test.store.resourceVersion },
      1,
      () => {
        test.faults.set({
          target: 'kubernetes',
          type: 'expire-watch',
          resource: 'virtualservices',
          count: 2,
        });
      },
    );
    expect(await running).toMatchObject([{ type: 'ERROR' }]);
    expect(await watched(routesPath, {}, 1)).toMatchObject([
      { type: 'ERROR', object: { code: 410 } },
    ]);
    expect(await watched(routesPath, {}, 1)).toMatchObject([{ type: 'ADDED' }]);
  });
});
