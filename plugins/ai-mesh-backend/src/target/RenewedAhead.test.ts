import { RenewedAhead } from './RenewedAhead';

/** Reads are answered by hand: `1`, `2` and so on, in the order in which they began. */
function setUp() {
  let now = 1000;
  const answers: { succeed(): void; fail(): void }[] = [];
  const kept = new RenewedAhead<string>(100, () => now);
  const read = jest.fn(
    () =>
      new Promise<string>((resolve, reject) => {
        const name = String(answers.length + 1);
        answers.push({
          succeed: () => resolve(name),
          fail: () => reject(new Error(`no ${name}`)),
        });
      }),
  );
  return {
    read,
    get: (mostMs?: number) => kept.get(read, mostMs),
    answer: async (nth: number, how: 'succeed' | 'fail' = 'succeed') => {
      answers[nth - 1][how]();
      await new Promise(resolve => setImmediate(resolve));
    },
    at: (ms: number) => {
      now = 1000 + ms;
    },
  };
}

describe('RenewedAhead', () => {
  it('is read once for all who wait, and renewed behind their backs when half its time is over', async () => {
    const { read, get, answer, at } = setUp();
    const first = [get(), get()];
    await answer(1);
    expect(await Promise.all(first)).toEqual(['1', '1']);
    at(49);
    expect(await get()).toBe('1');
    expect(read).toHaveBeenCalledTimes(1);
    at(50);
    expect(await get()).toBe('1');
    expect(await get()).toBe('1');
    expect(read).toHaveBeenCalledTimes(2);
    await answer(2);
    expect(await get()).toBe('2');
  });

  it('tells nobody what is older than its time', async () => {
    const { get, answer, at } = setUp();
    get();
    await answer(1);
    at(100);
    expect(await get()).toBe('1');
    at(101);
    const waiting = get();
    await answer(2);
    expect(await waiting).toBe('2');
    at(202);
    const later = get();
    await answer(3);
    expect(await later).toBe('3');
  });

  it('is read once though reading takes longer than that, which its time does not count', async () => {
    const { read, get, answer, at } = setUp();
    const slow = get();
    at(101);
    const other = get();
    await answer(1);
    expect(await Promise.all([slow, other])).toEqual(['1', '1']);
    at(150);
    expect(await get()).toBe('1');
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('waits for what is read ahead where that takes too long', async () => {
    const { read, get, answer, at } = setUp();
    get();
    await answer(1);
    at(60);
    await get();
    at(101);
    const waiting = get();
    await answer(2);
    expect(await waiting).toBe('2');
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('is older for whom it need not be new, and not renewed for them', async () => {
    const { read, get, answer, at } = setUp();
    get();
    await answer(1);
    at(400);
    expect(await get(400)).toBe('1');
    expect(read).toHaveBeenCalledTimes(1);
    at(401);
    get(400);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('keeps no failure, and what it has while reading ahead fails', async () => {
    const { read, get, answer, at } = setUp();
    const failed = get();
    await Promise.all([
      expect(failed).rejects.toThrow('no 1'),
      answer(1, 'fail'),
    ]);
    const second = get();
    await answer(2);
    expect(await second).toBe('2');
    at(70);
    expect(await get()).toBe('2');
    await answer(3, 'fail');
    expect(await get()).toBe('2');
    expect(read).toHaveBeenCalledTimes(4);
  });

  it('is read anew after the clock was set back', async () => {
    const { read, get, answer, at } = setUp();
    get();
    await answer(1);
    at(-1);
    get();
    expect(read).toHaveBeenCalledTimes(2);
  });
});
