import { wording, wordsOf } from '@ai-mesh/plugin-ai-mesh-common';
import { mockServices } from '@backstage/backend-test-utils';
import { PeopleNotifier, type PeopleNotifierOptions } from './PeopleNotifier';

const never = () => new Promise<never>(() => {});

describe('PeopleNotifier', () => {
  const warn = jest.fn();

  beforeEach(() => {
    warn.mockClear();
    jest.useFakeTimers();
  });

  afterEach(() => jest.useRealTimers());

  function notifier(options: Partial<PeopleNotifierOptions>) {
    return new PeopleNotifier({
      about: 'canaries, which go on all the same',
      notifications: { send: async () => undefined },
      catalog: { getEntityByRef: async () => undefined },
      auth: mockServices.auth(),
      logger: { warn },
      approvers: [],
      languages: ['en'],
      ...options,
    });
  }

  it.each<[string, Partial<PeopleNotifierOptions>]>([
    ['the catalog', { catalog: { getEntityByRef: never } }],
    ['the notifications', { notifications: { send: never } }],
  ])('waits for %s for 10 s, and says so', async (_, options) => {
    const people = notifier(options);
    const attempt = people.attempt(async () => {
      await people.ownersOf('component:default/chat');
      await people.send(['user:default/anna'], 'engine', {
        title: wording('news.canary'),
        description: [],
      });
    });
    await jest.advanceTimersByTimeAsync(10_000);
    await attempt;
    expect(warn).toHaveBeenCalledWith(
      'People could not be notified of canaries, which go on all the same: Error: no answer within 10 s',
    );
  });

  it('is quiet about what was told for an hour, also where the clock was set back since', () => {
    const people = notifier({});
    people.told('chat');
    jest.setSystemTime(Date.now() - 86_400_000);
    jest.advanceTimersByTime(3_599_000);
    expect(people.isQuiet('chat')).toBe(true);
    jest.advanceTimersByTime(1000);
    expect(people.isQuiet('chat')).toBe(false);
  });

  it('says once what a person wrote, in however many languages the rest is', async () => {
    const send = jest.fn();
    await notifier({
      notifications: { send },
      languages: ['en', 'zh-CN'],
    }).send(['user:default/anna'], 'engine', {
      title: wording('news.certificate', { name: 'chat' }),
      description: wordsOf({ message: 'It is late.' }),
    });
    expect(send.mock.lastCall[0].payload).toEqual({
      title: 'A certificate of chat ends soon / chat 的一个证书即将到期',
      description: 'It is late.',
    });
  });
});
