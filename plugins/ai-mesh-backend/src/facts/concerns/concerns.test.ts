import {
  aiMeshEventSchema,
  known,
  unknown,
  type AiMeshEvent,
  type Certificate,
  type Finding,
  type Measured,
  type ObjectiveStatus,
  type Source,
} from '@ai-mesh/plugin-ai-mesh-common';
import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { Knex } from 'knex';
import type { NoticeLanguageName } from '../../people';
import { Life, mortal } from '../../database/__testUtils__/Life';
import {
  migrated,
  testDatabases,
} from '../../canary/store/__testUtils__/testDatabases';
import { defaultObjectives } from '../../slo/objectives/defaultObjectives';
import type { SeenConcerns } from './Concern';
import { concernsIn } from './concernsIn';
import { ConcernStore } from './ConcernStore';
import { ConcernTeller } from './ConcernTeller';

const ok: Source[] = [{ name: 'prometheus', cluster: 'shop', status: 'ok' }];
const away: Source[] = [
  { name: 'prometheus', cluster: 'shop', status: 'unreachable' },
];
const service = { cluster: 'shop', namespace: 'ai', name: 'chat' };

const objective = (
  budgetLeft: Measured<number>,
  changes: Partial<ObjectiveStatus> = {},
) =>
  ({
    cluster: 'shop',
    objective: {
      id: 'availability',
      name: 'Availability',
      target: 0.99,
      periodSeconds: 2_592_000,
    },
    budgetLeft,
    lowTraffic: false,
    ...changes,
  }) as ObjectiveStatus;

const finding = (name: string, changes: Partial<Finding> = {}) =>
  ({
    id: `AIM103.status/shop/ai/chat/VirtualService/ai/${name}/spec.http[0]`,
    code: 'AIM103',
    severity: 'high',
    service,
    object: {
      cluster: 'shop',
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      namespace: 'ai',
      name,
    },
    path: 'spec.http[0]',
    // No words of the catalogue: told as it stands.
    messageKey: 'of-tomorrow',
    params: {},
    message: 'Retries are billed twice.',
    ...changes,
  }) as Finding;

const certificate = (status: Certificate['status']): Measured<Certificate> =>
  known({ expiresAt: '2026-11-27T13:00:00.000Z', secondsLeft: 1200, status });

/** What is seen on one cluster. */
function securityOf(
  cluster: string,
  workload: Measured<Certificate>,
  root: Measured<Certificate>,
) {
  return {
    service: { ...service, cluster },
    certificates: {
      workloads: [
        {
          workload: { kind: 'Deployment', namespace: 'ai', name: 'chat' },
          soonest: workload,
          rotation: { status: 'working', message: '' },
        },
      ],
      root,
      outOfSync: known([]),
    },
  } as never;
}

function answers(
  seen: {
    objectives?: ObjectiveStatus[];
    findings?: Finding[];
    notJudged?: string[];
    certificate?: Measured<Certificate>;
    root?: Measured<Certificate>;
    /** On another cluster. */
    otherRoot?: Measured<Certificate>;
    sources?: Source[];
  } = {},
) {
  const sources = seen.sources ?? ok;
  return concernsIn({
    slos: { models: [], objectives: seen.objectives ?? [], sources },
    review: {
      findings: seen.findings ?? [],
      notJudged: (seen.notJudged ?? []).map(code => ({
        code: code as 'AIM103',
        service,
        reason: 'source-unreachable' as const,
        message: '',
      })),
      unreadable: [],
      sources,
    },
    security: {
      services: [
        securityOf(
          'shop',
          seen.certificate ?? certificate('ok'),
          seen.root ?? certificate('ok'),
        ),
        ...(seen.otherRoot
          ? [securityOf('bank', certificate('ok'), seen.otherRoot)]
          : []),
      ],
      sources,
    },
  });
}

describe('concernsIn', () => {
  const kinds = (seen: Parameters<typeof answers>[0]) =>
    answers(seen).standing.map(({ kind }) => kind);

  it.each([
    ['spent', objective(known(0)), ['budget-exhausted']],
    ['overspent', objective(known(-0.4)), ['budget-exhausted']],
    ['left', objective(known(0.01)), []],
    ['unknown', objective(unknown('no-traffic')), []],
    ['spent by few events', objective(known(-3), { lowTraffic: true }), []],
    [
      'spent in a young part of the period',
      objective(known(-3), { youngWithinSeconds: 60 }),
      [],
    ],
  ])('of a budget that is %s', (_, one, expected) => {
    expect(kinds({ objectives: [one] })).toEqual(expected);
  });

  it.each([
    ['high', finding('chat'), ['high-finding']],
    ['medium', finding('chat', { severity: 'medium' }), []],
    [
      'suppressed',
      finding('chat', {
        suppressedBy: { object: finding('chat').object, path: 'metadata' },
      }),
      [],
    ],
  ])('of a finding that is %s', (_, one, expected) => {
    expect(kinds({ findings: [one] })).toEqual(expected);
  });

  it.each([
    ['ok', certificate('ok'), []],
    ['ending', certificate('soon'), ['certificate-ending']],
    ['over', certificate('expired'), ['certificate-ending']],
    ['unknown', unknown('not-exported'), []],
  ] as [string, Measured<Certificate>, string[]][])(
    'of a certificate that is %s',
    (_, one, expected) => {
      expect(kinds({ certificate: one })).toEqual(expected);
      expect(kinds({ root: one })).toEqual(expected);
    },
  );

  it.each([
    ['all was seen', {}, [false, false, false]],
    ['a source is away', { sources: away }, [true, true, true]],
    [
      'its code was not judged',
      { notJudged: ['AIM103'] },
      [false, true, false],
    ],
    [
      'its figures are unknown',
      {
        objectives: [objective(unknown('no-traffic'))],
        certificate: unknown('not-exported'),
      },
      [true, false, true],
    ],
  ] as [string, Parameters<typeof answers>[0], boolean[]][])(
    'says whether it can be told that something has gone: %s',
    (_, seen, expected) => {
      const { isUnsure } = answers(seen);
      expect(
        [
          'budget shop availability',
          `finding ${finding('chat').id}`,
          'certificate shop ai Deployment chat',
        ].map(isUnsure),
      ).toEqual(expected);
    },
  );
});

const { databases, ids } = testDatabases();
const MINUTE_MS = 60_000;

describe.each(ids)('ConcernTeller on %s', id => {
  let knex: Knex;
  let heard: AiMeshEvent[];
  let sent: NotificationSendOptions[];
  /** What comes of telling somebody, where it is not heard. */
  let trouble: (() => Promise<void>) | undefined;
  let time: number;

  const chat = (name = 'chat'): Entity => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { namespace: 'default', name },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/ai-team' }],
  });

  /** A replica, or the same one after a restart: what it knows is in the database. */
  const replica = (
    life = new Life(),
    languages: NoticeLanguageName[] = ['en'],
    patienceMs?: number,
  ) => {
    const teller = new ConcernTeller({
      events: {
        publish: ({ eventPayload }) =>
          life.step(async () => {
            await trouble?.();
            heard.push(aiMeshEventSchema.parse(eventPayload));
          }),
      },
      notifications: {
        send: options =>
          life.step(async () => {
            await trouble?.();
            sent.push(options);
          }),
      },
      languages,
      logger: mockServices.logger.mock(),
      patienceMs,
    });
    const store = mortal(new ConcernStore(knex), life);
    return (
      seen: Parameters<typeof answers>[0],
      entity = chat(),
      conceal?: SeenConcerns['conceal'],
    ) =>
      teller.tell(store, entity, { ...answers(seen), conceal }, new Date(time));
  };
  const look: ReturnType<typeof replica> = (seen, entity) =>
    replica()(seen, entity);
  const spent = { objectives: [objective(known(-0.1))] };

  beforeEach(async () => {
    knex = await migrated(await databases.init(id));
    heard = [];
    sent = [];
    trouble = undefined;
    time = Date.parse('2026-11-27T12:00:00.000Z');
  }, 60_000);

  afterEach(() => knex.destroy());

  it('tells a spent budget once, with a link to its row, over restarts', async () => {
    for (let turn = 0; turn < 3; turn++) {
      await look(spent);
      time += 90 * MINUTE_MS;
    }
    const page =
      '/catalog/default/component/chat/ai-mesh/slos?row=shop+availability';
    expect(heard).toEqual([
      {
        kind: 'budget-exhausted',
        id: 'budget-exhausted:component:default/chat:budget shop availability:2026-11-27T12:00:00.000Z',
        at: '2026-11-27T12:00:00.000Z',
        entityRef: 'component:default/chat',
        page,
        cluster: 'shop',
        objective: { id: 'availability', name: 'Availability', target: 0.99 },
        periodSeconds: 2_592_000,
        budgetLeft: -0.1,
      },
    ]);
    expect(sent).toEqual([
      {
        recipients: { type: 'entity', entityRef: ['group:default/ai-team'] },
        payload: {
          title: 'The error budget of chat is spent: Availability',
          description:
            'On shop 99% was promised. The error budget is overspent by 10%.',
          severity: 'high',
          topic: 'ai-mesh:budget-exhausted',
          scope: 'ai-mesh:component:default/chat:budget shop availability',
          link: page,
        },
      },
    ]);
  });

  it('names nothing that is concealed, and tells apart what is concealed alike', async () => {
    const conceal: SeenConcerns['conceal'] = async one =>
      JSON.parse(JSON.stringify(one).replace(/cart|till/g, 'hidden'));
    const replicaOfAll = replica();
    await replicaOfAll({}, chat(), conceal);
    time += MINUTE_MS;
    const findings = ['cart', 'till'].map(name =>
      finding(name, { message: `Calls of ${name} are not encrypted.` }),
    );
    await replicaOfAll({ findings }, chat(), conceal);
    expect(heard).toMatchObject(
      findings.map(() => ({ message: 'Calls of hidden are not encrypted.' })),
    );
    expect(JSON.stringify([heard, sent])).not.toMatch(/cart|till/);
    expect(new Set(heard.map(one => one.id)).size).toBe(2);
    expect(new Set(sent.map(({ payload }) => payload.scope)).size).toBe(2);
    // It is known by what it is, so that it is told once all the same.
    time += 90 * MINUTE_MS;
    await replicaOfAll({ findings }, chat(), conceal);
    expect(heard).toHaveLength(2);
  });

  it('tells it once on many replicas', async () => {
    await Promise.all(Array.from({ length: 5 }, () => look(spent)));
    expect(heard).toHaveLength(1);
    expect(sent).toHaveLength(1);
  });

  it('tells of one subject once an hour at most, and then what still stands', async () => {
    await look(spent);
    time += 10 * MINUTE_MS;
    await look({ objectives: [objective(known(0.2))] });
    time += 10 * MINUTE_MS;
    await look(spent);
    expect(sent).toHaveLength(1);
    time += 39 * MINUTE_MS;
    await look(spent);
    expect(sent).toHaveLength(1);
    time += MINUTE_MS;
    await look(spent);
    expect(sent).toHaveLength(2);
    expect(heard.map(({ at }) => at)).toEqual([
      '2026-11-27T12:00:00.000Z',
      '2026-11-27T12:20:00.000Z',
    ]);
  });

  it.each([
    ['the source is away', { sources: away }],
    ['it is unknown', { objectives: [objective(unknown('no-traffic'))] }],
  ] as [string, Parameters<typeof answers>[0]][])(
    'does not take it for mended while %s',
    async (_, blind) => {
      await look(spent);
      time += 90 * MINUTE_MS;
      await look(blind);
      time += 90 * MINUTE_MS;
      await look(spent);
      expect(heard).toHaveLength(1);
    },
  );

  it('tells a finding that is new, and not what was there at the first look', async () => {
    await look({ findings: [finding('old')] });
    time += MINUTE_MS;
    await look({ findings: [finding('old'), finding('new')] });
    time += MINUTE_MS;
    await look({ findings: [finding('old'), finding('new')] });
    expect(heard).toMatchObject([
      {
        kind: 'high-finding',
        code: 'AIM103',
        findingId: finding('new').id,
        page: expect.stringContaining('/ai-mesh/review?row=AIM103.status%2F'),
      },
    ]);
    expect(sent).toMatchObject([
      {
        payload: {
          title: 'chat has a new finding of high severity: AIM103',
          description: 'Retries are billed twice.',
        },
      },
    ]);
  });

  it('says in the languages of the portal what it tells', async () => {
    const chineseToo = replica(new Life(), ['en', 'zh-CN']);
    const worded = (name: string) =>
      finding(name, {
        messageKey: 'AIM101',
        params: { place: 'VirtualService ai/chat', service: 'ai/chat' },
      });
    await chineseToo({ findings: [worded('old')] });
    time += MINUTE_MS;
    await chineseToo({
      ...spent,
      findings: [worded('old'), worded('new')],
      certificate: certificate('soon'),
    });
    expect(
      sent.map(({ payload: { title, description } }) => [title, description]),
    ).toEqual([
      [
        'The error budget of chat is spent: Availability / chat 的错误预算已用尽：Availability',
        'On shop 99% was promised. The error budget is overspent by 10%. / 在 shop 上承诺的是 99%。错误预算已超支 10%。',
      ],
      [
        'chat has a new finding of high severity: AIM103 / chat 有新的高严重程度发现：AIM103',
        'VirtualService ai/chat sends requests to ai/chat without a timeout. / VirtualService ai/chat 把请求发往 ai/chat，但没有设置超时。',
      ],
      [
        'A certificate of chat ends soon / chat 的一个证书即将到期',
        'The certificate of ai/chat on shop ends on Nov 27, 2026, 1:00 PM UTC, and was not renewed in time. / shop 上 ai/chat 的证书将于 2026年11月27日 UTC 13:00 到期，且没有及时续期。',
      ],
    ]);
  });

  it('calls an objective that only the portal named in the reader’s language', async () => {
    const named = {
      ...objective(known(-0.1)),
      objective: {
        ...objective(known(0)).objective,
        ...defaultObjectives([
          {
            models: ['*'],
            periodSeconds: 2_592_000,
            latency: { target: 0.99, thresholdMs: 8000 },
          },
        ])[0],
      },
    } as ObjectiveStatus;
    await replica(new Life(), ['en', 'zh-CN'])({ objectives: [named] });
    expect(sent[0].payload.title).toBe(
      'The error budget of chat is spent: Latency under 8 s / chat 的错误预算已用尽：延迟低于 8 秒',
    );
    expect(heard).toMatchObject([
      { objective: { name: 'Latency under 8 s', target: 0.99 } },
    ]);
  });

  it('calls no finding new before the review could see', async () => {
    await look({ sources: away });
    await look({ findings: [finding('old')] });
    expect(heard).toEqual([]);
  });

  it('tells a certificate of a workload to its owners, and the root’s once for the cluster', async () => {
    await look({ certificate: certificate('soon'), root: certificate('soon') });
    await look({ root: certificate('soon') }, chat('search'));
    expect(heard).toMatchObject([
      {
        kind: 'certificate-ending',
        workload: { namespace: 'ai', name: 'chat' },
        expiresAt: '2026-11-27T13:00:00.000Z',
        page: '/catalog/default/component/chat/ai-mesh/security?row=shop+ai+Deployment+chat',
      },
      {
        kind: 'certificate-ending',
        cluster: 'shop',
        page: '/catalog/default/component/chat/ai-mesh/security?row=shop+root',
      },
    ]);
    expect(sent).toMatchObject([
      { payload: { topic: 'ai-mesh:certificate-ending' } },
    ]);
  });

  it('tells of the root’s certificate of each cluster', async () => {
    const root = certificate('soon');
    await look({ root, otherRoot: root });
    expect(heard).toMatchObject([{ cluster: 'shop' }, { cluster: 'bank' }]);
  });

  it('tells of a root’s certificate again once it was renewed and the next one ends, whichever entity it is seen by', async () => {
    const soon = { root: certificate('soon') };
    await look(soon);
    time += 90 * MINUTE_MS;
    // That nobody knows does not mean that it was renewed.
    await look({ root: unknown('not-exported') }, chat('search'));
    await look({ ...soon, sources: away }, chat('search'));
    await look(soon);
    expect(heard).toHaveLength(1);
    time += 90 * MINUTE_MS;
    await look({}, chat('search'));
    time += 90 * MINUTE_MS;
    await look(soon);
    expect(heard.map(({ at }) => at)).toEqual([
      '2026-11-27T12:00:00.000Z',
      '2026-11-27T16:30:00.000Z',
    ]);
  });

  it('tells at once where the clock was set back since it told last', async () => {
    await look(spent);
    await look({});
    time -= 86_400_000;
    await look({ objectives: [objective(known(0.2))] });
    await look(spent);
    expect(heard).toHaveLength(2);
  });

  it.each([
    ['fails', () => Promise.reject(new Error('away'))],
    ['hangs', () => new Promise<void>(() => {})],
  ])('tries again where a target %s', async (_, comes) => {
    trouble = comes;
    await replica(new Life(), ['en'], 10)(spent);
    expect(heard).toEqual([]);
    trouble = undefined;
    time += 10 * MINUTE_MS;
    await look(spent);
    expect(heard.map(({ at }) => at)).toEqual(['2026-11-27T12:00:00.000Z']);
    expect(sent).toHaveLength(1);
  });

  it('loses nothing that is to be told, wherever the process dies', async () => {
    let deaths = 0;
    for (const after of [false, true]) {
      for (let step = 0, died = true; died; step++) {
        await knex('entity_concerns').delete();
        heard = [];
        sent = [];
        const life = new Life(step, after);
        await replica(life)(spent).catch(() => undefined);
        died = life.died;
        deaths += Number(died);
        for (let turn = 0; turn < 3; turn++) {
          time += 61 * MINUTE_MS;
          await look(spent);
        }
        // Twice where it died between telling and keeping that it was told.
        expect([after, step, new Set(heard.map(one => one.id)).size]).toEqual([
          after,
          step,
          1,
        ]);
        for (const told of [heard, sent]) {
          expect([1, 2]).toContain(told.length);
        }
      }
    }
    // What is known, that it stands, and of each telling: that it is claimed, is done, and is kept; before and after.
    expect(deaths).toBeGreaterThanOrEqual(16);
  }, 60_000);

  it('forgets what has long been gone, and entities that are no more', async () => {
    const store = new ConcernStore(knex);
    await look({ ...spent, root: certificate('soon') });
    await store.gone('cluster:shop', ['certificate root shop'], '2026-11-27');
    await knex('entity_facts').insert({
      entity_ref: 'component:default/chat',
      due_at: '2026-11-27',
      facts: '{}',
      places: '[]',
    });
    await store.prune('2026-11-28');
    expect(await store.of('cluster:shop')).toEqual([]);
    expect(await store.of('component:default/chat')).toHaveLength(2);
    await knex('entity_facts').delete();
    await store.prune('2026-11-28');
    expect(await store.of('component:default/chat')).toEqual([]);
  });
});
