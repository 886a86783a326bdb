import fc from 'fast-check';
import { formatDuration, parseDurationMs } from './duration';

describe('a duration', () => {
  it.each([
    ['30s', 30_000],
    ['1.5s', 1500],
    ['250ms', 250],
    ['1h30m', 5_400_000],
    ['2m', 120_000],
    ['100us', 0.1],
    ['.5s', 500],
    ['0s', 0],
    ['0', 0],
  ])('%s is %d ms', (text, ms) => {
    expect(parseDurationMs(text)).toBeCloseTo(ms);
  });

  it.each(['', '30', 's', '-5s', '5 s', '5x', '1h-2m', 'Infinity', '1..5s'])(
    '%p is none',
    text => {
      expect(parseDurationMs(text)).toBeUndefined();
    },
  );

  it('is written so that it reads back the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 9 }), ms => {
        expect(parseDurationMs(formatDuration(ms))).toBe(ms);
      }),
    );
  });

  it.each([
    [60_000, '1m'],
    [25_000, '25s'],
    [90_000, '90s'],
    [1500, '1500ms'],
    [0, '0ms'],
  ])('of %d ms is written %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});
