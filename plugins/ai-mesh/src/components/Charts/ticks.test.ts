import fc from 'fast-check';
import { timeTicks, valueTicks } from './ticks';

describe('valueTicks', () => {
  it.each([
    [0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [0, 0.3, [0, 0.1, 0.2, 0.3]],
    [0, 7.3, [0, 2, 4, 6, 8]],
    [-0.4, 1, [-0.5, 0, 0.5, 1]],
    [5, 5, [5, 5.2, 5.4, 5.6, 5.8, 6]],
  ])('from %d to %d are %j', (low, high, ticks) => {
    expect(valueTicks(low, high)).toEqual(ticks);
  });

  it('hold every range in a few steps', () => {
    const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        fc.pre(high === low || high - low > 1e-6);
        const ticks = valueTicks(low, high);
        const off = (high - low || 1) * 1e-3;
        expect(ticks[0]).toBeLessThanOrEqual(low + off);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(high - off);
        expect(ticks.length).toBeLessThanOrEqual(7);
      }),
    );
  });
});

describe('timeTicks', () => {
  const minute = 60_000;

  it.each([
    [0, 4 * minute, 5, [0, 1, 2, 3, 4]],
    [0.5 * minute, 9 * minute, 4, [5]],
    [0, 61 * minute, 7, [0, 15, 30, 45, 60]],
    [minute, minute, 4, [1]],
    [0, 0, 0, [0]],
  ])('from %d to %d, at most %d, are minutes %j', (from, to, most, minutes) => {
    expect(timeTicks(from, to, most)).toEqual(minutes.map(at => at * minute));
  });
});
