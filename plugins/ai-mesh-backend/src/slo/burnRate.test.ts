import { known, unknown } from '@ai-mesh/plugin-ai-mesh-common';
import fc from 'fast-check';
import { alertState, judgePair } from './alertState';
import { burnRatePairs } from './burnRatePairs';
import {
  burnRate,
  errorBudget,
  errorRatio,
  secondsToExhaustion,
  youngWithin,
} from './errorBudget';

const DAY = 86_400;
const noAnswer = unknown('source-unreachable', 'Prometheus is away');

describe('burnRatePairs', () => {
  it('gives the four factors of a 30-day objective', () => {
    expect(
      burnRatePairs(30 * DAY).map(pair => [
        pair.severity,
        pair.longWindowSeconds / 3600,
        pair.shortWindowSeconds / 60,
        Number(pair.factor.toFixed(4)),
      ]),
    ).toEqual([
      ['page', 1, 5, 14.4],
      ['page', 6, 30, 6],
      ['ticket', 24, 120, 3],
      ['ticket', 72, 360, 1],
    ]);
  });

  it.each([
    // share x period / long window, by hand
    [28, [13.44, 5.6, 2.8, 1]],
    [90, [43.2, 18, 9, 3]],
    // 0.1 x 7 / 1 = 0.7 and 0.1 x 7 / 3 = 0.23 would fire while the budget lasts
    [7, [3.36, 1.4, 1, 1]],
    // 3 days do not fit into one
    [1, [1, 1, 1]],
  ])('scales the factors to %i days', (days, factors) => {
    expect(
      burnRatePairs(days * DAY).map(({ factor }) => Number(factor.toFixed(4))),
    ).toEqual(factors);
  });
});

describe('errorRatio', () => {
  it.each([
    ['no errors', { bad: 0, total: 200 }, known(0)],
    ['some errors', { bad: 3, total: 200 }, known(0.015)],
    ['errors without a total', { bad: 3, total: 0 }, known(1)],
    [
      'more errors than events, by extrapolation',
      { bad: 5, total: 4 },
      known(1),
    ],
  ])('of %s', (_name, counts, expected) => {
    expect(errorRatio(known(counts))).toEqual(expected);
  });

  it('of no events is no data', () => {
    expect(errorRatio(known({ bad: 0, total: 0 }))).toMatchObject({
      status: 'unknown',
      reason: 'no-traffic',
    });
  });

  it('of an unreachable source stays unknown', () => {
    expect(errorRatio(noAnswer)).toEqual(noAnswer);
  });
});

describe('errorBudget', () => {
  it('agrees with figures worked out by hand', () => {
    // 99.5 % of 20,000: 100 may fail; 40 did, so 60 % of the budget is left
    const budget = errorBudget(known({ bad: 40, total: 20_000 }), 0.995);
    expect(budget.sli).toEqual(known(0.998));
    expect(budget.budgetLeft).toEqual(known(expect.closeTo(0.6, 9)));
    expect(budget.budgetLeftEvents).toEqual(known(expect.closeTo(60, 9)));
    expect(budget.lowTraffic).toBe(false);
  });

  it('goes below zero when overspent', () => {
    // 99 % of 1,000: 10 may fail; 25 did
    const budget = errorBudget(known({ bad: 25, total: 1000 }), 0.99);
    expect(budget.budgetLeft).toEqual(known(expect.closeTo(-1.5, 9)));
    expect(budget.budgetLeftEvents).toEqual(known(expect.closeTo(-15, 9)));
  });

  it.each([
    [99, true],
    [100, false],
  ])('marks %i events as low traffic: %p', (total, lowTraffic) => {
    expect(errorBudget(known({ bad: 0, total }), 0.99).lowTraffic).toBe(
      lowTraffic,
    );
  });

  it('shows nothing as perfect when there is nothing', () => {
    const budget = errorBudget(known({ bad: 0, total: 0 }), 0.99);
    expect(budget.sli.status).toBe('unknown');
    expect(budget.budgetLeft.status).toBe('unknown');
  });

  it('is spent exactly when the burn rate over the period is 1', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 0.9999, noNaN: true }),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (target, total, share) => {
          const counts = known({ bad: total * share, total });
          const left = errorBudget(counts, target).budgetLeft;
          const rate = burnRate(counts, target);
          if (left.status === 'unknown' || rate.status === 'unknown') {
            throw new Error('both are known');
          }
          expect(left.value + rate.value).toBeCloseTo(1, 6);
        },
      ),
    );
  });
});

describe('secondsToExhaustion', () => {
  const period = 30 * DAY;

  it.each([
    ['half a budget at the sustainable rate', 0.5, 1, 15 * DAY],
    ['all of it at 14.4 times', 1, 14.4, (30 * DAY) / 14.4],
    ['a spent one', 0, 3, 0],
    ['an overspent one', -0.2, 0, 0],
  ])('of %s', (_name, left, rate, seconds) => {
    expect(secondsToExhaustion(known(left), known(rate), period)).toEqual(
      known(expect.closeTo(seconds, 3)),
    );
  });

  it('is never when nothing fails', () => {
    expect(secondsToExhaustion(known(0.5), known(0), period)).toEqual(
      known(null),
    );
  });

  it('is unknown when the rate is, unless the budget is spent', () => {
    expect(secondsToExhaustion(known(0.5), noAnswer, period)).toEqual(noAnswer);
    expect(secondsToExhaustion(known(-1), noAnswer, period)).toEqual(known(0));
  });
});

describe('alertState', () => {
  const [page, , ticket] = burnRatePairs(30 * DAY);

  it.each([
    ['both windows above', known(15), known(20), 'firing'],
    ['the short one has recovered', known(15), known(2), 'ok'],
    ['the long one never rose', known(2), known(20), 'ok'],
    ['exactly at the factor', known(page.factor), known(20), 'ok'],
    ['one above, the other unknown', known(15), noAnswer, 'unknown'],
    ['one below, the other unknown', noAnswer, known(2), 'ok'],
    ['both unknown', noAnswer, noAnswer, 'unknown'],
  ])('of a pair: %s', (_name, long, short, state) => {
    expect(judgePair(page, long, short).state).toBe(state);
  });

  const firing = (pair: typeof page) => judgePair(pair, known(99), known(99));
  const quiet = judgePair(page, known(0), known(0));
  const dark = judgePair(page, noAnswer, noAnswer);

  it.each([
    ['a page beats a ticket', [firing(ticket), firing(page)], 'page'],
    ['a ticket beats what is unknown', [dark, firing(ticket)], 'ticket'],
    ['unknown beats ok', [quiet, dark], 'unknown'],
    ['all quiet', [quiet, quiet], 'ok'],
    ['no windows at all', [], 'unknown'],
  ])('over pairs: %s', (_name, rates, state) => {
    expect(alertState(rates)).toBe(state);
  });
});

describe('youngWithin', () => {
  const HOUR = 3600;
  const windows = [30 * DAY, HOUR, 300, 3 * DAY];
  const within = (events: Record<number, number>) =>
    youngWithin(
      known({ bad: 0, total: events[30 * DAY] }),
      30 * DAY,
      windows,
      window =>
        events[window] === undefined
          ? noAnswer
          : known({ bad: 0, total: events[window] }),
    );

  it.each([
    [
      'all of the last hour',
      { 300: 30, [HOUR]: 421, [3 * DAY]: 421, [30 * DAY]: 421 },
      HOUR,
    ],
    [
      'almost all of three days, by extrapolation',
      { 300: 1, [HOUR]: 30, [3 * DAY]: 4200, [30 * DAY]: 4213 },
      3 * DAY,
    ],
    [
      'a month of traffic',
      { 300: 1, [HOUR]: 30, [3 * DAY]: 2000, [30 * DAY]: 20_000 },
      undefined,
    ],
    [
      'no traffic',
      { 300: 0, [HOUR]: 0, [3 * DAY]: 0, [30 * DAY]: 0 },
      undefined,
    ],
    ['windows that nobody knows', { [30 * DAY]: 421 }, undefined],
  ])('of %s', (_name, events, expected) => {
    expect(within(events)).toBe(expected);
  });
});
