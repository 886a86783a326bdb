import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import type { Knex } from 'knex';
import {
  CANARIES_CHANGED_CHANNEL,
  canariesChangedMessageSchema,
} from '@ai-mesh/plugin-ai-mesh-common';
import { until } from './__testUtils__/startPortal';
import { testDatabases } from './canary/store/__testUtils__/testDatabases';
import {
  CanaryPortal,
  chat,
  chatRequest,
  hidden,
  writableCluster,
  type Person,
} from './__testUtils__/CanaryPortal';

jest.setTimeout(90_000);

const { databases, ids } = testDatabases();

let sandbox: RunningSandbox;
let portal: CanaryPortal;
let knex: Knex;

const route = () =>
  `${sandbox.kubernetes}/apis/networking.istio.io/v1/namespaces/ai-services/virtualservices/ai-chat-service`;

async function readRoute(): Promise<string> {
  const response = await fetch(route(), {
    headers: { Authorization: `Bearer ${sandbox.tokens.reader}` },
  });
  const { metadata, spec } = await response.json();
  return JSON.stringify({ annotations: metadata.annotations, spec });
}

/** A canary that waits for its window: asked for and approved, and nothing is written. */
const later = {
  startWindow: { notBefore: new Date(Date.now() + 3_600_000).toISOString() },
};

beforeAll(async () => {
  sandbox = await startSandbox();
  // PostgreSQL where there is one: it is the stricter of the two.
  knex = await databases.init(ids.at(-1)![0]);
  portal = await CanaryPortal.start({
    knex,
    clusters: [writableCluster(sandbox)],
    canary: {
      plan: { minRequests: 20, gates: { errorRate: { rollBackAbove: 0.1 } } },
    },
    entities: [chat, hidden],
  });
  await portal.as('rita').options();
});

afterAll(async () => {
  await portal?.stop();
  await sandbox?.stop();
  await knex?.destroy();
});

/** Ends what a test has asked for, so that the next finds the route free. */
afterEach(async () => {
  const { canaries } = await portal.as('rita').all(true);
  for (const { id } of canaries) {
    await portal.as('carla').actNow(id, 'cancel');
  }
});

describe('what can be asked for', () => {
  it('offers routes, versions and the configuration’s plan', async () => {
    const { services, defaults } = await portal.as('rita').options();
    expect(services).toHaveLength(1);
    // Four scrapes of the usual 15 s.
    expect(services[0].leastIntervalSeconds).toBe(60);
    expect(services[0].versions).toEqual([
      { version: { subset: 'v1' }, label: 'v1' },
      { version: { subset: 'v2' }, label: 'v2' },
    ]);
    expect(services[0].routes[0]).toMatchObject({
      catchAll: true,
      route: { object: { kind: 'VirtualService', name: 'ai-chat-service' } },
      weights: [
        { role: 'stable', subset: 'v1', weight: 90, percent: 90 },
        { role: 'other', subset: 'v2', weight: 10, percent: 10 },
      ],
    });
    expect(defaults).toMatchObject({
      minRequests: 20,
      gates: { errorRate: { rollBackAbove: 0.1, advanceBelow: 0.01 } },
    });
  });

  it('previews the exact patch, and writes nothing', async () => {
    const before = await readRoute();
    const preflight = await portal.as('olivia').preview();
    expect(
      preflight.checks.filter(({ outcome }) => outcome === 'blocks'),
    ).toEqual([]);
    expect(preflight.steps[0]).toBe(15);
    expect(preflight.diff).toContainEqual({
      path: 'spec.http[2].route[1].weight',
      before: 10,
      after: 15,
    });
    expect(await readRoute()).toBe(before);
    expect((await portal.as('rita').list()).canaries).toEqual([]);
  });
});

describe('a request', () => {
  it('waits for somebody else’s approval, with the configuration’s plan', async () => {
    const asked = await portal.as('olivia').request({ plan: later });
    expect(asked).toMatchObject({
      state: 'requested',
      version: 1,
      requestedBy: 'user:default/olivia',
      plan: { minRequests: 20 },
      actions: ['approve', 'reject', 'cancel'],
      next: { action: 'wait-for-approval' },
    });
    const approved = await portal
      .as('adam')
      .act(asked.id, { action: 'approve', version: 1 });
    expect(approved).toMatchObject({
      state: 'approved',
      decidedBy: 'user:default/adam',
    });
    const { transitions, preflight } = await portal
      .as('rita')
      .details(asked.id);
    expect(transitions.map(({ what, by }) => `${what} ${by}`)).toEqual([
      'requested user:default/olivia',
      'approve user:default/adam',
    ]);
    expect(preflight?.steps).toEqual(asked.steps);
  });

  it('sent twice with one key is one canary', async () => {
    const idempotencyKey = `key-${Date.now()}`;
    const first = await portal.as('olivia').request({ idempotencyKey });
    const again = await portal.as('olivia').request({ idempotencyKey });
    expect(again.id).toBe(first.id);
    await expect(
      portal.as('olivia').request({ idempotencyKey, reason: 'Another one' }),
    ).rejects.toMatchObject({ statusCode: 409 });
  });

  it('is told to approvers, and to open screens', async () => {
    portal.sent.length = 0;
    portal.signals.length = 0;
    const { id } = await portal.as('olivia').request();
    const request = () =>
      portal.sent.find(({ payload }) => payload.link?.includes(id));
    await eventually(() => request() !== undefined);
    expect(request()).toMatchObject({
      recipients: {
        entityRef: ['group:default/ai-team'],
        excludeEntityRef: 'user:default/olivia',
      },
      payload: { title: 'The canary of chat (v2) waits for approval' },
    });
    await eventually(() =>
      portal.signals.some(
        ({ channel, message }) =>
          channel === CANARIES_CHANGED_CHANNEL &&
          canariesChangedMessageSchema.parse(message).ids.includes(id),
      ),
    );
  });
});

async function eventually(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo(); tries++) {
    if (tries > 100) {
      throw new Error('Not so within 10 s');
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

describe('bad input', () => {
  const plan = (changes: object) => ({ ...chatRequest, plan: changes });

  it.each([
    [
      'a weight below 0',
      plan({ initialWeight: -1 }),
      /plan\.initialWeight: A weight is between 1 and 100%/,
    ],
    [
      'a weight above 100',
      plan({ targetWeight: 101 }),
      /plan\.targetWeight: A weight is between/,
    ],
    [
      'a fractional weight',
      plan({ stepWeight: 2.5 }),
      /plan\.stepWeight: A weight is a whole number/,
    ],
    [
      'descending steps',
      plan({ steps: [15, 50, 25] }),
      /plan\.steps: Every step must be above/,
    ],
    [
      'a target below the present weight',
      plan({ targetWeight: 8 }),
      /The canary has 10% already/,
    ],
    [
      'an interval of 0',
      plan({ intervalSeconds: 0 }),
      /plan\.intervalSeconds: The interval is between/,
    ],
    [
      'an interval of fewer than four scrapes',
      plan({ intervalSeconds: 59 }),
      /An interval of 59 s is shorter than four scrapes of 'shop', which take 60 s.*Set it to 60 s or more/,
    ],
    [
      'the same version twice',
      { ...chatRequest, canary: { subset: 'v1' } },
      /canary: The canary must be another version/,
    ],
    [
      'the same version by two names',
      { ...chatRequest, stable: { subset: 'v2', host: 'ai-chat-service' } },
      /canary: The canary must be another version/,
    ],
    [
      'a version that does not exist',
      { ...chatRequest, canary: { subset: 'v9' } },
      /The subset v9 is not defined/,
    ],
    [
      'a reason of 100 kB',
      { ...chatRequest, reason: 'x'.repeat(100_000) },
      /reason: A reason has at most 2000 characters/,
    ],
    [
      'a service of somebody else',
      {
        ...chatRequest,
        service: { ...chatRequest.service, name: 'qa-service' },
      },
      /has no service ai-services\/qa-service/,
    ],
    [
      'a version of somebody else',
      {
        ...chatRequest,
        canary: { host: 'istiod.istio-system.svc.cluster.local' },
      },
      /neither a Service of the namespace/,
    ],
    [
      'a route that is not the service’s',
      {
        ...chatRequest,
        route: {
          kind: 'VirtualService',
          namespace: 'ai-services',
          name: 'qa-service',
        },
      },
      /does not route/,
    ],
    [
      'an unknown field',
      { ...chatRequest, force: true },
      /Unrecognized key: "force"/,
    ],
    [
      'no reference of an entity',
      { ...chatRequest, entityRef: 'chat' },
      /entityRef: An entity reference is written like/,
    ],
    ['no object', [1], /expected object/],
  ])('%s is a 400 with nothing written', async (_, body, message) => {
    const before = await readRoute();
    const response = await portal.http('olivia', 'post', '/v1/canaries', body);
    expect([response.status, response.body.error.message]).toEqual([
      400,
      expect.stringMatching(message),
    ]);
    expect(await readRoute()).toBe(before);
    expect((await portal.as('rita').all(true)).canaries).toEqual([]);
  });

  it('an entity without a route is a 400', async () => {
    const bare = await CanaryPortal.start({
      clusters: [writableCluster(sandbox)],
      entities: [
        {
          ...chat,
          metadata: {
            ...chat.metadata,
            annotations: { 'ai-mesh.io/service': 'ai-services/qa-service' },
          },
        },
      ],
    });
    const { services } = await bare.as('rita').options();
    expect(services[0].routes).toEqual([]);
    expect(services[0].message).toMatch(
      /Nothing routes ai-services\/qa-service/,
    );
    const response = await bare.http('olivia', 'post', '/v1/canaries', {
      ...chatRequest,
      service: { ...chatRequest.service, name: 'qa-service' },
    });
    expect([response.status, response.body.error.message]).toEqual([
      400,
      expect.stringMatching(/Nothing routes ai-services\/qa-service/),
    ]);
    await bare.stop();
  });

  it('a second request on a busy route is a 409 with the first', async () => {
    const first = await portal.as('olivia').request();
    const response = await portal.http(
      'adam',
      'post',
      '/v1/canaries',
      chatRequest,
    );
    expect(response.status).toBe(409);
    expect(response.body.error.message).toContain(`/v1/canaries/${first.id}`);
    expect(response.body.error.canary).toMatchObject({
      id: first.id,
      state: 'requested',
    });
  });

  it('approving one’s own request is a 403', async () => {
    const { id } = await portal.as('adam').request();
    const response = await portal.http(
      'adam',
      'post',
      `/v1/canaries/${id}/actions`,
      {
        action: 'approve',
        version: 1,
      },
    );
    expect([response.status, response.body.error.message]).toEqual([
      403,
      'You asked for this canary yourself: somebody else has to approve it. Ask one who has the permission ai-mesh.canary.approve; where there is nobody else, whoever runs the portal can set aiMesh.canary.requesterMayApprove.',
    ]);
    expect((await portal.as('rita').details(id)).state).toBe('requested');
  });

  it('acting on an ended canary is a 409 with its state', async () => {
    const { id } = await portal.as('olivia').request();
    const ended = await portal.as('adam').act(id, {
      action: 'reject',
      version: 1,
      reason: 'Not on a Friday',
    });
    const response = await portal.http(
      'carla',
      'post',
      `/v1/canaries/${id}/actions`,
      {
        action: 'pause',
        version: ended.version,
      },
    );
    expect(response.status).toBe(409);
    expect(response.body.error.canary).toMatchObject({ id, state: 'rejected' });
  });

  it('acting on an earlier version is a 409 with the present state', async () => {
    const { id } = await portal.as('olivia').request({ plan: later });
    await portal.as('adam').act(id, { action: 'approve', version: 1 });
    const response = await portal.http(
      'olivia',
      'post',
      `/v1/canaries/${id}/actions`,
      {
        action: 'cancel',
        version: 1,
      },
    );
    expect(response.status).toBe(409);
    expect(response.body.error.canary).toMatchObject({
      state: 'approved',
      version: 2,
    });
    expect(response.body.error.since).toEqual([
      expect.objectContaining({
        seq: 2,
        what: 'approve',
        by: 'user:default/adam',
        to: 'approved',
      }),
    ]);
  });

  it.each([
    ['no JSON', 'application/json', '{"entityRef":', 400],
    ['a form', 'application/x-www-form-urlencoded', 'a=b', 400],
    [
      'a megabyte',
      'application/json',
      JSON.stringify({ reason: 'x'.repeat(1e6) }),
      413,
    ],
  ])('%s is refused', async (_, type, body, status) => {
    const response = await portal.raw('olivia', '/v1/canaries', type, body);
    expect(response.status).toBe(status);
    expect(response.body.error.message).toBeTruthy();
  });

  it.each(['nobody', '%00', '00000000-0000-0000-0000-000000000000'])(
    'the id %s, which nobody has, is a 404',
    async id => {
      const read = await portal.http('rita', 'get', `/v1/canaries/${id}`);
      expect(read.status).toBe(404);
      const action = await portal.http(
        'carla',
        'post',
        `/v1/canaries/${id}/actions`,
        { action: 'cancel', version: 1 },
      );
      expect(action.status).toBe(404);
    },
  );
});

describe('who may do what', () => {
  const entity = '/v1/entities/component/default/chat/canaries';
  type Row = [
    string,
    'get' | 'post',
    string,
    object | undefined,
    Partial<Record<Person | 'nobody', number>>,
  ];

  it.each<Row>([
    [
      'list',
      'get',
      entity,
      undefined,
      { nobody: 401, rita: 200, stranger: 403 },
    ],
    [
      'options',
      'get',
      `${entity}/options`,
      undefined,
      { nobody: 401, rita: 200, stranger: 403 },
    ],
    [
      'list all',
      'get',
      '/v1/canaries',
      undefined,
      { nobody: 401, rita: 200, stranger: 200 },
    ],
    [
      'preview',
      'post',
      '/v1/canaries/preflight',
      undefined,
      { nobody: 401, olivia: 200, rita: 403, stranger: 403 },
    ],
    [
      'read',
      'get',
      '/v1/canaries/ID',
      undefined,
      { nobody: 401, rita: 200, stranger: 404 },
    ],
    [
      'approve',
      'post',
      '/v1/canaries/ID/actions',
      { action: 'approve' },
      { nobody: 401, olivia: 403, carla: 403, rita: 403, stranger: 404 },
    ],
    [
      'reject',
      'post',
      '/v1/canaries/ID/actions',
      { action: 'reject', reason: 'no' },
      { olivia: 403, carla: 403, rita: 403 },
    ],
    [
      'cancel',
      'post',
      '/v1/canaries/ID/actions',
      { action: 'cancel' },
      { nobody: 401, adam: 403, rita: 403 },
    ],
    [
      'roll back',
      'post',
      '/v1/canaries/ID/actions',
      { action: 'rollBack', reason: 'no' },
      { nobody: 401, adam: 403, rita: 403, carla: 409 },
    ],
    [
      'clean up',
      'post',
      '/v1/canaries/ID/actions',
      { action: 'cleanUp' },
      { nobody: 401, olivia: 403, adam: 403, carla: 409 },
    ],
  ])('%s', async (_, method, path, action, expected) => {
    const { id, version } = await portal.as('olivia').request();
    const { reason, ...preview } = chatRequest;
    const body = action ? { ...action, version } : preview;
    for (const [person, status] of Object.entries(expected)) {
      const response = await portal.http(
        person === 'nobody' ? undefined : (person as Person),
        method,
        path.replace('ID', id),
        method === 'post' ? body : undefined,
      );
      expect([person, response.status]).toEqual([person, status]);
    }
  });

  it('asking takes its own permission', async () => {
    for (const [person, status] of [
      [undefined, 401],
      ['rita', 403],
      ['carla', 403],
      ['stranger', 403],
    ] as const) {
      const response = await portal.http(
        person,
        'post',
        '/v1/canaries',
        chatRequest,
      );
      expect([person, response.status]).toEqual([person, status]);
    }
  });

  it('lists only what the reader may see', async () => {
    const { id } = await portal.as('olivia').request();
    expect(
      (await portal.as('rita').all()).canaries.map(one => one.id),
    ).toContain(id);
    expect((await portal.as('stranger').all()).canaries).toEqual([]);
  });

  it('lets a service ask under its own subject, and leaves approvals to people', async () => {
    const asked = await portal.service('post', '/v1/canaries', chatRequest);
    expect(asked.status).toBe(201);
    expect(asked.body.requestedBy).toBe('external:test-service');
    const approval = await portal.service(
      'post',
      `/v1/canaries/${asked.body.id}/actions`,
      { action: 'approve', version: 1 },
    );
    expect([approval.status, approval.body.error.message]).toEqual([
      403,
      expect.stringMatching(/for a person to decide/),
    ]);
  });

  it('tells the auditor of every act, also of those refused', async () => {
    portal.audits.length = 0;
    const { id } = await portal.as('olivia').request();
    await portal.http('rita', 'post', '/v1/canaries', chatRequest);
    await portal.http('rita', 'post', '/v1/canaries', { reason: 'nonsense' });
    await portal.http('olivia', 'post', `/v1/canaries/${id}/actions`, {
      action: 'approve',
      version: 1,
    });
    await portal.as('olivia').act(id, { action: 'cancel', version: 1 });
    expect(
      portal.audits.map(({ eventId, outcome, meta }) => [
        eventId,
        outcome,
        meta.actionType ?? meta.entityRef,
      ]),
    ).toEqual([
      ['canary-request', 'success', 'component:default/chat'],
      ['canary-request', 'fail', 'component:default/chat'],
      ['canary-request', 'fail', undefined],
      ['canary-action', 'fail', 'approve'],
      ['canary-action', 'success', 'cancel'],
    ]);
  });
});

describe('without what it needs', () => {
  it('says so where the cluster may only be read', async () => {
    const reading = await CanaryPortal.start({
      clusters: [writableCluster(sandbox, { allowWrites: false })],
    });
    const preflight = await reading.as('olivia').preview();
    expect(
      preflight.checks.filter(({ outcome }) => outcome === 'blocks'),
    ).toMatchObject([
      { code: 'may-patch', message: expect.stringMatching(/allowWrites/) },
    ]);
    const response = await reading.http(
      'olivia',
      'post',
      '/v1/canaries',
      chatRequest,
    );
    expect(response.status).toBe(400);
    const list = await reading.http(
      'olivia',
      'get',
      '/v1/entities/component/default/chat/canaries',
    );
    expect(list.body.readOnly).toEqual(['shop']);
    await reading.stop();
  });

  it('serves everything else where the database is away', async () => {
    const broken = await CanaryPortal.start({
      clusters: [writableCluster(sandbox)],
      databaseAway: () => true,
    });
    const canaries = await broken.http('rita', 'get', '/v1/canaries');
    expect([canaries.status, canaries.body.error.message]).toEqual([
      503,
      expect.stringMatching(/database/),
    ]);
    const overview = await broken.http(
      'rita',
      'get',
      '/v1/entities/component/default/chat/overview',
    );
    expect(overview.status).toBe(200);
    expect(overview.body.canary).toEqual({
      status: 'unknown',
      reason: 'source-unreachable',
      message: "The portal's database cannot be used at present.",
      words: [{ key: 'figure.noDatabase' }],
    });
    expect(overview.body.services).toHaveLength(1);
    await broken.stop();
  });

  it('goes on by itself once the database is back', async () => {
    const another = await databases.init('SQLITE_3');
    let away = true;
    const portal2 = await CanaryPortal.start({
      clusters: [writableCluster(sandbox)],
      knex: another,
      databaseAway: () => away,
    });
    const list = () => portal2.http('rita', 'get', '/v1/canaries');
    expect((await list()).status).toBe(503);
    away = false;
    await until(list, ({ status }) => status === 200, 20_000);
    await portal2.stop();
    await another.destroy();
  });

  it('needs neither notifications nor signals', async () => {
    const bare = await CanaryPortal.start({
      clusters: [writableCluster(sandbox)],
      bare: true,
    });
    await bare.as('rita').options();
    const { id } = await bare.as('olivia').request();
    await bare.as('olivia').act(id, { action: 'cancel', version: 1 });
    expect((await bare.as('rita').details(id)).state).toBe('cancelled');
    await bare.stop();
  });

  it('lets an undecided request expire', async () => {
    const impatient = await CanaryPortal.start({
      clusters: [writableCluster(sandbox)],
      canary: { requestExpiry: { milliseconds: 1 } },
    });
    await impatient.as('rita').options();
    const { id } = await impatient.as('olivia').request();
    const { transitions } = await impatient.when(
      id,
      ({ state }) => state === 'expired',
    );
    expect(transitions.at(-1)).toMatchObject({ by: 'engine', what: 'expired' });
    await impatient.stop();
  });
});
