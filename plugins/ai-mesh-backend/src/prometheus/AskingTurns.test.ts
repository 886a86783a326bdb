import { setTimeout as wait } from 'timers/promises';
import { AskingTurns } from './AskingTurns';

describe('turns to ask a server', () => {
  let turns: AskingTurns;
  let timer: NodeJS.Timeout;

  beforeEach(() => {
    turns = new AskingTurns();
    // Somebody comes all the time.
    timer = setInterval(() => turns.came(), 5);
  });

  afterEach(() => clearInterval(timer));

  it('wait until nobody comes any more', async () => {
    let asked = false;
    const next = turns.next(async () => {
      asked = true;
    });
    await wait(200);
    expect(asked).toBe(false);
    clearInterval(timer);
    await next;
    expect(asked).toBe(true);
  });

  it('wait for nobody once there is as much as can be asked', async () => {
    let isEnough = false;
    let asked = 0;
    const next = turns.next(
      async () => {
        asked = performance.now();
      },
      () => isEnough,
    );
    await wait(200);
    expect(asked).toBe(0);
    isEnough = true;
    const from = performance.now();
    await next;
    expect(asked - from).toBeLessThan(200);
  });

  it('come one after the other', async () => {
    const order: string[] = [];
    const ask = (name: string) => async () => {
      order.push(`${name} asks`);
      await wait(20);
      order.push(`${name} is answered`);
    };
    const isEnough = () => true;
    await Promise.all([
      turns.next(ask('one'), isEnough),
      turns.next(ask('two'), isEnough),
    ]);
    expect(order).toEqual([
      'one asks',
      'one is answered',
      'two asks',
      'two is answered',
    ]);
  });
});
