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
      await people.send(['user:default/anna'], 'engine', { title: 'news' });
    });
    await jest.advanceTimersByTimeAsync(10_000);
    await attempt;
    expect(warn).toHaveBeenCalledWith(
      'People could not be notified of canaries, which go on all the same: Error: no answer within 10 s',
    );
  });
});
