import { seeded } from '../__testUtils__/seeded';
import { addMeanSlice, beginMean, type MeanEvidence } from '../statistics';
import { decideMean, type MeanQuestion } from './decideMean';

/** Slices of 10 values of the canary and 90 of the stable version, as scattered as their mean. */
function evidenceOf(
  canary: number,
  stable: number,
  slices: number,
  before = beginMean(),
): MeanEvidence {
  const random = seeded(3);
  const values = (count: number, mean: number) => {
    const all = Array.from(
      { length: count },
      () => -mean * Math.log(1 - random()),
    );
    return {
      count,
      sum: all.reduce((sum, value) => sum + value, 0),
      squares: all.reduce((sum, value) => sum + value ** 2, 0),
    };
  };
  let evidence = before;
  for (let i = 0; i < slices; i++) {
    evidence = addMeanSlice(evidence, {
      canary: values(10, canary),
      stable: values(stable > 0 ? 90 : 0, stable),
    });
  }
  return evidence;
}

const longer: Omit<MeanQuestion, 'evidence'> = {
  better: 'lower',
  rollBack: { timesStable: 2 },
  advance: { timesStable: 1.3 },
  leastCount: 50,
  confidence: 0.99,
  alpha: 0.001,
  stableHasTraffic: true,
  say: Math.round,
  saidIn: 'tokens',
};

const higher: Omit<MeanQuestion, 'evidence'> = {
  ...longer,
  better: 'higher',
  rollBack: { timesStable: 0.5 },
  advance: { timesStable: 0.8 },
};

describe('a mean whose scatter is known', () => {
  it.each<[string, Omit<MeanQuestion, 'evidence'>, MeanEvidence, string]>([
    ['as long', longer, evidenceOf(300, 300, 60), 'pass'],
    ['shorter', longer, evidenceOf(100, 300, 60), 'pass'],
    ['three times as long', longer, evidenceOf(900, 300, 60), 'breach'],
    ['between its bounds', longer, evidenceOf(480, 300, 60), 'hold'],
    ['as long, of too few values', longer, evidenceOf(300, 300, 4), 'hold'],
    [
      'five times as long, of few values',
      longer,
      evidenceOf(1500, 300, 9),
      'hold',
    ],
    ['as high', higher, evidenceOf(300, 300, 60), 'pass'],
    ['a tenth', higher, evidenceOf(30, 300, 60), 'breach'],
    [
      'beyond the multiple and not the bound',
      { ...longer, rollBack: { timesStable: 2, bound: 5000 } },
      evidenceOf(900, 300, 60),
      'hold',
    ],
    [
      'beyond the bound by itself',
      { ...longer, rollBack: { bound: 500 }, advance: { bound: 400 } },
      evidenceOf(900, 300, 60),
      'breach',
    ],
    [
      'within the bound by itself',
      { ...longer, rollBack: { bound: 500 }, advance: { bound: 400 } },
      evidenceOf(300, 900, 60),
      'pass',
    ],
  ])('is judged: %s', (_, question, evidence, outcome) => {
    const decided = decideMean({ ...question, evidence });
    expect(decided.outcome.outcome).toBe(outcome);
    expect(decided.meanTest.evidence.beyondBound >= 1).toBe(
      outcome === 'breach',
    );
  });

  it('says both means, what they stand on, and where they surely are', () => {
    const { outcome, meanTest } = decideMean({
      ...longer,
      evidence: evidenceOf(900, 300, 60),
    });
    expect(outcome.message).toMatch(
      /^\d+ tokens, the mean of 600 values, the stable version's \d+ tokens of 5,400: beyond its bound to roll back, and not by chance\.$/,
    );
    expect(meanTest.canary.interval!.low).toBeLessThan(900);
    expect(meanTest.canary.interval!.high).toBeGreaterThan(900);
    expect(meanTest.stable.interval!.high).toBeLessThan(
      meanTest.canary.interval!.low,
    );
  });

  it('says how many values a test begins with', () => {
    expect(
      decideMean({ ...longer, evidence: evidenceOf(300, 300, 8) }).outcome,
    ).toMatchObject({
      holdReason: 'between-thresholds',
      message: expect.stringContaining(
        'a test begins with 100 values of each version',
      ),
    });
  });

  it('goes on with what the stable version was like, once that gets no traffic', () => {
    const before = evidenceOf(300, 300, 20);
    const bad = { ...longer, stableHasTraffic: false };
    expect(
      decideMean({ ...bad, evidence: evidenceOf(1500, 0, 60, before) }).outcome
        .outcome,
    ).toBe('breach');
    expect(
      decideMean({ ...bad, evidence: evidenceOf(300, 0, 60, before) }).outcome
        .outcome,
    ).toBe('pass');
  });
});
