import { mockCredentials } from '@backstage/backend-test-utils';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { RecentSight } from './RecentSight';

const chat = 'component:default/chat';
const entity = (name: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name },
});
const olivia = () => mockCredentials.user('user:default/olivia');
const ravi = () => mockCredentials.user('user:default/ravi');

function sightOf() {
  const readable = {
    get: jest.fn(async () => entity('chat')),
    look: jest.fn(async (refs: readonly string[]) => ({
      seen: new Set(refs),
      readable: new Set(refs),
    })),
  };
  return { readable, sight: new RecentSight(readable) };
}

describe('RecentSight', () => {
  it('asks once for what one reader asks for at the same time and soon after', async () => {
    const { readable, sight } = sightOf();
    const [first, second] = await Promise.all([
      sight.get(chat, olivia()),
      sight.get(chat, olivia()),
    ]);
    expect(await sight.get(chat, olivia())).toBe(first);
    expect(second).toBe(first);
    await sight.look([chat], olivia());
    await sight.look([chat], olivia());
    expect(readable.get).toHaveBeenCalledTimes(1);
    expect(readable.look).toHaveBeenCalledTimes(1);
  });

  const others: [string, () => BackstageCredentials][] = [
    ['another person', ravi],
    ['a service', () => mockCredentials.service('plugin:olivia')],
    [
      'the same service with other restrictions',
      () =>
        mockCredentials.service('plugin:olivia', {
          permissionNames: ['ai-mesh.read'],
        }),
    ],
    ['nobody', () => mockCredentials.none()],
  ];

  it.each(others)(
    'asks anew for %s, whatever others may see',
    async (_, who) => {
      const { readable, sight } = sightOf();
      const known = [olivia(), ...others.map(([, one]) => one())].filter(
        one =>
          JSON.stringify(one.principal) !== JSON.stringify(who().principal),
      );
      for (const one of known) {
        await sight.get(chat, one);
        await sight.look([chat], one);
      }
      readable.get.mockRejectedValueOnce(new NotAllowedError('not you'));
      readable.look.mockResolvedValueOnce({
        seen: new Set(),
        readable: new Set(),
      });
      await expect(sight.get(chat, who())).rejects.toThrow('not you');
      expect((await sight.look([chat], who())).readable.size).toBe(0);
    },
  );

  it('keeps no refusal', async () => {
    const { readable, sight } = sightOf();
    readable.get.mockRejectedValueOnce(new NotAllowedError('not yet'));
    await expect(sight.get(chat, olivia())).rejects.toThrow('not yet');
    expect(await sight.get(chat, olivia())).toEqual(entity('chat'));
  });

  it.each([
    ['forgets within seconds', 0],
    ['forgets also where the clock was set back since', 3_600_000],
  ])('%s', async (_, setBackMs) => {
    jest.useFakeTimers();
    try {
      const { readable, sight } = sightOf();
      await sight.get(chat, olivia());
      jest.setSystemTime(Date.now() - setBackMs);
      jest.advanceTimersByTime(5001);
      readable.get.mockRejectedValueOnce(new NotAllowedError('no longer'));
      await expect(sight.get(chat, olivia())).rejects.toThrow('no longer');
    } finally {
      jest.useRealTimers();
    }
  });
});
