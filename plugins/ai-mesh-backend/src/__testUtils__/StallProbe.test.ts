import { setTimeout as sleep } from 'timers/promises';
import { setFlagsFromString } from 'v8';
import { runInNewContext } from 'vm';
import { StallProbe, threadMs } from './StallProbe';

/** Of this thread's own time: a busy machine makes it no shorter. */
const compute = (ms: number, step: () => void = () => undefined) => {
  const until = threadMs() + ms;
  while (threadMs() < until) {
    step();
  }
};

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

describe('a stall', () => {
  const probe = new StallProbe().start();
  afterAll(() => probe.stop());

  it('is what computes without giving way', async () => {
    probe.lap();
    compute(150);
    await sleep(20);
    expect(await probe.stall()).toBeGreaterThan(120);
    expect(await probe.stall()).toBeLessThan(120);
  });

  it('is none where a wait comes between', async () => {
    probe.lap();
    for (let i = 0; i < 4; i += 1) {
      compute(40);
      await sleep(15);
    }
    expect(await probe.stall()).toBeLessThan(100);
  });

  it('has no collections of the whole heap in it', async () => {
    const held = Array.from({ length: 1_000_000 }, (_, i) => ({ at: [i] }));
    await sleep(20);
    probe.lap();
    compute(400, collect);
    await sleep(20);
    expect(await probe.stall()).toBeLessThan(100);
    expect(probe.longestCollectionMs).toBeGreaterThan(300);
    expect(held).toHaveLength(1_000_000);
  });
});
