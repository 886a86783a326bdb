import { isForgotten } from '../__testUtils__/isForgotten';
import { MadeMeanwhile } from './MadeMeanwhile';

/** Makes texts, each when it is told to go on. */
function maker() {
  let now = 0;
  const begun: string[] = [];
  const shown: (string | undefined)[] = [];
  const going: { go(): void; fail(): void }[] = [];
  const kept = new MadeMeanwhile<string>(10, () => now);
  return {
    begun,
    shown,
    going,
    later: (ms: number) => {
      now += ms;
    },
    of: (part: string) =>
      kept.of([part], meanwhile => {
        begun.push(part);
        shown.push(meanwhile);
        return new Promise((resolve, reject) => {
          going.push({
            go: () => resolve(`of ${part}`),
            fail: () => reject(new Error('It broke.')),
          });
        });
      }),
  };
}

/** One of which the first has been made. */
async function made() {
  const one = maker();
  const first = one.of('a');
  one.going[0].go();
  await first;
  return one;
}

describe('MadeMeanwhile', () => {
  it('makes something once for all who ask at the same time, and again only of other parts', async () => {
    const { of, going, begun } = maker();
    const asked = [of('a'), of('a')];
    going[0].go();
    expect(await Promise.all(asked)).toEqual(['of a', 'of a']);
    expect(await of('a')).toBe('of a');
    expect(begun).toEqual(['a']);
  });

  it('tells what was made before while it is made of other parts', async () => {
    const { of, going } = await made();
    expect(await of('b')).toBe('of a');
    going[1].go();
    await new Promise(setImmediate);
    expect(await of('b')).toBe('of b');
  });

  it('makes one at a time, however often parts change', async () => {
    const { of, going, begun } = await made();
    expect([await of('b'), await of('c')]).toEqual(['of a', 'of a']);
    going[1].go();
    await new Promise(setImmediate);
    expect(await of('c')).toBe('of b');
    expect(begun).toEqual(['a', 'b', 'c']);
  });

  it('lets whoever asks wait for it once what was made before is old, a moment at first, and then to its end', async () => {
    const { of, going, later } = await made();
    later(8);
    await of('a');
    later(10);
    expect(await of('b')).toBe('of a');
    later(1);
    expect(await of('b')).toBe('of a');
    const ready = of('b');
    going[1].go();
    expect(await ready).toBe('of b');
    later(21);
    const waiting = of('c');
    expect(
      await Promise.race([
        waiting,
        new Promise(resolve => setTimeout(resolve, 200, 'nothing')),
      ]),
    ).toBe('nothing');
    going[2].go();
    expect(await waiting).toBe('of c');
  });

  it('is made with the knowledge of what is shown meanwhile, where anything is', async () => {
    const { of, going, later, shown } = await made();
    later(20);
    of('b');
    going[1].go();
    await new Promise(setImmediate);
    later(21);
    of('c');
    going[2].go();
    await new Promise(setImmediate);
    expect(shown).toEqual([undefined, 'of a', undefined]);
  });

  it('tells of a failure who waits for it, keeps none, and makes it anew', async () => {
    const { of, going, later } = await made();
    expect(await of('b')).toBe('of a');
    going[1].fail();
    await new Promise(setImmediate);
    later(21);
    const waiting = of('b');
    going[2].fail();
    await expect(waiting).rejects.toThrow('It broke.');
    const again = of('b');
    going[3].go();
    expect(await again).toBe('of b');
  });

  it('keeps nothing that is shown to nobody any more', async () => {
    let now = 0;
    const meanwhile = new MadeMeanwhile<object>(10, () => now);
    const part = {};
    const make = jest.fn(async () => ({}));
    const look = async () => new WeakRef(await meanwhile.of([part], make));
    const first = await look();
    for (let turn = 0; turn < 5; turn++) {
      now += 20;
      await look();
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    expect(make).toHaveBeenCalledTimes(1);
    now += 21;
    make.mockReset().mockImplementation(async () => ({}));
    await new Promise(resolve => setTimeout(resolve, 60));
    expect(await isForgotten(first)).toBe(true);
    expect((await look()).deref()).toBeDefined();
  });
});
