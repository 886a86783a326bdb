import { PORTAL } from './asker';
import { FairQueue, QueueFull } from './FairQueue';

function setUp(options = {}) {
  const queue = new FairQueue({
    open: 1,
    waiting: 100,
    waitingOfOne: 50,
    ...options,
  });
  const order: string[] = [];
  const ends: (() => void)[] = [];
  const ask = (asker: string, signal = new AbortController().signal) =>
    queue.run(
      asker,
      signal,
      () =>
        new Promise<void>(resolve => {
          order.push(asker);
          ends.push(resolve);
        }),
    );
  const settle = () => new Promise(resolve => setImmediate(resolve));
  async function endAll() {
    await settle();
    while (ends.length > 0) {
      ends.shift()!();
      await settle();
    }
  }
  return { queue, order, ask, endAll, settle };
}

describe('FairQueue', () => {
  it('serves who asks little among who asks much', async () => {
    const { order, ask, endAll } = setUp();
    const all = [
      ...Array.from({ length: 50 }, () => ask('busy')),
      ask('quiet'),
      ask('other'),
    ];
    await endAll();
    await Promise.all(all);
    expect(order).toHaveLength(52);
    expect(order.indexOf('quiet')).toBeLessThan(4);
    expect(order.indexOf('other')).toBeLessThan(5);
  });

  it('runs as many at a time as it may', async () => {
    const { queue, order, ask, endAll, settle } = setUp({ open: 3 });
    const all = Array.from({ length: 10 }, () => ask('one'));
    await settle();
    expect(order).toHaveLength(3);
    expect(queue.waiting).toBe(7);
    await endAll();
    await Promise.all(all);
    expect(queue.waiting).toBe(0);
    expect(order).toHaveLength(10);
  });

  it('lets no more wait than it holds, of one and of all', async () => {
    const { ask, endAll } = setUp({ waiting: 3, waitingOfOne: 2 });
    const held = [ask('a'), ask('a'), ask('a')];
    await expect(ask('a')).rejects.toBeInstanceOf(QueueFull);
    held.push(ask('b'));
    await expect(ask('c')).rejects.toBeInstanceOf(QueueFull);
    held.push(ask(PORTAL));
    await endAll();
    await Promise.all(held);
  });

  it('forgets who left, and who failed', async () => {
    const { queue, order, ask, endAll } = setUp();
    const first = ask('a');
    const leaving = new AbortController();
    const left = ask('b', leaving.signal);
    const third = ask('c');
    leaving.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    expect(queue.waiting).toBe(1);
    await endAll();
    await Promise.all([first, third]);
    expect(order).toEqual(['a', 'c']);
    await expect(
      queue.run('d', new AbortController().signal, async () => {
        throw new Error('broken');
      }),
    ).rejects.toThrow('broken');
    const after = ask('e');
    await endAll();
    await after;
  });
});
