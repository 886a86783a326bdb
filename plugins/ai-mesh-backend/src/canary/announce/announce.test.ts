import {
  aiMeshEventSchema,
  chinese,
  inEnglish,
  inLanguage,
  wording,
  type CanaryTransition,
} from '@ai-mesh/plugin-ai-mesh-common';
import { mockServices } from '@backstage/backend-test-utils';
import type { EventParams } from '@backstage/plugin-events-node';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { PeopleNotifier } from '../../people';
import type { CanaryRecord } from '../machine';
import { aCanary } from '../machine/__testUtils__/aCanary';
import { canaryNews } from './canaryNews';
import { CanarySignal } from './CanarySignal';
import { EventAnnouncer } from './EventAnnouncer';
import { PeopleAnnouncer } from './PeopleAnnouncer';

const row = (
  what: string,
  changes: Partial<CanaryTransition> = {},
): CanaryTransition => ({
  seq: 3,
  at: '2025-06-01T12:00:00.000Z',
  by: 'engine',
  from: 'progressing',
  to: 'paused',
  what,
  reason: 'Because.',
  ...changes,
});

describe('canaryNews', () => {
  it.each([
    ['requested', 'waits for approval', ['approvers']],
    ['approve', 'was approved', ['requester', 'owner']],
    ['reject', 'was rejected', ['requester', 'owner']],
    [
      'drift',
      'is paused: the route was changed by somebody else',
      ['requester', 'owner'],
    ],
    [
      'heldTooLong',
      'is paused: it was held for too long',
      ['requester', 'owner'],
    ],
    ['breach', 'is being rolled back', ['requester', 'owner']],
    ['restored', 'was rolled back', ['requester', 'owner']],
    [
      'couldNotRestore',
      'could not be rolled back yet',
      ['requester', 'owner', 'approvers'],
    ],
    ['promoted', 'was promoted', ['requester', 'owner']],
    ['failed', 'could not start', ['requester', 'owner']],
  ])('of %s: %s', (what, says, to) => {
    const news = canaryNews(aCanary(), row(what))!;
    expect({
      title: inEnglish([news.title]),
      description: inEnglish(news.description),
      to: news.to,
    }).toEqual({
      title: `The canary of ai-chat-service (v2) ${says}`,
      description: 'Because.',
      to,
    });
  });

  it('says in Chinese what happened, and what the portal found', () => {
    const found = canaryNews(
      aCanary(),
      row('drift', { words: [wording('export.silent')] }),
    )!;
    expect([
      inLanguage([found.title], chinese),
      inLanguage(found.description, chinese),
      inLanguage([canaryNews(aCanary(), row('pause'))!.title], chinese),
    ]).toEqual([
      'ai-chat-service 的金丝雀（v2）已暂停：路由被他人更改',
      '两个版本都没有请求上报它。',
      'ai-chat-service 的金丝雀（v2）已暂停',
    ]);
  });

  it.each(['step', 'started', 'resume', 'landed', 'constructor'])(
    'of %s: nothing',
    what => {
      expect(canaryNews(aCanary(), row(what))).toBeUndefined();
    },
  );
});

describe('canaryNews of one request for several clusters', () => {
  const group = {
    id: 'g1',
    order: 'together' as const,
    clusters: ['east', 'west'],
  };
  const inCluster = (cluster: string) =>
    aCanary(
      {},
      { group, service: { cluster, namespace: 'ai-services', name: 'chat' } },
    );

  const titleOf = (canary: CanaryRecord, what: string) =>
    inEnglish([canaryNews(canary, row(what))!.title]);

  it.each(['requested', 'approve', 'reject', 'expired'])(
    'says once what happens to all: %s',
    what => {
      expect(titleOf(inCluster('east'), what)).toContain(
        'The canary of ai-chat-service (v2) in east, west ',
      );
      expect(canaryNews(inCluster('west'), row(what))).toBeUndefined();
    },
  );

  it.each([
    ['promoted', 'was promoted'],
    ['takenBack', 'is being rolled back'],
    [
      'notTakenBack',
      'stays promoted, and others of its request are rolled back',
    ],
    ['stopped', 'does not start'],
  ])('says of each what happens to it: %s', (what, says) => {
    expect(titleOf(inCluster('west'), what)).toBe(
      `The canary of ai-chat-service (v2) in west ${says}`,
    );
  });
});

describe('PeopleAnnouncer', () => {
  const logger = mockServices.logger.mock();
  let sent: NotificationSendOptions[];
  let trouble: Error | undefined;

  beforeEach(() => {
    sent = [];
    trouble = undefined;
    jest.clearAllMocks();
  });

  let now = 0;

  function announcer(
    owners: string[] = ['group:default/ai-team'],
    provenOwners: string[] = [],
  ) {
    const people = new PeopleNotifier({
      about: 'canaries, which go on all the same',
      now: () => now,
      notifications: {
        send: async options => {
          if (trouble) {
            throw trouble;
          }
          sent.push(options);
        },
      },
      auth: mockServices.auth(),
      logger,
      approvers: ['{owner}-approvers', 'group:default/change-board'],
      languages: ['en'],
      catalog: {
        getEntityByRef: async ref => ({
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: { name: 'ai-chat-service' },
          relations: (ref === 'component:default/real'
            ? ['group:default/real-owners', ...owners]
            : owners
          ).map(targetRef => ({ type: 'ownedBy', targetRef })),
        }),
      },
    });
    return new PeopleAnnouncer({
      people,
      signal: { changed: () => undefined },
      ownershipsOf: async () => [{ owners: provenOwners }],
    });
  }

  it('tells the approvers of a request, and leaves out who did it', async () => {
    await announcer().happened(aCanary(), [
      row('requested', { by: 'user:default/olivia', seq: 1 }),
    ]);
    expect(sent).toEqual([
      {
        recipients: {
          type: 'entity',
          entityRef: [
            'group:default/ai-team-approvers',
            'group:default/change-board',
          ],
          excludeEntityRef: 'user:default/olivia',
        },
        payload: {
          title: 'The canary of ai-chat-service (v2) waits for approval',
          description: 'Because.',
          severity: 'normal',
          topic: 'ai-mesh:canary',
          scope: 'ai-mesh:canary:c1',
          link: '/catalog/default/component/ai-chat-service/ai-mesh/canary/c1',
        },
      },
    ]);
  });

  it('tells whoever provably owns the Service of everything, on their own screen', async () => {
    const owners = [
      'component:default/ai-chat-service',
      'component:default/real',
      'group:default/platform',
    ];
    await announcer(undefined, owners).happened(aCanary(), [
      row('requested', { by: 'user:default/olivia', seq: 1 }),
      row('breach'),
    ]);
    const told = sent.map(({ recipients, payload }) => [
      (recipients as { entityRef: string[] }).entityRef,
      payload.link,
    ]);
    // Those who own both are told once.
    for (const [people, name] of [
      [['group:default/real-owners'], 'real'],
      [['group:default/platform'], 'ai-chat-service'],
    ]) {
      const link = `/catalog/default/component/${name}/ai-mesh/canary/c1`;
      expect(
        told.filter(one => one.join() === `${people},${link}`),
      ).toHaveLength(2);
    }
    expect(sent).toHaveLength(6);
  });

  it('tells requester and owner of what the engine did', async () => {
    await announcer().happened(aCanary(), [row('breach'), row('step')]);
    expect(sent.map(({ recipients }) => recipients)).toEqual([
      {
        type: 'entity',
        entityRef: ['user:default/olivia', 'group:default/ai-team'],
      },
    ]);
  });

  it('tells nobody where nobody is known: a service asked, and the entity has no owner', async () => {
    await announcer([]).happened(aCanary({}, { requestedBy: 'external:ci' }), [
      row('promoted'),
    ]);
    expect(sent).toEqual([]);
  });

  it('says the same of a canary once an hour at most, and asks for something every time', async () => {
    const one = announcer();
    const tell = (what: string, id = 'c1') =>
      one.happened(aCanary({}, { id }), [row(what)]);
    await tell('pause');
    now += 3_599_999;
    await tell('pause');
    await tell('drift');
    await tell('pause', 'c2');
    await tell('asksForConfirmation');
    await tell('asksForConfirmation');
    now += 1;
    await tell('pause');
    expect(
      sent.map(({ payload }) => [payload.scope, payload.title.slice(35)]),
    ).toEqual([
      ['ai-mesh:canary:c1', 'was paused'],
      [
        'ai-mesh:canary:c1',
        'is paused: the route was changed by somebody else',
      ],
      ['ai-mesh:canary:c2', 'was paused'],
      ['ai-mesh:canary:c1', 'waits for a confirmation'],
      ['ai-mesh:canary:c1', 'waits for a confirmation'],
      ['ai-mesh:canary:c1', 'was paused'],
    ]);
  });

  it('tells again what could not be sent', async () => {
    const one = announcer();
    trouble = new Error('Request failed with status 503');
    await one.happened(aCanary(), [row('breach')]);
    trouble = undefined;
    await one.happened(aCanary(), [row('breach')]);
    expect(sent).toHaveLength(1);
  });

  it('lets a canary go on without notifications, and says so once', async () => {
    const one = announcer();
    trouble = new Error('Request failed with status 404');
    await one.happened(aCanary(), [row('breach')]);
    await one.happened(aCanary(), [row('restored')]);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    trouble = undefined;
    await one.happened(aCanary(), [row('restored')]);
    expect(sent).toHaveLength(1);
  });
});

describe('EventAnnouncer', () => {
  const logger = mockServices.logger.mock();

  it('publishes every row, each under an id of its own, in the documented shape', async () => {
    const published: EventParams[] = [];
    const announcer = new EventAnnouncer({
      events: {
        publish: async event => {
          published.push(event);
        },
      },
      logger,
    });
    await announcer.happened(aCanary(), [
      row('requested', { seq: 1, from: null, to: 'requested' }),
      row('step', { seq: 2 }),
    ]);
    expect(published.map(({ topic }) => topic)).toEqual(['ai-mesh', 'ai-mesh']);
    expect(
      published.map(({ eventPayload }) =>
        aiMeshEventSchema.parse(eventPayload),
      ),
    ).toMatchObject([
      {
        kind: 'canary',
        id: 'canary:c1:1',
        page: '/catalog/default/component/ai-chat-service/ai-mesh/canary/c1',
        from: null,
        to: 'requested',
        what: 'requested',
      },
      { id: 'canary:c1:2', what: 'step', by: 'engine', reason: 'Because.' },
    ]);
  });

  it.each([
    ['hangs', () => new Promise<void>(() => {})],
    ['fails', async () => Promise.reject(new Error('no webhook'))],
  ])(
    'lets a canary go on where a target %s, and says so once',
    async (_, publish) => {
      const warn = jest.fn();
      const announcer = new EventAnnouncer({
        events: { publish },
        logger: { warn },
        patienceMs: 10,
      });
      await announcer.happened(aCanary(), [row('step'), row('step')]);
      await announcer.happened(aCanary(), [row('step')]);
      expect(warn).toHaveBeenCalledTimes(1);
    },
  );
});

describe('CanarySignal', () => {
  it('gathers what changes at once, and tells ids alone', async () => {
    const published: object[] = [];
    const signal = new CanarySignal({
      signals: {
        publish: async message => {
          published.push(message);
        },
      },
      logger: mockServices.logger.mock(),
      delayMs: 10,
    });
    signal.changed('a');
    signal.changed('b');
    signal.changed('a');
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(published).toEqual([
      {
        recipients: { type: 'broadcast' },
        channel: 'ai-mesh:canaries-changed',
        message: { ids: ['a', 'b'] },
      },
    ]);
  });
});
