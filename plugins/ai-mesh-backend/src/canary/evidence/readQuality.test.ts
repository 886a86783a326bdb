import type { QualityGate } from '../gates';
import { QualitySums, readMean, readValues } from './readQuality';

type MeanGate = Extract<QualityGate, { kind: 'mean' }>;

const counter = (metric: string) => ({
  series: [{ metric, matchers: [], ofPods: true }],
});

const byBuckets: MeanGate = {
  name: 'score',
  title: { en: 'Score' },
  use: 'default',
  ifMissing: 'hold',
  kind: 'mean',
  unit: 'number',
  sum: counter('score_sum'),
  count: counter('score_count'),
  better: 'higher',
  rollBack: { bound: 0.5 },
  advance: { bound: 0.7 },
  leastCount: 20,
  key: 'k',
};
const bySquares = { ...byBuckets, squares: counter('score_squares') };

/** Ten values of each version that sum up to eight, with changes to what is answered of the canary. */
function answered(changes: Record<string, number | undefined> = {}) {
  const whole = {
    sum: 8,
    count: 10,
    'sum-since': 8,
    'count-since': 10,
    squares: 7,
    'buckets 1.0': 10,
    'buckets +Inf': 10,
  };
  return new QualitySums(
    (['canary', 'stable'] as const).flatMap(version =>
      Object.entries(
        version === 'canary' ? { ...whole, ...changes } : whole,
      ).flatMap(([name, value]) => {
        const [role, le] = name.split(' ');
        return value === undefined
          ? []
          : [
              {
                labels: {
                  canary_part: `quality:score:${role}:0`,
                  canary_version: version,
                  ...(le && { le }),
                },
                value,
                timestamp: 0,
              },
            ];
      }),
    ),
  );
}

describe('the values of a mean', () => {
  it.each([
    ['buckets', byBuckets],
    ['squares', bySquares],
  ])('are taken by their %s', (_, gate) => {
    expect(readValues(gate, answered())?.canary).toMatchObject({
      count: 10,
      sum: 8,
    });
  });

  // What is no number would stay in the run's evidence for good.
  it.each<[string, MeanGate, Record<string, number | undefined>]>([
    ['a count that is no number', byBuckets, { 'count-since': NaN }],
    ['a count below zero', byBuckets, { 'count-since': -10 }],
    ['a count without end', bySquares, { 'count-since': Infinity }],
    ['a sum that is no number', byBuckets, { 'sum-since': NaN }],
    ['a sum without end', bySquares, { 'sum-since': -Infinity }],
    ['squares that are no number', bySquares, { squares: NaN }],
    ['squares without end', bySquares, { squares: Infinity }],
    ['squares of other values', bySquares, { squares: 6 }],
    ['no squares', bySquares, { squares: undefined }],
    ['a bucket that is no number', byBuckets, { 'buckets 1.0': NaN }],
    ['a bucket below zero', byBuckets, { 'buckets 1.0': -1 }],
    ['a bucket without end', byBuckets, { 'buckets +Inf': Infinity }],
    ['buckets that do not add up', byBuckets, { 'buckets 1.0': 11 }],
    ['no bucket of all', byBuckets, { 'buckets +Inf': undefined }],
  ])('are not taken of %s', (_, gate, changes) => {
    expect(readValues(gate, answered(changes))).toBeUndefined();
  });

  it('are none where a version had none', () => {
    const none = { 'count-since': 0, 'sum-since': 0, squares: 0 };
    expect(readValues(bySquares, answered(none))?.canary.count).toBe(0);
  });
});

describe('a mean over a window', () => {
  it.each<[string, Record<string, number>]>([
    ['a sum that is no number', { sum: NaN }],
    ['a count that is no number', { count: NaN }],
    ['a count below zero', { count: -1 }],
    ['a count without end', { count: Infinity }],
  ])('is none of %s, and none by zero', (_, changes) => {
    expect(readMean(byBuckets, 'canary', answered(changes))).toEqual({
      status: 'unknown',
      reason: 'not-exported',
      message: 'Prometheus answered something that is no mean.',
      words: [{ key: 'figure.noMean' }],
    });
  });

  it('is none of no values', () => {
    expect(
      readMean(byBuckets, 'canary', answered({ sum: 0, count: 0 })),
    ).toMatchObject({ status: 'unknown', reason: 'no-traffic' });
  });
});
