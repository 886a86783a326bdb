import { calendarPeriod } from './calendarPeriod';
import type { CalendarPeriod } from './SloObjective';

const period = (change: Partial<CalendarPeriod>): CalendarPeriod => ({
  startTime: '2026-01-01 00:00:00',
  timeZone: 'UTC',
  count: 1,
  unit: 'months',
  ...change,
});

describe('calendarPeriod', () => {
  it.each([
    ['a month', {}, '2026-11-22T10:00:00Z', '2026-11-01', '2026-12-01'],
    [
      'its first moment',
      {},
      '2026-11-01T00:00:00Z',
      '2026-11-01',
      '2026-12-01',
    ],
    [
      'a month that begins on the 31st',
      { startTime: '2026-01-31 00:00:00' },
      '2026-03-01T00:00:00Z',
      '2026-02-28',
      '2026-03-31',
    ],
    [
      'a quarter',
      { unit: 'quarters' as const },
      '2026-11-22T10:00:00Z',
      '2026-10-01',
      '2027-01-01',
    ],
    [
      'two weeks',
      { unit: 'weeks' as const, count: 2, startTime: '2026-01-05 00:00:00' },
      '2026-01-20T00:00:00Z',
      '2026-01-19',
      '2026-02-02',
    ],
    [
      'a time before the first',
      {},
      '2025-12-31T23:59:59Z',
      '2025-12-01',
      '2026-01-01',
    ],
  ])('finds %s', (_name, change, now, startsAt, endsAt) => {
    expect(calendarPeriod(period(change), new Date(now))).toEqual({
      startsAt: new Date(`${startsAt}T00:00:00Z`),
      endsAt: new Date(`${endsAt}T00:00:00Z`),
    });
  });

  it('goes by the clock of its time zone, through a change to winter time', () => {
    expect(
      calendarPeriod(
        period({ timeZone: 'Europe/Berlin' }),
        new Date('2026-10-31T12:00:00Z'),
      ),
    ).toEqual({
      // Summer time is two hours ahead of UTC, winter time one.
      startsAt: new Date('2026-09-30T22:00:00Z'),
      endsAt: new Date('2026-10-31T23:00:00Z'),
    });
  });
});
