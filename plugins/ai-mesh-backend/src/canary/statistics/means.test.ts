import fc from 'fast-check';
import { seeded } from '../__testUtils__/seeded';
import {
  addMeanSlice,
  beginMean,
  beginMeanStep,
  meanAbove,
  meanBelow,
  meanDispersion,
  timesStable,
  type MeanEvidence,
} from './MeanEvidence';
import { LEAST_VALUES, lnPositive, meanInterval } from './meanTest';
import { momentsOfBuckets, NO_VALUES, type Moments } from './Moments';

/** As OpenTelemetry's conventions have them for tokens, and for scores. */
const TOKENS = [1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, Infinity];
const SCORES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, Infinity];

type Draw = (random: () => number) => number;

function normal(random: () => number): number {
  return (
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  );
}

/** Mostly short and now and then very long, with the mean 1. */
const lognormal =
  (sigma: number): Draw =>
  random =>
    Math.exp(sigma * normal(random) - sigma ** 2 / 2);
const score: Draw = random => (random() < 0.3 ? random() : 0.9);

/** By the buckets, or to the last digit where there are none. */
function momentsOf(values: number[], bounds: number[]): Moments {
  const sum = values.reduce((all, value) => all + value, 0);
  if (bounds.length === 0) {
    const squares = values.reduce((all, value) => all + value ** 2, 0);
    return { count: values.length, sum, squares };
  }
  const counts = bounds.map(() => 0);
  for (const value of values) {
    counts[bounds.findIndex(bound => value <= bound)]++;
  }
  let below = 0;
  return momentsOfBuckets(
    new Map(bounds.map((bound, i) => [bound, (below += counts[i])])),
    sum,
  )!;
}

interface Traffic {
  canary: number;
  stable: number;
  draw: Draw;
  /** What all values of a version are multiplied with. */
  times: { canary: number; stable: number };
  bounds: number[];
  /** What the values of both versions have in common in a slice. */
  common?: Draw;
}

/** One run, looked at after every slice; the number of values of the canary when it was first said, or undefined. */
function runUntil(
  random: () => number,
  traffic: Traffic,
  slices: number,
  said: (evidence: MeanEvidence) => boolean,
): number | undefined {
  let evidence = beginMean();
  for (let i = 0; i < slices; i++) {
    const common = traffic.common?.(random) ?? 1;
    const values = (version: 'canary' | 'stable') =>
      momentsOf(
        Array.from(
          { length: traffic[version] },
          () => traffic.draw(random) * traffic.times[version] * common,
        ),
        traffic.bounds,
      );
    if (i > 0 && i % 20 === 0) {
      evidence = beginMeanStep(evidence);
    }
    evidence = addMeanSlice(evidence, {
      canary: values('canary'),
      stable: values('stable'),
    });
    if (said(evidence)) {
      return evidence.spans[0].canary.count;
    }
  }
  return undefined;
}

/** A look as long as one wants: `MEANS_RUNS=5000`. */
const RUNS = Number(process.env.MEANS_RUNS ?? 20);

function countRuns(
  traffic: Traffic,
  slices: number,
  said: (evidence: MeanEvidence) => boolean,
): number[] {
  const random = seeded(11);
  return Array.from({ length: RUNS }, () =>
    runUntil(random, traffic, slices, said),
  ).filter(count => count !== undefined);
}

const AT_ALPHA = Math.log(100);

describe('moments of a histogram', () => {
  it('never understate the squares, and keep the sum and the count', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 200_000, noNaN: true }), {
          minLength: 1,
          maxLength: 50,
        }),
        values => {
          const found = momentsOf(values, TOKENS);
          const sum = values.reduce((all, value) => all + value, 0);
          const squares = values.reduce((all, value) => all + value ** 2, 0);
          expect(found.count).toBe(values.length);
          expect(found.sum).toBeCloseTo(sum, 3);
          expect(found.squares).toBeGreaterThanOrEqual(
            squares * (1 - 1e-9) - 1e-6,
          );
        },
      ),
    );
  });

  it.each([
    ['counts that fall from bucket to bucket', [5, 3], 10],
    ['a sum below 0', [2, 3], -1],
    ['a sum that is no number', [2, 3], NaN],
  ])('are not known of %s', (_, [low, all], sum) => {
    const upTo = new Map([
      [1, low],
      [Infinity, all],
    ]);
    expect(momentsOfBuckets(upTo, sum)).toBeUndefined();
  });

  it('are not known where values may be below 0, or the bucket of all is missing', () => {
    expect(momentsOfBuckets(new Map([[1, 2]]), 1)).toBeUndefined();
    expect(
      momentsOfBuckets(
        new Map([
          [-1, 1],
          [Infinity, 2],
        ]),
        1,
      ),
    ).toBeUndefined();
  });
});

describe('a mean against the bound to roll back', () => {
  const even = { canary: 5, stable: 45, bounds: TOKENS };

  it.each<[string, Traffic, number]>([
    [
      'answers of quite different lengths, twice as long',
      {
        ...even,
        draw: lognormal(1),
        times: { canary: 600, stable: 300 },
      },
      2,
    ],
    [
      'answers with a heavy tail, twice as long',
      {
        ...even,
        draw: lognormal(1.5),
        times: { canary: 600, stable: 300 },
      },
      2,
    ],
    [
      'waits that are long together, twice as long',
      {
        ...even,
        draw: lognormal(0.7),
        times: { canary: 600, stable: 300 },
        common: lognormal(0.3),
      },
      2,
    ],
    [
      'values whose squares are summed, twice as long',
      {
        ...even,
        bounds: [],
        draw: lognormal(1),
        times: { canary: 600, stable: 300 },
      },
      2,
    ],
    [
      'as many values of the canary as of the stable version',
      {
        ...even,
        canary: 25,
        stable: 25,
        draw: lognormal(1),
        times: { canary: 600, stable: 300 },
      },
      2,
    ],
  ])(
    'errs in hardly any run, however often one looks: %s',
    (_, traffic, times) => {
      const wrong = countRuns(
        traffic,
        60,
        evidence => meanAbove(evidence, { timesStable: times }) >= AT_ALPHA,
      );
      if (process.env.MEANS_RUNS) {
        process.stdout.write(`${_}: ${wrong.length} of ${RUNS}\n`);
      }
      // As many as are allowed, and three standard errors more.
      expect(wrong.length / RUNS).toBeLessThanOrEqual(
        0.01 + 3 * Math.sqrt(0.01 / RUNS),
      );
    },
  );

  it('errs in hardly any run about a score that falls to nine tenths', () => {
    const wrong = countRuns(
      {
        canary: 5,
        stable: 45,
        draw: score,
        times: { canary: 0.9, stable: 1 },
        bounds: SCORES,
      },
      100,
      evidence => meanBelow(evidence, { timesStable: 0.9 }) >= AT_ALPHA,
    );
    if (process.env.MEANS_RUNS) {
      process.stdout.write(`score: ${wrong.length} of ${RUNS}\n`);
    }
    expect(wrong.length / RUNS).toBeLessThanOrEqual(
      0.01 + 3 * Math.sqrt(0.01 / RUNS),
    );
  });

  it.each<[string, Traffic, number]>([
    [
      'three times as long',
      { ...even, draw: lognormal(1), times: { canary: 900, stable: 300 } },
      500,
    ],
    [
      'five times as long',
      { ...even, draw: lognormal(1), times: { canary: 1500, stable: 300 } },
      200,
    ],
  ])('notices answers that are %s', (_, traffic, most) => {
    const counts = countRuns(
      traffic,
      200,
      evidence => meanAbove(evidence, { timesStable: 2 }) >= AT_ALPHA,
    ).sort((a, b) => a - b);
    if (process.env.MEANS_RUNS) {
      process.stdout.write(
        `${_}: ${counts.length}, median ${counts[counts.length >> 1]}\n`,
      );
    }
    expect(counts.length).toBe(RUNS);
    expect(counts[counts.length >> 1]).toBeLessThanOrEqual(most);
  });

  it('notices a score of 0.5 beside 0.78, and knows one that is as good', () => {
    const scores = { canary: 5, stable: 45, draw: score, bounds: SCORES };
    const bad = countRuns(
      { ...scores, times: { canary: 0.64, stable: 1 } },
      200,
      evidence => meanBelow(evidence, { timesStable: 0.9 }) >= AT_ALPHA,
    );
    const good = countRuns(
      { ...scores, times: { canary: 1, stable: 1 } },
      400,
      evidence => meanAbove(evidence, { timesStable: 0.9 }) >= AT_ALPHA,
    );
    if (process.env.MEANS_RUNS) {
      for (const counts of [bad, good]) {
        counts.sort((a, b) => a - b);
        process.stdout.write(
          `score: ${counts.length}, median ${counts[counts.length >> 1]}\n`,
        );
      }
    }
    expect(bad.length).toBe(RUNS);
    expect(good.length).toBe(RUNS);
  });

  it('says nothing of a version with fewer values than an asymptotic test begins with', () => {
    const values = (count: number, mean: number): Moments => ({
      count,
      sum: count * mean,
      squares: count * mean ** 2 * 2,
    });
    const after = (canary: number) =>
      addMeanSlice(beginMean(), {
        canary: values(canary, 900),
        stable: values(5000, 100),
      });
    const bound = { timesStable: 2 };
    expect(meanAbove(after(LEAST_VALUES - 1), bound)).toBe(-Infinity);
    expect(meanAbove(after(LEAST_VALUES), bound)).toBeGreaterThan(AT_ALPHA);
    expect(meanAbove(after(LEAST_VALUES - 1), { bound: 200 })).toBe(-Infinity);
    expect(meanAbove(after(LEAST_VALUES), { bound: 200 })).toBeGreaterThan(
      AT_ALPHA,
    );
  });

  it('takes no change of both together for a difference', () => {
    // The canary gets most of its traffic while both are slow.
    const slice = (canary: number, stable: number, mean: number) => ({
      canary: {
        count: canary,
        sum: canary * mean,
        squares: canary * mean ** 2 * 1.5,
      },
      stable: {
        count: stable,
        sum: stable * mean,
        squares: stable * mean ** 2 * 1.5,
      },
    });
    let evidence = beginMean();
    for (let i = 0; i < 50; i++) {
      evidence = addMeanSlice(evidence, slice(5, 95, 100));
      evidence = addMeanSlice(evidence, slice(50, 50, 900));
    }
    expect(timesStable(evidence)).toBeCloseTo(1);
    expect(meanAbove(evidence, { timesStable: 1.3 })).toBeLessThan(0);
  });

  it('asks for more where the stable version scatters from slice to slice', () => {
    const slice = (mean: number) => ({
      canary: NO_VALUES,
      stable: { count: 100, sum: 100 * mean, squares: 100 * mean ** 2 * 1.1 },
    });
    const after = (means: number[]) =>
      means.reduce((all, mean) => addMeanSlice(all, slice(mean)), beginMean());
    expect(meanDispersion(after(Array(40).fill(100)))).toBe(1);
    expect(
      meanDispersion(
        after(
          Array(40)
            .fill(0)
            .map((_, i) => 100 + (i % 2) * 200),
        ),
      ),
    ).toBeGreaterThan(10);
  });

  it('keeps the evidence of a run over a change of the weights, and begins the step anew', () => {
    const slice = {
      canary: { count: 50, sum: 100, squares: 400 },
      stable: { count: 500, sum: 1000, squares: 4000 },
    };
    const before = addMeanSlice(beginMean(), slice);
    const after = addMeanSlice(beginMeanStep(before), slice, {
      crossing: true,
    });
    expect(after.spans[0].canary.count).toBe(100);
    expect(after.step).toEqual({ canary: NO_VALUES, stable: NO_VALUES });
    expect(JSON.parse(JSON.stringify(after))).toEqual(after);
  });
});

describe('an interval of a mean', () => {
  const meanOf = fc.double({ min: 0.1, max: 1000, noNaN: true });
  const scattered = (count: number, mean: number) => ({
    count,
    sum: count * mean,
    squares: count * mean ** 2 * 2,
  });

  it('is not there below the least number of values', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: LEAST_VALUES - 1 }),
        meanOf,
        (count, mean) => {
          expect(meanInterval(scattered(count, mean), 0.01)).toBeUndefined();
        },
      ),
    );
  });

  it('contains the estimate from there on, and widens with scatter', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: LEAST_VALUES, max: 100_000 }),
        meanOf,
        (count, mean) => {
          const one = meanInterval(scattered(count, mean), 0.01)!;
          const wide = meanInterval(scattered(count, mean), 0.01, 4)!;
          expect(one.low).toBeLessThan(mean);
          expect(one.high).toBeGreaterThan(mean);
          expect(wide.high).toBeGreaterThan(one.high);
        },
      ),
    );
  });

  it('is where the test of one side ends, but for the side that it leaves', () => {
    expect(lnPositive(0, 100)).toBeLessThan(0);
    expect(lnPositive(5, 100)).toBeGreaterThan(lnPositive(4, 100));
    expect(lnPositive(-30, 100)).toBeLessThan(-1);
    expect(Number.isFinite(lnPositive(-1e4, 1e6))).toBe(true);
  });
});
