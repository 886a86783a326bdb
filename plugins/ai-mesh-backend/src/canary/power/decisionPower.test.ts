import {
  canaryPlanSchema,
  canaryPlanWeights,
  known,
} from '@ai-mesh/plugin-ai-mesh-common';
import * as fc from 'fast-check';
import type { z } from 'zod';
import { StallProbe } from '../../__testUtils__/StallProbe';
import { Chance } from '../__testUtils__/Chance';
import { seeded } from '../__testUtils__/seeded';
import { simulatePromotion } from '../__testUtils__/simulatedPromotion';
import { gatesOfEveryKind } from '../__testUtils__/gatesOfEveryKind';
import type { ShareGate } from '../gates';
import { SETTLE_SECONDS } from '../evidence/countQueries';
import { decisionPower } from './decisionPower';
import { foreseenGates } from './expectEvents';
import { expectRun, type Foreseen } from './expectRun';

const SCRAPE = 15;
const LONGEST_STALL_MS = 200;

function foreseen(
  requestsPerSecond: number,
  stable: number,
  change: z.input<typeof canaryPlanSchema> = {},
  clump = 1,
): Foreseen {
  const plan = canaryPlanSchema.parse({
    ...change,
    gates: { latencyP99: { enabled: false }, ...change.gates },
  });
  const requests = requestsPerSecond * 60;
  // As many as there are at the mean, some minutes more and some fewer.
  const slices = Array.from({ length: 30 }, (_, i) => ({
    requests,
    bad: i % clump === 0 ? requests * stable * clump : 0,
  }));
  return {
    plan,
    steps: canaryPlanWeights(plan),
    both: 100,
    present: 0,
    requestsPerSecond,
    before: {
      until: 0,
      slices: { errorRate: slices, throttled: [] },
      usual: { requests: requests * 30, seconds: 1800 },
    },
    scrapeSeconds: SCRAPE,
    lagSeconds: SETTLE_SECONDS + SCRAPE / 2,
  };
}

describe('what is expected of a run', () => {
  it.each([
    // requests/s, stable %, canary %, how it ends
    [20, 0.2, 0.2, 'promoted'],
    [100, 2, 2, 'promoted'],
    [5, 0.2, 0.2, 'promoted'],
    [5, 1, 1, 'promoted'],
    [5, 2, 2, 'promoted'],
    [10, 3, 3, 'promoted'],
    [2, 0.2, 0.2, 'promoted'],
    [2, 0.2, 15, 'rolledBack'],
    [5, 0.2, 100, 'rolledBack'],
    [5, 0.2, 15, 'rolledBack'],
    [20, 0.2, 15, 'rolledBack'],
    [100, 0.2, 15, 'rolledBack'],
    [20, 0.2, 100, 'rolledBack'],
    [20, 0.2, 8, 'rolledBack'],
    [20, 0.2, 6, 'rolledBack'],
    [100, 0.2, 2.2, 'rolledBack'],
    [20, 8, 8, 'held'],
    [5, 0.2, 2, 'held'],
    [5, 4, 4, 'held'],
  ] as const)(
    'is near the middle of the simulated ones at %d/s, %d % and %d %',
    async (rate, stable, canary, outcome) => {
      const expected = await expectRun(
        foreseen(rate, stable / 100),
        canary / 100,
      );
      expect(expected.outcome).toBe(outcome);
      const chance = new Chance(seeded(3));
      const runs = Array.from({ length: 15 }, () =>
        simulatePromotion(
          {
            requestsPerSecond: () => rate,
            failures: {
              stable: () => stable / 100,
              canary: () => canary / 100,
            },
          },
          chance,
        ),
      ).sort((a, b) => a.seconds - b.seconds);
      const middle = runs[7];
      expect(middle.state).toBe(
        { promoted: 'promoted', rolledBack: 'rollingBack', held: 'paused' }[
          outcome
        ],
      );
      // A check more or less, and a third of it; what is noticed by a few failures comes earlier or later by chance.
      const factor = outcome === 'rolledBack' ? 2 : 1.35;
      expect(expected.seconds).toBeGreaterThan(middle.seconds / factor - 15);
      expect(expected.seconds).toBeLessThan(middle.seconds * factor + 15);
      expect(expected.percent).toBe(middle.mostPercent);
    },
  );
});

it('takes longer where failures come in clumps', async () => {
  const seconds = async (clump: number) =>
    (await expectRun(foreseen(20, 0.01, {}, clump), 0.15)).seconds;
  expect(await seconds(10)).toBeGreaterThan(2 * (await seconds(1)));
});

it('foresees a canary that is worse by twice the margin, and an earlier half with a wider one', async () => {
  const of = async (nonInferiorityMargin: number) =>
    (await decisionPower(
      foreseen(5, 0.02, { gates: { errorRate: { nonInferiorityMargin } } }),
    ))!;
  const narrow = await of(0.01);
  const wide = await of(0.03);
  expect(narrow.worse.errorRatio).toBeCloseTo(0.04);
  expect(wide.worse.errorRatio).toBeCloseTo(0.08);
  expect(wide.noWorse.seconds).toBeLessThan(narrow.noWorse.seconds);
});

it('says after how many requests a slow drip gets its answer, and nothing where a person is asked before', async () => {
  expect((await decisionPower(foreseen(20, 0.002)))!.drip).toEqual({
    requests: expect.closeTo(943, 0),
    seconds: expect.closeTo(943 + 3 + SCRAPE / 2, 0),
    percent: 5,
  });
  expect(await decisionPower(foreseen(1, 0.002))).not.toHaveProperty('drip');
});

it('says that too little traffic never decides, within the longest hold', async () => {
  const { noWorse } = (await decisionPower(foreseen(0.05, 0)))!;
  expect(noWorse).toMatchObject({ outcome: 'held', percent: 5 });
  expect(noWorse.seconds).toBeLessThan(2 * 3600);
});

it('is foreseen in little work and holds nobody up, however long the plan', async () => {
  const plan = {
    steps: Array.from({ length: 100 }, (_, i) => i + 1),
    intervalSeconds: 86_400,
    checkSeconds: 1,
    longestHoldSeconds: 604_800,
  };
  const probe = new StallProbe().start();
  const { noWorse } = (await decisionPower(foreseen(20, 0.002, plan)))!;
  const stall = await probe.stall();
  probe.stop();
  // A hundred days by the second would be 8.6 million looks.
  expect(noWorse).toMatchObject({
    outcome: 'promoted',
    seconds: expect.closeTo(8_640_000),
  });
  expect(stall).toBeLessThan(LONGEST_STALL_MS);
});

describe('with a further gate', () => {
  const { gates } = gatesOfEveryKind();
  const votes = gates.find((gate): gate is ShareGate => gate.kind === 'share')!;
  const end = async (perSecond: number, badShare: number) => {
    const all = foreseen(20, 0.002, { qualityGates: ['votes'] });
    const { plan } = all;
    const seconds = 1800;
    const requests = perSecond * seconds;
    const further = foreseenGates(
      plan,
      gates,
      {
        span: { from: 0, to: seconds },
        shares: {
          votes: known({
            canary: { requests: 0, bad: 0 },
            stable: { requests, bad: requests * badShare },
            born: 0,
            returned: 0,
          }),
        },
      },
      100,
    );
    return expectRun({ ...all, further }, 0.002);
  };

  it('takes as long as its rarer events need', async () => {
    const { seconds, outcome } = await end(20, 0.05);
    const rare = await end(0.5, 0.05);
    const rarer = await end(0.25, 0.05);
    expect([outcome, rare.outcome, rarer.outcome]).toEqual([
      'promoted',
      'promoted',
      'promoted',
    ]);
    expect(rare.seconds).toBeGreaterThan(1.2 * seconds);
    expect(rarer.seconds).toBeGreaterThan(1.2 * rare.seconds);
    // The gate's least count, of the first step's events, was waited for.
    expect(rarer.seconds).toBeGreaterThan(votes.leastCount / (0.25 * 0.05));
  });

  it.each([
    ['there are hardly any events', 0.001, 0.05],
    ['nobody votes', 0, 0],
    ['the stable version is beyond the bound as well', 20, 0.5],
  ])('does not promote while %s', async (_, perSecond, badShare) => {
    expect((await end(perSecond, badShare)).outcome).toBe('held');
  });

  it('leaves each gate of requests less of the error, and so more to wait for', async () => {
    const failing = async (further?: Foreseen['further']) =>
      (await expectRun({ ...foreseen(20, 0.002), further }, 0.08)).seconds;
    expect(
      await failing({ gates: Array(20).fill(votes), events: [] }),
    ).toBeGreaterThan(await failing());
  });
});

it('comes to an end for every plan and traffic', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        intervalSeconds: fc.integer({ min: 5, max: 86_400 }),
        checkSeconds: fc.integer({ min: 1, max: 300 }),
        longestHoldSeconds: fc.integer({ min: 60, max: 604_800 }),
        minRequests: fc.integer({ min: 1, max: 1_000_000 }),
        confidence: fc.double({ min: 0.8, max: 0.9999, noNaN: true }),
        stepWeight: fc.integer({ min: 3, max: 100 }),
      }),
      fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (plan, rate, stable, canary) => {
        fc.pre(canaryPlanSchema.safeParse(plan).success);
        const end = await expectRun(foreseen(rate, stable, plan), canary);
        expect(end.seconds).toBeGreaterThan(0);
        expect(end.requests).toBeGreaterThanOrEqual(0);
      },
    ),
    { numRuns: 60 },
  );
});
