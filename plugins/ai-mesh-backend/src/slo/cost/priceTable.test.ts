import { known, unknown } from '@ai-mesh/plugin-ai-mesh-common';
import { estimateCost, priceOf, type ModelPrice } from './priceTable';

const price = (
  model: string,
  changes: Partial<ModelPrice> = {},
): ModelPrice => ({
  model,
  inputPerMillion: 2,
  outputPerMillion: 8,
  currency: 'EUR',
  validFrom: new Date('2026-01-01'),
  ...changes,
});
const now = new Date('2026-11-22');

describe('priceOf', () => {
  const prices = [
    price('smart-*', { inputPerMillion: 1 }),
    price('smart-1', { inputPerMillion: 2 }),
    price('smart-1', { inputPerMillion: 3, validFrom: new Date('2026-06-01') }),
    price('smart-1', { inputPerMillion: 4, validFrom: new Date('2027-01-01') }),
    price('odd.(name', { inputPerMillion: 5 }),
  ];

  it.each([
    ['the latest price that has begun', 'smart-1', now, 3],
    ['the one that held then', 'smart-1', new Date('2026-03-01'), 2],
    ['a pattern for the others', 'smart-2', now, 1],
    ['a name with signs of regular expressions', 'odd.(name', now, 5],
    ['nothing for a stranger', 'fast-1', now, undefined],
    ['nothing before the first', 'smart-1', new Date('2025-01-01'), undefined],
    ['nothing for a name that only looks alike', 'oddx(name', now, undefined],
  ])('finds %s', (_name, model, at, expected) => {
    expect(priceOf(prices, model, at)?.inputPerMillion).toBe(expected);
  });
});

describe('estimateCost', () => {
  it('agrees with figures worked out by hand', () => {
    // 1,000 in and 250 out a second: 3.6 M x 2 + 0.9 M x 8 = 14.40 an hour
    expect(
      estimateCost(
        [price('smart-1')],
        'smart-1',
        { input: known(1000), output: known(250) },
        now,
      ),
    ).toEqual(
      known({
        currency: 'EUR',
        perHour: expect.closeTo(14.4, 9),
        perDay: expect.closeTo(345.6, 9),
      }),
    );
  });

  it('has no money without a price', () => {
    expect(
      estimateCost([], 'smart-1', { input: known(1), output: known(1) }, now),
    ).toMatchObject({ status: 'unknown', reason: 'not-configured' });
  });

  it('has no money without tokens', () => {
    const missing = unknown('not-exported');
    expect(
      estimateCost(
        [price('smart-1')],
        'smart-1',
        { input: known(1), output: missing },
        now,
      ),
    ).toEqual(missing);
  });
});
