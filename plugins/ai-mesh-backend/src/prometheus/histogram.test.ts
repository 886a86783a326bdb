import { known, unknown } from '@ai-mesh/plugin-ai-mesh-common';
import fc from 'fast-check';
import { bucketsOf, percentile } from './histogram';

const inf = Infinity;

describe('percentile', () => {
  it.each([
    [
      'inside a bucket',
      0.5,
      { 1000: 0, 2500: 10, Infinity: 10 },
      known({ valueMs: 1750, lowerBoundMs: 1000, upperBoundMs: 2500 }),
    ],
    [
      'from 0 in the first bucket',
      0.5,
      { 1000: 10, 2500: 10, Infinity: 10 },
      known({ valueMs: 500, lowerBoundMs: 0, upperBoundMs: 1000 }),
    ],
    [
      'at the highest finite bound beyond it',
      0.99,
      { 1000: 5, 2500: 5, Infinity: 10 },
      known({ valueMs: 2500, lowerBoundMs: 2500, upperBoundMs: null }),
    ],
    [
      'at the end of a bucket that the rank fills',
      0.5,
      { 1000: 5, 2500: 10, Infinity: 10 },
      known({ valueMs: 1000, lowerBoundMs: 0, upperBoundMs: 1000 }),
    ],
    [
      'although a bucket fell below its predecessor',
      0.5,
      { 1000: 6, 2500: 5, Infinity: 10 },
      known({ valueMs: (1000 * 5) / 6, lowerBoundMs: 0, upperBoundMs: 1000 }),
    ],
    [
      'as unknown without traffic',
      0.5,
      { 1000: 0, Infinity: 0 },
      unknown('no-traffic'),
    ],
    ['as unknown without a histogram', 0.5, {}, unknown('not-exported')],
  ])('reads it %s', (_, quantile, buckets, expected) => {
    const map = new Map(
      Object.entries(buckets).map(([bound, count]) => [Number(bound), count]),
    );
    expect(percentile(quantile, map)).toEqual(expected);
  });

  it('does not guess without the +Inf bucket', () => {
    expect(percentile(0.5, new Map([[1000, 5]]))).toMatchObject({
      status: 'unknown',
      reason: 'not-exported',
    });
  });

  const histograms = fc
    .uniqueArray(fc.double({ min: 0.1, max: 1e7, noNaN: true }), {
      minLength: 1,
      maxLength: 20,
    })
    .chain(bounds =>
      fc
        .array(fc.double({ min: 0, max: 1e4, noNaN: true }), {
          minLength: bounds.length + 1,
          maxLength: bounds.length + 1,
        })
        .map(counts => {
          let sum = 0;
          const sorted = [...bounds].sort((a, b) => a - b);
          return new Map(
            [...sorted, inf].map((bound, index) => {
              sum += counts[index];
              return [bound, sum];
            }),
          );
        }),
    );

  const nothing = { valueMs: 0, lowerBoundMs: 0, upperBoundMs: 0 };

  it('lies between its bounds and never falls with the quantile', () => {
    fc.assert(
      fc.property(
        histograms,
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        (buckets, a, b) => {
          const low = percentile(Math.min(a, b), buckets);
          const high = percentile(Math.max(a, b), buckets);
          expect(high.status).toBe(low.status);
          const lowest = low.status === 'known' ? low.value : nothing;
          const highest = high.status === 'known' ? high.value : nothing;
          expect(lowest.valueMs).toBeGreaterThanOrEqual(lowest.lowerBoundMs);
          expect(lowest.valueMs).toBeLessThanOrEqual(
            lowest.upperBoundMs ?? lowest.lowerBoundMs,
          );
          expect(highest.valueMs).toBeGreaterThanOrEqual(
            lowest.valueMs * (1 - 1e-9),
          );
        },
      ),
    );
  });
});

describe('bucketsOf', () => {
  const sample = (le: string, value: number) => ({
    labels: { le },
    value,
  });

  it('adds what two exporters spell differently', () => {
    expect(
      bucketsOf([
        sample('1000', 1),
        sample('1000.0', 2),
        sample('3.6e+06', 3),
        sample('3600000', 4),
        sample('+Inf', 9),
      ]),
    ).toEqual(
      new Map([
        [1000, 3],
        [3_600_000, 7],
        [inf, 9],
      ]),
    );
  });

  it('leaves out what is no bucket', () => {
    expect(
      bucketsOf([
        sample('', 1),
        sample('x', 1),
        sample('5', NaN),
        { labels: {}, value: 1 },
      ]),
    ).toEqual(new Map());
  });
});
