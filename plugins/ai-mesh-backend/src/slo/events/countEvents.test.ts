import { known } from '@ai-mesh/plugin-ai-mesh-common';
import { le } from '../../prometheus/promql';
import type { SloIndicator } from '../objectives/SloObjective';
import type { EntitySignals } from '../signals/EntitySignals';
import { SIGNAL_LABEL } from '../signals/Signal';
import { countEvents } from './countEvents';
import { EventTable } from './EventTable';

const HOUR = 3600;

function tableOf(
  rows: Record<string, number>,
  windows: Record<number, Record<string, number>> = {},
) {
  const table = new EventTable(({ labels }) => labels.model);
  for (const [window, some] of Object.entries({ [HOUR]: rows, ...windows })) {
    table.add(
      [Number(window)],
      known(
        Object.entries(some).map(([name, rate]) => {
          const [signal, model, bound] = name.split(',');
          return {
            labels: {
              [SIGNAL_LABEL]: `${window}|${signal}`,
              ...(model && { model }),
              ...(bound && { le: bound }),
            },
            rate,
          };
        }),
      ),
    );
  }
  return table;
}

const own = (more: Partial<SloIndicator & { kind: 'custom' }>) => ({
  id: 'own',
  indicator: {
    kind: 'custom' as const,
    description: 'ok_total{code="200"}',
    total: [{ metric: 'all_total', matchers: [] }],
    ...more,
  },
});
const good = [{ metric: 'ok_total', matchers: [] }];

describe('countEvents, of a counter of good events', () => {
  const count = (
    objective: ReturnType<typeof own>,
    table: EventTable,
    window = HOUR,
  ) => countEvents(objective, undefined, window, table, undefined);

  it('counts what is not good as bad', () => {
    const table = tableOf({ 'custom total own': 10, 'custom good own': 9 });
    expect(count(own({ good }), table)).toEqual(known({ bad: 1, total: 10 }));
  });

  it('does not know what was good where no series matches in any window', () => {
    const table = tableOf(
      { 'custom total own': 10 },
      { [24 * HOUR]: { 'custom total own': 90 } },
    );
    expect(count(own({ good }), table)).toEqual({
      status: 'unknown',
      reason: 'not-exported',
      message:
        'There are events, but no series matches ok_total{code="200"}: which of them were good cannot be told.',
      words: [
        {
          key: 'slo.goodMatchesNothing',
          params: { query: 'ok_total{code="200"}' },
        },
      ],
    });
  });

  it('takes series that were there in another window for nothing good in this one', () => {
    const table = tableOf(
      { 'custom total own': 10 },
      { [24 * HOUR]: { 'custom total own': 90, 'custom good own': 80 } },
    );
    expect(count(own({ good }), table)).toEqual(known({ bad: 10, total: 10 }));
  });

  it('does not know what was quick without the bucket, whatever other windows have', () => {
    const table = tableOf(
      { 'custom total own': 10 },
      { [24 * HOUR]: { 'custom good own': 80 } },
    );
    const bucket = own({
      good: [{ metric: 'd_bucket', matchers: [le(1)] }],
      goodIsBucket: true,
      description: 'd_bucket{le="1"}',
    });
    expect(count(bucket, table)).toMatchObject({
      status: 'unknown',
      reason: 'not-exported',
      message: expect.stringContaining('no bucket'),
    });
  });

  it('has no data without a total, and without events', () => {
    expect(count(own({ good }), tableOf({}))).toMatchObject({
      reason: 'no-traffic',
    });
  });
});

describe('countEvents, of a histogram', () => {
  const signals = {
    dialect: { name: 'micrometer' },
    duration: {
      form: 'classic',
      metrics: ['d'],
      bounds: [1, 2.5],
      unitMs: 1000,
    },
    sharingModels: new Set(),
  } as unknown as EntitySignals;
  const count = (thresholdMs: number, rows: Record<string, number>) =>
    countEvents(
      { id: 'quick', indicator: { kind: 'latency', thresholdMs } },
      'swift',
      HOUR,
      tableOf(rows),
      signals,
    );

  it.each([
    [1000, { 'buckets,swift,1': 9, 'buckets,swift,+Inf': 10 }],
    [1000, { 'buckets,swift,1.0': 9, 'buckets,swift,+Inf': 10 }],
  ])('reads the bucket of %s ms in %j', (thresholdMs, rows) => {
    expect(count(thresholdMs, rows)).toEqual(known({ bad: 1, total: 10 }));
  });

  it.each([
    [1000, { 'buckets,swift,+Inf': 10 }],
    [1000, { 'buckets,swift,2.5': 10, 'buckets,swift,+Inf': 10 }],
    [2000, { 'buckets,swift,2.5': 10, 'buckets,swift,+Inf': 10 }],
    [2000, { 'buckets,swift,1': 10, 'buckets,swift,+Inf': 10 }],
  ])(
    'is no data, not a page, where the bucket for %s ms is missing in %j',
    (thresholdMs, rows) => {
      expect(count(thresholdMs, rows)).toMatchObject({
        status: 'unknown',
        reason: 'not-exported',
        message: expect.stringContaining('no bucket whose bound'),
      });
    },
  );
});
