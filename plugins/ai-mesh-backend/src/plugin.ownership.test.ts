import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import {
  canaryActionNameSchema,
  contestedClaimsSchema,
} from '@ai-mesh/plugin-ai-mesh-common';
import { actionsRegistryServiceFactory } from '@backstage/backend-defaults/alpha';
import type { Entity } from '@backstage/catalog-model';
import {
  CanaryPortal,
  chat,
  chatRequest,
  writableCluster,
  type CanaryPortalOptions,
  type Person,
} from './__testUtils__/CanaryPortal';
import { ClusterObject } from './__testUtils__/ClusterObject';
import { actionInputs } from './__testUtils__/hostile/actionAttacks';
import { present } from './__testUtils__/hostile/HostileRequest';
import {
  rightRequest,
  routeAttacks,
} from './__testUtils__/hostile/routeAttacks';
import { component, until } from './__testUtils__/startPortal';

jest.setTimeout(90_000);

const CHAT = 'component:default/chat';
const EVIL = 'component:default/evil';
/** Mallory's too, and its Service says so. */
const QA = 'component:default/qa-service';

/** An entity of Mallory's team, which says whatever she likes. */
function evilClaims(annotations: Record<string, string>): Entity {
  return {
    ...component('evil', annotations),
    relations: [{ type: 'ownedBy', targetRef: 'group:default/evil-team' }],
  };
}

const evil = evilClaims({
  'ai-mesh.io/service': 'ai-services/ai-chat-service',
});

/** Olivia's team has chat, and Adam approves for it; Mallory's team has evil, and Eve approves for it; Rita sees both. */
const owners: CanaryPortalOptions['policy'] = (
  person,
  permission,
  entityRef,
) => {
  const has: Partial<Record<Person, string[]>> = {
    olivia: [CHAT],
    adam: [CHAT],
    mallory: [EVIL, QA],
    eve: [EVIL],
  };
  return person === 'rita'
    ? permission === 'ai-mesh.read'
    : has[person]?.includes(entityRef) === true &&
        (permission !== 'ai-mesh.canary.approve' ||
          person === 'adam' ||
          person === 'eve');
};

let sandbox: RunningSandbox;
let portal: CanaryPortal | undefined;

beforeAll(async () => {
  sandbox = await startSandbox();
});

afterEach(async () => {
  await portal?.stop();
  portal = undefined;
});

afterAll(async () => {
  await sandbox?.stop();
});

async function start(
  entities: Entity[] = [chat, evil],
  aiMesh?: CanaryPortalOptions['aiMesh'],
): Promise<CanaryPortal> {
  portal = await CanaryPortal.start({
    clusters: [writableCluster(sandbox)],
    policy: owners,
    entities,
    aiMesh,
    features: [actionsRegistryServiceFactory],
  });
  return portal;
}

const read = (person: Person, name: string, view = 'routes') =>
  portal!.http(person, 'get', `/v1/entities/component/default/${name}/${view}`);

const evilRequest = { ...chatRequest, entityRef: EVIL };

describe('an entity that claims the Service of another', () => {
  it.each([
    ['by its name', { 'ai-mesh.io/service': 'ai-services/ai-chat-service' }],
    [
      'among its own',
      {
        'ai-mesh.io/service':
          'ai-services/ai-chat-service,ai-lab/summary-service',
      },
    ],
    ['by its label', { 'backstage.io/kubernetes-id': 'ai-chat-service' }],
    [
      'by a selector',
      { 'backstage.io/kubernetes-label-selector': 'app=ai-chat-service' },
    ],
    [
      'by a selector of everything',
      { 'backstage.io/kubernetes-label-selector': '!no-such-label' },
    ],
  ])('%s sees nothing of it', async (_, annotations) => {
    await start([chat, evilClaims(annotations)]);
    for (const view of ['routes', 'topology', 'overview', 'security']) {
      const { status, body } = await read('mallory', 'evil', view);
      expect([view, status]).toEqual([view, 200]);
      const own = body.services ?? body.nodes ?? [];
      expect(
        own.filter(
          (one: { name?: string; relation?: string; service?: object }) =>
            JSON.stringify(one.service ?? one).includes('ai-chat-service') &&
            (one.relation ?? 'own') === 'own',
        ),
      ).toEqual([]);
      expect(body.resolution.ownership).toContainEqual({
        service: {
          cluster: 'shop',
          namespace: 'ai-services',
          name: 'ai-chat-service',
        },
        proven: false,
        rule: 'namespace-map',
        evidence: 'aiMesh.ownership.namespaces: ai-services',
        evidenceWords: [
          {
            key: 'evidence.namespaces',
            params: { namespace: 'ai-services' },
          },
        ],
        owners: [CHAT],
        claims: [],
        hidden: 0,
        withheld: true,
      });
      expect(body.resolution.searched[0].message).toContain(
        `Service ai-services/ai-chat-service is not shown: it belongs to ${CHAT}`,
      );
    }
  });

  it('sees nothing of it on any route and by any tool, and changes it by none', async () => {
    await start([chat, evil]);
    const { id } = await portal!.as('olivia').requestSoon();
    const { version } = await portal!.as('olivia').details(id);
    const ofThis = (text: string) =>
      text
        .replaceAll('default/chat', 'default/evil')
        .replaceAll(present.canary, id)
        .replaceAll(`"${present.version}"`, `${version}`);
    const ask = async (path: string, body?: string) => {
      const { status, text } = body
        ? await portal!.raw('mallory', path, 'application/json', ofThis(body))
        : await portal!.http('mallory', 'get', ofThis(path));
      // The Service's name is what the entity claims; what stands behind it is not to be seen.
      const shown = /ai-chat-service-v\d|VirtualService|v1beta1|A better model/;
      const told: object = JSON.parse(text);
      const without = path.endsWith('openapi.json') ? '' : JSON.stringify(told);
      expect([path, shown.exec(without)?.[0]]).toEqual([path, undefined]);
      return status;
    };
    const statuses: Record<string, number> = {};
    for (const route of Object.keys(routeAttacks)) {
      const { method, path, body } = rightRequest(route);
      statuses[route] = await ask(
        ofThis(path),
        method === 'post' ? body : undefined,
      );
    }
    for (const [tool, [input]] of Object.entries(actionInputs)) {
      statuses[tool] = await ask(
        `/.backstage/actions/v1/actions/ai-mesh:${tool}/invoke`,
        JSON.stringify(input),
      );
    }
    const entity = '/v1/entities/{kind}/{namespace}/{name}';
    expect(
      Object.fromEntries(
        Object.entries(statuses).filter(([, status]) => status !== 200),
      ),
    ).toEqual({
      [`get ${entity}/security/may-call`]: 400,
      'may-call': 400,
      // There is no model of which to write any.
      [`get ${entity}/slos/rules`]: 404,
      [`get ${entity}/slos/dashboard`]: 404,
      // There is no such finding.
      'post /v1/entities/{kind}/{namespace}/{name}/requests': 409,
      'post /v1/entities/{kind}/{namespace}/{name}/review/applications': 409,
      'post /v1/entities/{kind}/{namespace}/{name}/review/applications/{id}/actions': 404,
      'post /v1/canaries': 400,
      'post /v1/canaries/preflight': 400,
      'request-canary': 400,
      'get /v1/canaries/{id}': 404,
      'get /v1/canaries/{id}/transitions': 404,
      'post /v1/canaries/{id}/actions': 404,
      'canary-status': 404,
      'explain-verdict': 404,
      'pause-canary': 404,
      'roll-back-canary': 404,
    });
    expect(await portal!.as('olivia').details(id)).toMatchObject({
      state: 'requested',
      version,
    });
    await portal!.as('olivia').actNow(id, 'cancel');
  });

  it('may not set a pull request beside what is of another', async () => {
    await start([chat, evil]);
    const url = 'https://github.com/acme/deployments/pull/7';
    const findings = async (): Promise<string[]> =>
      ((await read('olivia', 'chat', 'review')).body.findings ?? []).map(
        ({ id }: { id: string }) => id,
      );
    const [id] = await until(findings, all => all.length > 0, 60_000);
    const say = async (person: Person, name: string, body: object) => {
      const path = `/v1/entities/component/default/${name}/requests`;
      const answer = await portal!.http(person, 'post', path, body);
      expect(answer.text).not.toContain('VirtualService');
      return answer.status;
    };
    // Of her own entity, which claims the Service; of the other; and as one who may only look.
    expect([
      await say('mallory', 'evil', { findings: [id], url }),
      await say('mallory', 'chat', { findings: [id], url }),
      await say('rita', 'chat', { findings: [id], url }),
      await say('mallory', 'evil', { findings: [id, '__proto__'], url }),
      await say('olivia', 'chat', {
        findings: [id],
        url: 'https://evil.example/acme/deployments/pull/7',
      }),
      // Nothing of the other's is made for hers.
      await say('mallory', 'evil', { strict: 'workload', url }),
      await say('mallory', 'evil', { rules: 'operator', url }),
      await say('mallory', 'evil', { canary: present.canary, url }),
      await say('rita', 'chat', { strict: 'workload', url }),
      await say('mallory', 'chat', { canary: present.canary, url }),
    ]).toEqual([409, 403, 403, 409, 400, 409, 404, 409, 403, 403]);
    expect((await read('olivia', 'chat', 'review')).body.requests).toEqual([]);
  });

  it('shows it to whoever may see the mesh of its owner', async () => {
    await start();
    const { body } = await read('rita', 'evil');
    expect(body.services[0].service.name).toBe('ai-chat-service');
    expect(body.resolution.ownership[0]).toMatchObject({
      proven: false,
      owners: [CHAT],
      withheld: false,
    });
  });

  it('is named on the owner’s screen, which shows everything', async () => {
    await start();
    const { body } = await read('olivia', 'chat');
    expect(body.services).toHaveLength(1);
    expect(body.resolution.ownership).toEqual([
      expect.objectContaining({
        proven: true,
        owners: [],
        claims: [EVIL],
        hidden: 0,
        withheld: false,
      }),
    ]);
  });

  it('may not ask for a canary of it, and the owner’s route stays free', async () => {
    await start();
    for (const path of ['/v1/canaries/preflight', '/v1/canaries']) {
      const { reason, ...preview } = evilRequest;
      const body = path.endsWith('preflight') ? preview : evilRequest;
      const { status } = await portal!.http('mallory', 'post', path, body);
      // It has no such Service, as far as Mallory may see.
      expect([path, status]).toEqual([path, 400]);
    }
    const { id } = await portal!.as('olivia').request();
    await portal!.as('olivia').actNow(id, 'cancel');
  });

  it('may not send another’s traffic to, or take it from, its own Service', async () => {
    await start(
      [
        chat,
        component('qa-service', {
          'ai-mesh.io/service': 'ai-services/qa-service',
        }),
      ],
      { ownership: {} },
    );
    const { status, body } = await portal!.http(
      'mallory',
      'post',
      '/v1/canaries',
      {
        ...chatRequest,
        entityRef: QA,
        service: { ...chatRequest.service, name: 'qa-service' },
        stable: {},
        canary: { host: 'ai-chat-service' },
      },
    );
    expect([status, body.error.name]).toEqual([403, 'NotAllowedError']);
  });
});

describe('an entity whose Service nobody has marked', () => {
  const unmarked = { ownership: {} };
  const demo = {
    ...component('ai-chat-service', {
      'ai-mesh.io/service': 'ai-services/ai-chat-service',
    }),
    relations: chat.relations,
  };

  it('may look at it, and not change it; the refusal says how to prove it', async () => {
    await start([chat], unmarked);
    expect((await read('olivia', 'chat')).body.services).toHaveLength(1);
    const { status, body } = await portal!.http(
      'olivia',
      'post',
      '/v1/canaries',
      chatRequest,
    );
    expect(status).toBe(403);
    expect(body.error.message).toContain(
      'ai-mesh.io/entity: component:default/chat',
    );
    const { services } = await portal!.as('olivia').options();
    expect(services[0]).toMatchObject({
      routes: [],
      message: expect.stringContaining('It is not proven'),
    });
  });

  it('does not see it where claims are worth nothing', async () => {
    await start([chat], { ownership: { claims: 'none' } });
    const { body } = await read('olivia', 'chat');
    expect(body.services).toEqual([]);
    expect(body.resolution.searched[0].message).toContain(
      'nothing proves that it belongs to this entity',
    );
  });

  it('is not the entity that has the id of its label, where the catalog has that', async () => {
    await start([demo, evil], unmarked);
    expect((await read('mallory', 'evil')).body.services).toEqual([]);
    expect(
      (await read('rita', 'ai-chat-service')).body.resolution.ownership[0],
    ).toMatchObject({
      proven: true,
      rule: 'service',
      evidence:
        'label backstage.io/kubernetes-id of Service ai-services/ai-chat-service',
      claims: [EVIL],
    });
  });

  it('sees it all the same where the portal says that any claim is enough', async () => {
    await start([demo, evil], { ownership: { claims: 'any' } });
    expect((await read('mallory', 'evil')).body.services).toHaveLength(1);
    const { status } = await portal!.http(
      'mallory',
      'post',
      '/v1/canaries',
      evilRequest,
    );
    expect(status).toBe(403);
  });
});

describe('canaries of a route that is another’s now', () => {
  const namespace = () =>
    new ClusterObject(sandbox, '/api/v1/namespaces/ai-services');

  async function mark(owner: string): Promise<void> {
    const { metadata } = await namespace().read();
    await namespace().patch([
      {
        op: 'add',
        path: '/metadata/annotations',
        value: { ...metadata.annotations, 'ai-mesh.io/entity': owner },
      },
    ]);
  }

  afterEach(async () => {
    await namespace().patch([
      { op: 'remove', path: '/metadata/annotations/ai-mesh.io~1entity' },
    ]);
  });

  const isOwners = async (person: Person, name: string) => {
    for (;;) {
      const { body } = await read(person, name);
      if (body.resolution.ownership[0].proven) {
        return;
      }
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  };

  it('are for the provable owner to see and to end, and for nobody else to approve', async () => {
    await mark(EVIL);
    await start([chat, evil], { ownership: {} });
    await isOwners('mallory', 'evil');
    const asked = await portal!.http(
      'mallory',
      'post',
      '/v1/canaries',
      evilRequest,
    );
    expect(asked.status).toBe(201);
    const { id } = asked.body;
    // Whose it is is set right: it was never Mallory's.
    await mark(CHAT);
    await isOwners('olivia', 'chat');
    const act = async (person: Person, action: string) => {
      const { status } = await portal!.http(
        person,
        'post',
        `/v1/canaries/${id}/actions`,
        { action, version: 1, reason: 'It is not yours' },
      );
      return status;
    };
    expect(await act('eve', 'approve')).toBe(404);
    expect(await act('mallory', 'approve')).toBe(404);
    const all = await portal!.as('olivia').all();
    expect(all.canaries).toEqual([
      expect.objectContaining({ id, entityRef: EVIL, governedBy: CHAT }),
    ]);
    expect((await portal!.as('olivia').list()).canaries).toHaveLength(1);
    expect(await portal!.as('olivia').details(id)).toMatchObject({
      governedBy: CHAT,
    });
    expect((await portal!.as('mallory').all()).canaries).toEqual([]);
    expect(await act('rita', 'reject')).toBe(403);
    expect(await act('adam', 'reject')).toBe(200);
    expect(await portal!.as('olivia').details(id)).toMatchObject({
      state: 'rejected',
      decidedBy: 'user:default/adam',
    });
  });

  it('can be rolled back by the provable owner while it runs', async () => {
    await mark(EVIL);
    await start([chat, evil], { ownership: {} });
    await isOwners('mallory', 'evil');
    const { body } = await portal!.http(
      'mallory',
      'post',
      '/v1/canaries',
      evilRequest,
    );
    await portal!.as('eve').actNow(body.id, 'approve');
    await portal!.when(body.id, ({ step }) => step === 0);
    await mark(CHAT);
    await isOwners('olivia', 'chat');
    await portal!.as('olivia').actNow(body.id, 'rollBack');
    const ended = await portal!.when(
      body.id,
      ({ state }) => state === 'rolledBack',
    );
    expect(ended).toMatchObject({ entityRef: EVIL, governedBy: CHAT });
  });

  it('can be cancelled by the provable owner, who has the route then', async () => {
    await mark(EVIL);
    await start([chat, evil], { ownership: {} });
    await isOwners('mallory', 'evil');
    const { body } = await portal!.http(
      'mallory',
      'post',
      '/v1/canaries',
      evilRequest,
    );
    await mark(CHAT);
    await isOwners('olivia', 'chat');
    await portal!.as('olivia').actNow(body.id, 'cancel');
    const own = await portal!.as('olivia').request();
    expect(own.entityRef).toBe(CHAT);
    await portal!.as('olivia').actNow(own.id, 'cancel');
  });
});

describe('a canary that the reader may not see', () => {
  it('is answered as one that there is not, on every route with an id', async () => {
    let questions = 0;
    portal = await CanaryPortal.start({
      clusters: [writableCluster(sandbox)],
      entities: [chat, evil],
      policy: (...asked) => {
        questions += 1;
        return owners(...asked);
      },
    });
    const { id } = await portal.as('olivia').request();
    const bodies = [
      ...canaryActionNameSchema.options.map(action => ({
        action,
        version: 1,
        reason: 'because',
      })),
      { action: 'approve' },
      {},
    ];
    const ways = [
      { path: '' },
      { path: '/transitions' },
      { path: '/transitions?limit=1&cursor=1' },
      ...bodies.map(body => ({ path: '/actions', body })),
    ];
    const ask = async (
      person: Person,
      { path, body }: { path: string; body?: object },
      of: string,
    ) => {
      questions = 0;
      const { status, headers, text } = await portal!.http(
        person,
        body ? 'post' : 'get',
        `/v1/canaries/${of}${path}`,
        body,
      );
      // The answer's own moment and tag aside.
      const { date, etag, ...told } = headers;
      return {
        answer: [path, body, status, told, text.replaceAll(of, 'ID')],
        status,
        hasAsked: questions > 0,
      };
    };
    expect((await ask('rita', ways[0], id)).status).toBe(200);
    for (const person of ['mallory', 'stranger'] as const) {
      for (const way of ways) {
        const hidden = await ask(person, way, id);
        const none = await ask(
          person,
          way,
          '00000000-0000-4000-8000-000000000000',
        );
        expect(hidden.answer).toEqual(none.answer);
        expect(hidden.hasAsked).toBe(none.hasAsked);
        expect([404, 400]).toContain(none.status);
        expect(none.hasAsked).toBe(none.status === 404);
      }
    }
    await portal.as('olivia').actNow(id, 'cancel');
  });
});

describe('too wide an annotation', () => {
  it('is refused with the numbers', async () => {
    await start(
      [
        chat,
        evilClaims({
          'backstage.io/kubernetes-label-selector': '!no-such-label',
        }),
      ],
      { ownership: { mostServices: 3 } },
    );
    const { status, body } = await read('mallory', 'evil');
    expect(status).toBe(400);
    expect(body.error.message).toMatch(
      /finds \d+ Services and \d+ workloads, and an entity may have at most 3 Services/,
    );
  });
});

describe('contested claims', () => {
  const list = async (person: Person, query = '') => {
    const { status, body } = await portal!.http(
      person,
      'get',
      `/v1/ownership/contested${query}`,
    );
    expect(status).toBe(200);
    return contestedClaimsSchema.parse(body);
  };

  it('are listed with their owners and claimants, page by page', async () => {
    const both = 'ai-services/ai-chat-service,ai-services/qa-service';
    await start([
      {
        ...chat,
        metadata: {
          ...chat.metadata,
          annotations: { 'ai-mesh.io/service': both },
        },
      },
      evilClaims({ 'ai-mesh.io/service': both }),
    ]);
    const first = await list('rita', '?limit=1');
    expect(first.services).toEqual([
      {
        service: { ...chatRequest.service, name: 'ai-chat-service' },
        rule: 'namespace-map',
        evidence: 'aiMesh.ownership.namespaces: ai-services',
        evidenceWords: [
          {
            key: 'evidence.namespaces',
            params: { namespace: 'ai-services' },
          },
        ],
        owners: [CHAT],
        claims: [EVIL],
        hidden: 0,
      },
    ]);
    const second = await list('rita', `?limit=1&cursor=${first.next}`);
    expect(second.services.map(({ service }) => service.name)).toEqual([
      'qa-service',
    ]);
    expect(second.next).toBeUndefined();
    expect((await list('stranger')).services).toEqual([]);
    const wrong = await portal!.http(
      'rita',
      'get',
      '/v1/ownership/contested?cursor=AAAA',
    );
    expect(wrong.status).toBe(400);
  });

  it('are none where each Service has one entity', async () => {
    await start([chat]);
    expect((await list('rita')).services).toEqual([]);
  });
});

describe('neighbours whose entities the reader may not see', () => {
  const orchestrator = {
    ...component('ai-orchestrator', {
      'ai-mesh.io/service': 'ai-services/ai-orchestrator',
    }),
    relations: chat.relations,
  };
  const views = ['topology', 'security', 'overview', 'routes', 'review'];
  const textsOf = async (person: Person) => {
    const texts = [];
    for (const view of views) {
      const { status, text } = await read(person, 'chat', view);
      expect([view, status]).toEqual([view, 200]);
      texts.push(text);
    }
    return texts.join();
  };

  it.each(['named', 'anonymous'])('are %s', async neighbours => {
    await start([chat, orchestrator], {
      neighbours,
      ownership: { namespaces: [] },
    });
    expect(await textsOf('rita')).toContain('ai-orchestrator');
    const own = await textsOf('olivia');
    expect(own.includes('ai-orchestrator')).toBe(neighbours === 'named');
    expect(own.includes('a service you may not see (1)')).toBe(
      neighbours === 'anonymous',
    );
  });

  it.each(['named', 'anonymous'])(
    'are %s where a canary is announced',
    async neighbours => {
      await start([chat, orchestrator], { neighbours });
      const { sent, events } = portal!;
      const { id } = await portal!.as('olivia').requestSoon({
        reason: 'The ai-orchestrator needs it',
      });
      await portal!
        .as('olivia')
        .actNow(id, 'cancel', 'ai-orchestrator is not ready');
      const told = await until(
        async () => ({
          notices: sent.map(({ payload }) => payload),
          events: events.flatMap(event =>
            event.kind === 'canary' ? event.reason : [],
          ),
        }),
        all => all.notices.length > 1 && all.events.length > 1,
        20_000,
      );
      const name =
        neighbours === 'named'
          ? 'ai-orchestrator'
          : 'a service you may not see (1)';
      expect(told.events[0]).toBe(`The ${name} needs it`);
      expect(told.events[1]).toContain(name);
      expect(told.notices).toMatchObject([
        { title: expect.stringContaining('chat (v2)') },
        { description: expect.stringContaining(name) },
      ]);
      expect(JSON.stringify([sent, events]).includes('ai-orchestrator')).toBe(
        neighbours === 'named',
      );
    },
  );
});

describe('who asks too much', () => {
  it('is told when to ask again, and keeps nobody else from asking', async () => {
    await start([chat], { limits: { user: { perMinute: 5 } } });
    const statuses = [];
    for (let count = 0; count < 6; count++) {
      statuses.push((await read('olivia', 'chat')).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    const { headers, body } = await read('olivia', 'chat');
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(body.error.message).toContain('5 requests in a minute');
    expect((await read('rita', 'chat')).status).toBe(200);
  });

  it('is limited by entity too', async () => {
    await start([chat, evil], { limits: { entity: { perMinute: 1 } } });
    expect((await read('rita', 'chat')).status).toBe(200);
    expect((await read('rita', 'chat', 'review')).status).toBe(429);
    expect((await read('rita', 'evil')).status).toBe(200);
  });
});
