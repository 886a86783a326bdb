import fc from 'fast-check';
import { weightPercents } from './weights';

const destinations = (...weights: (number | undefined)[]) =>
  weights.map(weight => ({
    host: 'chat',
    ...(weight !== undefined && { weight }),
  }));

describe('weights', () => {
  it.each([
    [
      [90, 10],
      [90, 10],
    ],
    [
      [9, 1],
      [90, 10],
    ],
    [
      [1, 1, 2],
      [25, 25, 50],
    ],
    [[undefined], [100]],
    [[5], [100]],
    [
      [undefined, 10],
      [0, 100],
    ],
    [[], undefined],
    [[0], [100]],
    [
      [999, 1],
      [99.9, 0.1],
    ],
    [
      [1, 1000],
      [100 / 1001, 100_000 / 1001],
    ],
    [
      [20, 30],
      [40, 60],
    ],
    [
      [60, 60],
      [50, 50],
    ],
    [
      [1, 1, 1],
      [100 / 3, 100 / 3, 100 / 3],
    ],
    [[0, 0], undefined],
    [[undefined, undefined], undefined],
  ])('%p of Istio share out %p', (weights, percents) => {
    expect(weightPercents(destinations(...weights), 0)).toEqual(percents);
  });

  it('of the Gateway API count 1 where absent, and 0 is none even alone', () => {
    expect(weightPercents(destinations(undefined, 3), 1)).toEqual([25, 75]);
    expect(weightPercents(destinations(1, 999_999), 1)).toEqual([
      0.0001, 99.9999,
    ]);
    expect(weightPercents(destinations(0), 1)).toBeUndefined();
  });

  it('always add up to 100% where there is anything to share', () => {
    const weight = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true });
    const weights = fc
      .array(weight, { minLength: 1 })
      .filter(all => all.some(one => one > 0));
    fc.assert(
      fc.property(weights, all => {
        const percents = weightPercents(destinations(...all), 0) ?? [];
        const total = percents.reduce((sum, share) => sum + share, 0);
        expect(total).toBeCloseTo(100, 6);
        expect(Math.min(...percents)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...percents)).toBeLessThanOrEqual(100);
      }),
    );
  });
});
