import fc from 'fast-check';
import { secondsToNextLook } from './secondsToNextLook';

it.each([
  // what, check, scrape, the newest sample's age when the slice ended, seconds to the next look
  ['a slice that ends with a scrape', 15, 15, 0, 15.2],
  ['a slice that ends somewhere between two', 15, 15, 5, 10.2],
  [
    'one that ends right before a scrape that has not arrived',
    15,
    15,
    14.9,
    0.3,
  ],
  ['checks that are further apart than scrapes', 60, 15, 5, 55.2],
  ['checks that are less far apart', 5, 15, 2, 5],
  ['the last of those before a scrape', 5, 15, 12, 3.2],
])('after %s', (_, checkSeconds, scrape, age, expected) => {
  expect(
    secondsToNextLook(
      { checkSeconds },
      { until: 1000, newest: 1000 - age },
      scrape,
    ),
  ).toBeCloseTo(expected, 6);
});

it('is the plan’s where nobody knows when scrapes are', () => {
  expect(secondsToNextLook({ checkSeconds: 20 }, { until: 1000 }, 15)).toBe(20);
});

it('is never past the plan’s, and finds each scrape as soon as it has arrived, once in step with it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 120 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (checkSeconds, scrape, phase) => {
        const scrapedBy = (at: number) =>
          Math.floor(at / scrape - phase) * scrape + phase * scrape;
        let until = 10_000;
        const waits = Array.from({ length: 60 }, () => {
          const seconds = secondsToNextLook(
            { checkSeconds },
            { until, newest: scrapedBy(until) },
            scrape,
          );
          until += seconds;
          return seconds;
        });
        expect(Math.min(...waits)).toBeGreaterThan(0);
        expect(Math.max(...waits)).toBeLessThan(checkSeconds + 0.2001);
        const isInStep = until - scrapedBy(until) < 0.3;
        expect(isInStep || scrape > checkSeconds).toBe(true);
      },
    ),
  );
});

it('is no more often than half the plan’s where many pods are scraped, each at its own moment', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 120 }),
      fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
        minLength: 1,
        maxLength: 40,
      }),
      (checkSeconds, scrape, phases) => {
        fc.pre(scrape <= checkSeconds);
        const scrapedBy = (at: number) =>
          Math.max(
            ...phases.map(
              phase => (Math.floor(at / scrape - phase) + phase) * scrape,
            ),
          );
        let until = 10_000;
        const waits = Array.from({ length: 40 }, () => {
          const seconds = secondsToNextLook(
            { checkSeconds },
            { until, newest: scrapedBy(until) },
            scrape,
          );
          until += seconds;
          return seconds;
        });
        expect(Math.min(...waits.slice(1))).toBeGreaterThan(
          checkSeconds / 2 - 0.3,
        );
      },
    ),
  );
});
