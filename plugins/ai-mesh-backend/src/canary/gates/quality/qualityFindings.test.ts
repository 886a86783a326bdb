import {
  chinese,
  inLanguage,
  wording,
  canaryPlanSchema,
  known,
  unknown,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import { context, evidence } from '../__testUtils__/measures';
import { inBothLanguages } from '../__testUtils__/inBothLanguages';
import { verbatim } from '../../../worded';
import { judge, judgeYoung } from '../judge';
import {
  beginQuality,
  qualityFromNewWeights,
  takeInQuality,
  type EventSlice,
  type QualityMeasures,
  type QualityNumber,
} from './QualityEvidence';
import type { NumberGate, QualityGate, ShareGate } from './QualityGate';

const at = new Date('2025-06-01T12:00:00Z');
const none: QualityMeasures = { shares: {}, numbers: {}, promql: {} };

const thumbsDown: ShareGate = {
  name: 'thumbs-down',
  title: { en: 'Thumbs down', zh: '差评率' },
  use: 'default',
  ifMissing: 'hold',
  kind: 'share',
  all: { series: [] },
  bad: { series: [] },
  bounds: { rollBackAbove: 0.3, advanceBelow: 0.2, nonInferiorityMargin: 0.05 },
  leastCount: 20,
  key: 'k',
};

const score: NumberGate = {
  name: 'score',
  title: { en: 'Score' },
  use: 'default',
  ifMissing: 'hold',
  kind: 'value',
  query: { pieces: [], ofPods: true },
  unit: 'number',
  better: 'higher',
  rollBack: { bound: 0.6, timesStable: 0.9 },
  advance: { timesStable: 0.97 },
  range: { from: 0, to: 1 },
};

function slice(canary: [number, number], stable: [number, number]) {
  const tally = ([requests, bad]: [number, number]) => ({ requests, bad });
  return known<EventSlice>({
    canary: tally(canary),
    stable: tally(stable),
    born: 0,
    returned: 0,
  });
}

/** A run in which each look found the same. */
function learnt(
  found: Measured<EventSlice>,
  looks = 1,
  gate: ShareGate = thumbsDown,
) {
  let quality = beginQuality(0);
  for (let number = 0; number < looks; number++) {
    quality = takeInQuality(
      quality,
      {
        ...none,
        shares: { [gate.name]: found },
        span: { from: number * 15, to: (number + 1) * 15 },
      },
      [gate],
      { scrapeSeconds: 15, stableHasTraffic: true, at },
    );
  }
  return quality;
}

function look(
  gate: QualityGate,
  {
    quality = beginQuality(0),
    measures = none,
    passesHalf = false,
    stableHasTraffic = true,
    missing = [] as string[],
  } = {},
) {
  const of = context(evidence(), {
    passesHalf,
    stableHasTraffic,
    quality: {
      gates: missing.length > 0 ? [] : [gate],
      missing,
      measures,
      evidence: known(quality),
      judged: [],
    },
  });
  const { verdict, ...check } = judge(of, undefined, {}, at);
  check.gates.forEach(inBothLanguages);
  return {
    check: { ...check, verdict: inBothLanguages(verdict) },
    young: judgeYoung(of, {}, at, verbatim('too young')),
    result: check.gates.find(({ gate: name }) => name === gate.name),
  };
}

describe('a share of events', () => {
  it('rolls back where the canary is beyond its bound and worse than the stable version, also while it is young', () => {
    const quality = learnt(slice([20, 12], [180, 36]), 5);
    const { check, result, young } = look(thumbsDown, { quality });
    expect(check.verdict).toEqual({
      outcome: 'breach',
      message:
        "Thumbs down: 60% of 100 events were bad, of the stable version's 900 it was 20%: more than 30%, and not by chance.",
    });
    expect(result).toMatchObject({
      title: { en: 'Thumbs down', zh: '差评率' },
      canary: { value: known(0.6), requests: known(100) },
      stable: { value: known(0.2), requests: known(900) },
      bounds: {
        rollBackWhen: "above 30%, and more than the stable version's",
      },
    });
    expect(young.verdict.outcome).toBe('breach');
  });

  it('holds where the stable version is as bad: the service is ill', () => {
    const quality = learnt(slice([20, 12], [180, 108]), 5);
    expect(look(thumbsDown, { quality }).check.verdict).toMatchObject({
      outcome: 'hold',
      reason: 'service-ill',
    });
  });

  it('passes where it is known to be below its bound', () => {
    const quality = learnt(slice([60, 6], [180, 18]), 5);
    expect(look(thumbsDown, { quality }).check.verdict.outcome).toBe('pass');
  });

  it('holds before it has events enough', () => {
    const quality = learnt(slice([3, 0], [180, 18]), 5);
    expect(look(thumbsDown, { quality }).check.verdict).toEqual({
      outcome: 'hold',
      reason: 'insufficient-traffic',
      message:
        'Thumbs down: The canary had 15 events of the 20 that an advance needs.',
    });
  });

  it('begins anew with new weights for an advance, and not for a roll-back', () => {
    const quality = qualityFromNewWeights(
      learnt(slice([20, 12], [180, 36]), 5),
    );
    expect(look(thumbsDown, { quality }).check.verdict.outcome).toBe('breach');
    const good = qualityFromNewWeights(learnt(slice([60, 6], [180, 18]), 5));
    expect(look(thumbsDown, { quality: good }).check.verdict).toMatchObject({
      outcome: 'hold',
      reason: 'insufficient-traffic',
    });
  });

  it('forgets what other queries counted', () => {
    const quality = takeInQuality(
      learnt(slice([20, 12], [180, 36]), 5),
      {
        ...none,
        shares: { 'thumbs-down': slice([20, 1], [180, 9]) },
        span: { from: 75, to: 90 },
      },
      [{ ...thumbsDown, key: 'other' }],
      { scrapeSeconds: 15, stableHasTraffic: true, at },
    );
    expect(quality.shares['thumbs-down'].evidence.step.canary).toEqual({
      requests: 20,
      bad: 1,
    });
  });

  it('counts no moment twice', () => {
    const before = learnt(slice([20, 2], [180, 18]), 5);
    const again = takeInQuality(
      before,
      {
        ...none,
        shares: { 'thumbs-down': slice([20, 20], [180, 18]) },
        span: { from: 60, to: 75 },
      },
      [thumbsDown],
      { scrapeSeconds: 15, stableHasTraffic: true, at },
    );
    expect(again).toEqual(before);
  });

  it.each([
    ['hold', 'hold'],
    ['not-applicable', 'not-applicable'],
  ] as const)('says %s where there are no series', (ifMissing, outcome) => {
    const gate = { ...thumbsDown, ifMissing };
    const metrics = 'ai_feedback_total';
    const why = unknown('not-exported', [
      wording('figure.noSeriesOf', { metrics }),
    ]);
    const { result } = look(gate, {
      measures: { ...none, shares: { 'thumbs-down': why } },
    });
    expect(result).toMatchObject({ outcome });
    expect(inLanguage(result!.words!, chinese)).toContain(
      `没有 ${metrics} 的序列。`,
    );
  });

  it('holds where Prometheus does not answer, also if it is built in', () => {
    const { check } = look(
      { ...thumbsDown, ifMissing: 'not-applicable' },
      {
        measures: {
          ...none,
          shares: { 'thumbs-down': unknown('source-unreachable', 'Away.') },
        },
      },
    );
    expect(check.verdict).toMatchObject({
      outcome: 'hold',
      reason: 'source-unreachable',
    });
  });

  it('takes a part of the error of all gates with a test, and leaves the rest to the others', () => {
    const plan = canaryPlanSchema.parse({});
    const quality = learnt(slice([5, 3], [45, 9]), 1);
    const one = context(evidence({ errorRatio: 0.2 }), { plan });
    const two = {
      ...one,
      quality: {
        gates: [thumbsDown],
        missing: [],
        measures: none,
        evidence: known(quality),
        judged: [],
      },
    };
    const evidenceOf = (of: typeof one) =>
      judge(of, undefined, {}, at).gates[0].test!.evidence.beyondBound;
    expect(evidenceOf(two)).toBeLessThan(evidenceOf(one));
  });
});

describe('a number', () => {
  const measured = (canary: number, stable: number, count?: number) => ({
    measures: {
      ...none,
      numbers: {
        score: {
          canary: known<QualityNumber>({ value: canary, count }),
          stable: known<QualityNumber>({ value: stable, count }),
        },
      },
    },
  });

  it.each([
    ['as good', 0.8, 0.8, 'pass'],
    ['a little worse', 0.75, 0.8, 'hold'],
    ['much worse than stable, and not below the bound', 0.65, 0.8, 'hold'],
    ['below both', 0.5, 0.8, 'breach'],
    ['below the bound, as the stable version is', 0.5, 0.5, 'pass'],
  ])('judges what is %s', (_, canary, stable, outcome) => {
    expect(look(score, measured(canary, stable)).result).toMatchObject({
      outcome,
    });
  });

  const number = known<QualityNumber>({ value: 0.8 });
  const away = unknown('source-unreachable', 'Away.');
  const absent = unknown('not-exported', 'No series.');

  it.each([
    ["the canary's", away, number, 'hold', 'source-unreachable'],
    ["the stable version's", number, away, 'hold', 'source-unreachable'],
    ['both', absent, absent, 'hold', 'no-data'],
    ["the canary's alone, if built in", absent, number, 'hold', 'no-data'],
    [
      "the stable version's alone, if built in",
      number,
      absent,
      'hold',
      'no-data',
    ],
    ['both, if built in', absent, absent, 'not-applicable', undefined],
    [
      'both for another cause, if built in',
      away,
      away,
      'hold',
      'source-unreachable',
    ],
  ] as const)(
    'is never passed where it is not known: %s',
    (which, canary, stable, outcome, holdReason) => {
      const gate: NumberGate = which.endsWith('if built in')
        ? { ...score, ifMissing: 'not-applicable' }
        : score;
      const { result } = look(gate, {
        measures: { ...none, numbers: { score: { canary, stable } } },
      });
      expect(result?.outcome).toBe(outcome);
      expect(result?.holdReason).toBe(holdReason);
    },
  );

  it('holds a value that cannot be', () => {
    expect(look(score, measured(1.7, 0.8)).result).toMatchObject({
      outcome: 'hold',
      holdReason: 'no-data',
      message: expect.stringContaining(
        "The canary's value of 1.7 is outside of what it can be (0 to 1)",
      ),
    });
  });

  it('holds a mean that stands on too little', () => {
    const mean: QualityGate = {
      ...score,
      kind: 'mean',
      sum: { series: [] },
      count: { series: [] },
      leastCount: 20,
      key: 'k',
    };
    expect(look(mean, measured(0.8, 0.8, 12)).result).toMatchObject({
      outcome: 'hold',
      holdReason: 'insufficient-traffic',
      message: "The canary's mean stands on 12 values of the 20 that it needs.",
    });
    expect(look(mean, measured(0.8, 0.8, 20)).result).toMatchObject({
      outcome: 'pass',
    });
  });

  it('holds a mean that cannot be, whatever its test says', () => {
    const mean: QualityGate = {
      ...score,
      kind: 'mean',
      sum: { series: [] },
      count: { series: [] },
      squares: { series: [] },
      leastCount: 20,
      key: 'k',
    };
    const values = { count: 1000, sum: 1700, squares: 3000 };
    const measures = {
      ...measured(1.7, 1.7, 1000).measures,
      span: { from: 0, to: 15 },
      means: {
        score: { canary: values, stable: values, born: 0, returned: 0 },
      },
    };
    const quality = takeInQuality(beginQuality(0), measures, [mean], {
      scrapeSeconds: 15,
      stableHasTraffic: true,
      at,
    });
    expect(look(mean, { quality, measures }).result).toMatchObject({
      judgedBy: 'test',
      meanTest: expect.anything(),
      outcome: 'hold',
      holdReason: 'no-data',
      message: expect.stringContaining(
        "The canary's value of 1.7 is outside of what it can be (0 to 1)",
      ),
    });
  });

  it('compares with what the stable version was like once that gets no traffic', () => {
    const quality = takeInQuality(
      beginQuality(0),
      measured(0.8, 0.8).measures,
      [score],
      { scrapeSeconds: 15, stableHasTraffic: true, at },
    );
    const now = {
      canary: known<QualityNumber>({ value: 0.5 }),
      stable: unknown('not-exported'),
    };
    const { result } = look(score, {
      quality,
      stableHasTraffic: false,
      measures: { ...none, numbers: { score: now } },
    });
    expect(result).toMatchObject({
      outcome: 'breach',
      stable: { value: known(0.8), earlierAt: at.toISOString() },
      bounds: { rollBack: known(0.6) },
    });
  });

  it('says nothing while the weights are young', () => {
    const { young } = look(score, measured(0.1, 0.8));
    expect(young.gates.map(({ gate }) => gate)).not.toContain('score');
  });
});

it('holds a canary whose gate the configuration does not have any more, and says so', () => {
  const { check } = look(thumbsDown, { missing: ['thumbs-down'] });
  expect(check.verdict).toMatchObject({
    outcome: 'hold',
    reason: 'no-data',
    message: expect.stringContaining(
      "thumbs-down: The portal has no gate 'thumbs-down' any more",
    ),
  });
});
