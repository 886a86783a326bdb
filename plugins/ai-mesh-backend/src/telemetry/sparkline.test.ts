import { sparklineRange } from './sparkline';

const at = (clock: string) => new Date(`2026-11-28T${clock}Z`);

it.each([
  ['03:49:10.000', 60, '03:49:00.000', '02:50:00.000'],
  ['03:49:10.000', 300, '03:45:00.000', '02:50:00.000'],
  ['03:50:00.000', 300, '03:50:00.000', '02:55:00.000'],
])(
  'ends the hour before %s, in steps of %i s, where Prometheus has a point',
  (now, stepSeconds, end, start) => {
    expect(sparklineRange(at(now), stepSeconds)).toEqual({
      start: at(start),
      end: at(end),
      stepSeconds,
    });
  },
);
