import { bucketsOf, percentile } from './histogram';
import { classicBuckets } from './classicBuckets';

const histogram = (...buckets: [number, number, number][]) => ({
  labels: { version: 'v1' },
  count: buckets.reduce((sum, [, , count]) => sum + count, 0),
  buckets: buckets.map(([lower, upper, count]) => ({ lower, upper, count })),
});

const at = (all: ReturnType<typeof classicBuckets>, bound: number) =>
  bucketsOf(all).get(bound);

describe('a native histogram as classic buckets', () => {
  it('counts whole observations at every power of two, however fine its own are', () => {
    const all = classicBuckets(
      histogram([1, Math.SQRT2, 3], [Math.SQRT2, 2, 4], [1024, 2048, 5]),
    );
    expect(at(all, 1)).toBe(0);
    expect(at(all, 2)).toBe(7);
    expect(at(all, 1024)).toBe(7);
    expect(at(all, 2048)).toBe(12);
    expect(at(all, Infinity)).toBe(12);
  });

  it('adds up with others whose observations lie elsewhere', () => {
    const both = bucketsOf([
      ...classicBuckets(histogram([8, 16, 100])),
      ...classicBuckets(histogram([512, 1024, 100])),
    ]);
    expect(both.get(16)).toBe(100);
    expect(both.get(1024)).toBe(200);
    expect(percentile(0.75, both)).toEqual({
      status: 'known',
      value: { valueMs: 768, lowerBoundMs: 512, upperBoundMs: 1024 },
    });
  });

  it('counts what is about zero, below all, and takes no number for a bound that is none', () => {
    const all = classicBuckets(
      histogram([-0.0001, 0.0001, 2], [4, Infinity, 1]),
    );
    expect(at(all, 2 ** -10)).toBe(2);
    expect(at(all, 2 ** 22)).toBe(2);
    expect(at(all, Infinity)).toBe(3);
  });
});
