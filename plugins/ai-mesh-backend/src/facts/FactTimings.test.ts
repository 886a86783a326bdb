import { factTimings } from './FactTimings';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

it.each([
  // Who computes seldom looks each minute, and who computes often does not look all the time.
  ['10 seconds', 10 * SECOND, 5 * SECOND, 5 * MINUTE],
  ['30 seconds', 30 * SECOND, 5 * SECOND, 5 * MINUTE],
  ['15 minutes', 15 * MINUTE, 45 * SECOND, 45 * MINUTE],
  ['a day', 24 * 60 * MINUTE, MINUTE, 72 * 60 * MINUTE],
])(
  'in a period of %s it is looked whose turn it is, and facts are too old, after',
  (_, periodMs, tickMs, outdatedAfterMs) => {
    expect(
      factTimings({ periodMs, keepChangesMs: 7, keepDaysMs: 400 }),
    ).toEqual({
      periodMs,
      tickMs,
      outdatedAfterMs,
      keepChangesMs: 7,
      keepDaysMs: 400,
    });
  },
);
