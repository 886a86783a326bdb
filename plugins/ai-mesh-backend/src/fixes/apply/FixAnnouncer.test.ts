import { inEnglish, wording } from '@ai-mesh/plugin-ai-mesh-common';
import { mockServices } from '@backstage/backend-test-utils';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { PeopleNotifier, type NoticeLanguageName } from '../../people';
import type { ApplicationRecord } from './ApplicationRecord';
import { FixAnnouncer, type FixAnnouncerOptions } from './FixAnnouncer';

const record: ApplicationRecord = {
  id: '5f1c2a3e-0000-4000-8000-000000000001',
  version: 1,
  state: 'requested',
  entityRef: 'component:default/chat',
  finding: 'AIM103 chat',
  code: 'AIM103',
  service: { cluster: 'shop', namespace: 'ai', name: 'chat' },
  object: {
    cluster: 'shop',
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    namespace: 'ai',
    name: 'chat',
  },
  operations: [],
  specBefore: {},
  specAfter: {},
  before: '',
  after: '',
  requestedBy: 'user:default/olivia',
  requestedAt: '2026-01-01T00:00:00.000Z',
  reason: 'It is billed twice',
  begun: false,
};
const decided = { decidedBy: 'user:default/amir', decision: 'Not today' };
const approvers = 'group:default/ai-team-approvers';
const team = 'group:default/ai-team';

describe('FixAnnouncer', () => {
  let sent: NotificationSendOptions[];
  let trouble: (() => Promise<void>) | undefined;
  let now: number;
  const warn = jest.fn();

  beforeEach(() => {
    sent = [];
    trouble = undefined;
    now = 0;
    warn.mockClear();
  });

  function announcer(
    options: Partial<FixAnnouncerOptions> = {},
    languages: NoticeLanguageName[] = ['en'],
  ) {
    return new FixAnnouncer({
      people: new PeopleNotifier({
        about: 'fixes, which go on all the same',
        now: () => now,
        notifications: {
          send: async options_ => {
            await trouble?.();
            sent.push(options_);
          },
        },
        auth: mockServices.auth(),
        logger: { warn },
        approvers: ['{owner}-approvers'],
        languages,
        catalog: {
          getEntityByRef: async () => ({
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Component',
            metadata: { name: 'chat' },
            relations: [{ type: 'ownedBy', targetRef: team }],
          }),
        },
      }),
      ...options,
    });
  }

  it('asks the approvers, with a link to the very row, and not who asked for it', async () => {
    await announcer().happened(record);
    expect(sent).toEqual([
      {
        recipients: {
          type: 'entity',
          entityRef: [approvers],
          excludeEntityRef: 'user:default/olivia',
        },
        payload: {
          title: 'The fix of AIM103 for chat waits for approval',
          description: 'VirtualService ai/chat on shop. It is billed twice',
          severity: 'normal',
          topic: 'ai-mesh:fix',
          scope: `ai-mesh:fix:${record.id}`,
          link: `/catalog/default/component/chat/ai-mesh/review?row=${record.id}`,
        },
      },
    ]);
  });

  it.each([
    ['applied', {}, 'was applied', undefined, 'normal'],
    ['undone', {}, 'was undone', undefined, 'normal'],
    ['rejected', decided, 'was rejected', decided.decidedBy, 'normal'],
    ['cancelled', decided, 'was taken back', decided.decidedBy, 'normal'],
    ['expired', {}, 'expired: nobody decided on it', undefined, 'normal'],
    [
      'failed',
      { words: [wording('apply.unanswered')] },
      'was not applied',
      undefined,
      'high',
    ],
    [
      'applied',
      { words: [wording('apply.notUndone')] },
      'was not undone',
      undefined,
      'high',
    ],
  ] as const)(
    'says of %s what became of it, to all who were told before, in its place',
    async (state, changes, says, by, severity) => {
      const words = 'words' in changes ? [...changes.words] : undefined;
      await announcer().happened({ ...record, ...changes, words, state });
      const [{ recipients, payload }] = sent;
      expect(recipients).toEqual({
        type: 'entity',
        entityRef: ['user:default/olivia', team, approvers],
        ...(by && { excludeEntityRef: by }),
      });
      expect(payload).toMatchObject({
        title: `The fix of AIM103 for chat ${says}`,
        scope: `ai-mesh:fix:${record.id}`,
        severity,
      });
      expect(payload.description).toContain(inEnglish(words ?? []));
    },
  );

  it('says it in the languages that are asked for', async () => {
    await announcer({}, ['en', 'zh-CN']).happened(record);
    await announcer({}, ['zh-CN']).happened({
      ...record,
      state: 'failed',
      words: [wording('apply.unanswered')],
    });
    expect(sent.map(({ payload }) => payload)).toMatchObject([
      {
        title:
          'The fix of AIM103 for chat waits for approval / chat 的 AIM103 修复等待批准',
        description:
          'VirtualService ai/chat on shop. It is billed twice / shop 上的 VirtualService ai/chat。「It is billed twice」',
      },
      {
        title: 'chat 的 AIM103 修复未能应用',
        description: expect.not.stringMatching(/[a-z]+ [a-z]+ [a-z]+/),
      },
    ]);
  });

  it.each(['approved', 'undoing'] as const)(
    'says nothing while it is being written: %s',
    async state => {
      await announcer().happened({ ...record, state });
      expect(sent).toEqual([]);
    },
  );

  it('says the same once an hour at most, and asks every time', async () => {
    const one = announcer();
    const notUndone = {
      ...record,
      state: 'applied' as const,
      words: [wording('apply.notUndone')],
    };
    await one.happened({ ...record, state: 'applied' });
    await one.happened(notUndone);
    now += 3_599_999;
    await one.happened(notUndone);
    await one.happened(record);
    await one.happened(record);
    now += 1;
    await one.happened(notUndone);
    expect(sent.map(({ payload }) => payload.title.slice(27))).toEqual([
      'was applied',
      'was not undone',
      'waits for approval',
      'waits for approval',
      'was not undone',
    ]);
  });

  it('lets fixes go on without notifications, says so once, and tells the next', async () => {
    const one = announcer();
    trouble = async () => Promise.reject(new Error('503'));
    await one.happened(record);
    await one.happened({ ...record, state: 'failed' });
    expect(warn).toHaveBeenCalledTimes(1);
    trouble = undefined;
    await one.happened({ ...record, state: 'failed' });
    expect(sent).toHaveLength(1);
  });

  it('names no neighbour that a cluster’s words name', async () => {
    const told = await new Promise<unknown>(resolve => {
      void announcer({
        conceal: async (words, about) => {
          resolve({ words, about });
          return words;
        },
      }).happened({ ...record, state: 'failed' });
    });
    expect(told).toMatchObject({
      words: [{ params: { object: 'ai/chat' } }],
      about: { entityRef: record.entityRef },
    });
  });
});
