import type { KialiValidation } from './KialiClient';
import { ValidationsCache } from './ValidationsCache';

const check = (namespace: string, name: string): KialiValidation => ({
  gvk: 'networking.istio.io/v1, Kind=VirtualService',
  namespace,
  name,
  valid: true,
  checks: [],
});

/** A Kiali whose answers are told apart by their number. */
function kialiThat(answer: (count: number) => Promise<KialiValidation[]>) {
  let count = 0;
  return jest.fn(() => {
    count += 1;
    return answer(count);
  });
}

const namesOf = ({ validations }: { validations: KialiValidation[] }) =>
  validations.map(({ name }) => name);

describe('ValidationsCache', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: new Date('2026-01-01T12:00:00Z') });
  });
  afterEach(() => jest.useRealTimers());

  const times = { freshMs: 30_000, usableMs: 120_000 };

  it('asks once for all who look at the same time, whatever their namespaces', async () => {
    const ask = kialiThat(async () => [check('ai', 'chat'), check('b', 'x')]);
    const cache = new ValidationsCache(ask, times);
    const [ai, both, none] = await Promise.all([
      cache.of(['ai']),
      cache.of(['b', 'ai']),
      cache.of(['elsewhere']),
    ]);
    expect([ai, both, none].map(namesOf)).toEqual([
      ['chat'],
      ['x', 'chat'],
      [],
    ]);
    expect(ai.observedAt).toEqual(new Date('2026-01-01T12:00:00Z'));
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('renews behind the back of who looks, and says how old its answer is', async () => {
    const cache = new ValidationsCache(
      kialiThat(async count => [check('ai', `chat ${count}`)]),
      times,
    );
    await cache.of(['ai']);
    jest.advanceTimersByTime(31_000);
    const old = await cache.of(['ai']);
    expect(namesOf(old)).toEqual(['chat 1']);
    expect(old.observedAt).toEqual(new Date('2026-01-01T12:00:00Z'));
    await jest.advanceTimersByTimeAsync(1);
    expect(namesOf(await cache.of(['ai']))).toEqual(['chat 2']);
  });

  it.each([
    ['the old one is too old to be shown', 0],
    ['so much time has passed, though the clock was set back', 3_600_000],
  ])('waits for a new answer where %s', async (_, setBackMs) => {
    const cache = new ValidationsCache(
      kialiThat(async count => [check('ai', `chat ${count}`)]),
      times,
    );
    await cache.of(['ai']);
    jest.setSystemTime(Date.now() - setBackMs);
    jest.advanceTimersByTime(121_000);
    expect(namesOf(await cache.of(['ai']))).toEqual(['chat 2']);
  });

  it('says why a renewal failed to who asks next, and recovers', async () => {
    const cache = new ValidationsCache(
      kialiThat(async count => {
        if (count === 2 || count === 3) {
          throw new Error(`away ${count}`);
        }
        return [check('ai', `chat ${count}`)];
      }),
      times,
    );
    await cache.of(['ai']);
    jest.advanceTimersByTime(31_000);
    expect(namesOf(await cache.of(['ai']))).toEqual(['chat 1']);
    await jest.advanceTimersByTimeAsync(1);
    await expect(cache.of(['ai'])).rejects.toThrow('away 3');
    expect(namesOf(await cache.of(['ai']))).toEqual(['chat 4']);
  });

  it('says why there is no answer at all', async () => {
    const cache = new ValidationsCache(
      kialiThat(async () => {
        throw new Error('away');
      }),
      times,
    );
    await expect(cache.of(['ai'])).rejects.toThrow('away');
  });
});
