import { said, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import { inBothLanguages } from '../__testUtils__/inBothLanguages';
import type { QualityGate } from './QualityGate';
import {
  isTested,
  meansFromNewWeights,
  takeInMeans,
  type LearntMeans,
  type ValueSlice,
} from './LearntMean';

const gate = (key: string): QualityGate => ({
  name: 'score',
  title: { en: 'Score' },
  use: 'default',
  ifMissing: 'hold',
  kind: 'mean',
  sum: { series: [] },
  count: { series: [] },
  unit: 'number',
  better: 'higher',
  rollBack: { timesStable: 0.9 },
  advance: { timesStable: 0.97 },
  leastCount: 20,
  key,
});

const values = (count: number) => ({
  count,
  sum: count * 0.8,
  squares: count * 0.7,
});

const slice = (more: Partial<ValueSlice> = {}): ValueSlice => ({
  canary: values(10),
  stable: values(90),
  born: 0,
  returned: 0,
  ...more,
});

function take(
  before: LearntMeans,
  found: ValueSlice | undefined,
  { key = 'k', crossing = false } = {},
): LearntMeans {
  return takeInMeans(before, { score: found }, [gate(key)], {
    seconds: 15,
    crossing,
  });
}

const counted = (means: LearntMeans) =>
  means.score?.evidence.spans[0].canary.count;

describe('what a run learns of a mean', () => {
  it('adds up over looks and over changes of the weights, and survives being kept', () => {
    const kept = JSON.parse(
      JSON.stringify(take(meansFromNewWeights(take({}, slice())), slice())),
    );
    expect(counted(take(kept, slice()))).toBe(30);
    expect(take(kept, slice()).score.evidence.step.canary.count).toBe(20);
  });

  it('counts what crosses a change of the weights for no step', () => {
    const means = take(take({}, slice()), slice(), { crossing: true });
    expect(counted(means)).toBe(20);
    expect(means.score.evidence.step.canary.count).toBe(10);
  });

  it('begins anew where the queries change', () => {
    expect(counted(take(take({}, slice()), slice(), { key: 'other' }))).toBe(
      10,
    );
  });

  it('is not tested before values have come whose scatter is known', () => {
    expect(take({}, undefined)).toEqual({});
    const nothing = slice({ canary: values(0), stable: values(0) });
    expect(isTested(take({}, nothing).score)).toBe(false);
    expect(take(take({}, nothing), undefined).score.leftOut).toBeUndefined();
    expect(isTested(take({}, slice()).score)).toBe(true);
  });

  it.each<[string, ValueSlice | undefined, string]>([
    [
      'buckets that do not add up',
      undefined,
      'the buckets of its histogram are missing, or do not add up',
    ],
    ['a gap', slice({ returned: 2 }), '2 series were missing for a while'],
    [
      'a replica that doubles everything',
      slice({ canary: values(5000), born: 5000 }),
      '5000 values appeared at once',
    ],
  ])('leaves a slice out for both versions: %s', (_, found, why) => {
    const means = take(take({}, slice()), found);
    expect(counted(means)).toBe(10);
    expect(
      inBothLanguages(said(means.score.leftOut as Words)).message,
    ).toContain(why);
    expect(take(means, slice()).score.leftOut).toBeUndefined();
  });
});
