import {
  canaryPlanSchema,
  known,
  type CanaryGateResult,
} from '@ai-mesh/plugin-ai-mesh-common';
import { Chance } from '../__testUtils__/Chance';
import { seeded } from '../__testUtils__/seeded';
import { inBothLanguages } from './__testUtils__/inBothLanguages';
import { context, evidence } from './__testUtils__/measures';
import { beginCounting, takeIn, type CountedEvidence } from './CountedEvidence';
import { judge } from './judge';
import type { GateContext } from './GateFinding';

const at = new Date('2025-06-01T12:00:00Z');
const plan = canaryPlanSchema.parse({});
const quiet = { requests: 0, bad: 0 };

type Counts = { requests: number; bad: number };

const nothingYet = () =>
  beginCounting({
    until: 0,
    slices: { errorRate: [], throttled: [] },
    usual: { requests: 0, seconds: 0 },
  });

const withScrape = (
  counted: CountedEvidence,
  scrape: number,
  errorRate: { canary: Counts; stable: Counts },
) =>
  takeIn(
    counted,
    {
      from: 15 * scrape,
      to: 15 * scrape + 15,
      shares: { errorRate, throttled: { canary: quiet, stable: quiet } },
      lost: 0,
      born: 0,
      returned: 0,
    },
    { plan, usualLostShare: undefined, scrapeSeconds: 15, at },
  );

function errorRateOf(
  counted: CountedEvidence,
  more: Partial<Pick<GateContext, 'passesHalf'>> = {},
): CanaryGateResult {
  const { gates } = judge(
    context(evidence(), { counted: known(counted), ...more }),
    undefined,
    {},
    at,
  );
  return inBothLanguages(gates.find(({ gate }) => gate === 'error-rate')!);
}

/** After how many requests of the canary, 50 a scrape of 1,000, the gate lets it advance or breaks; and what it said before. */
function answerOf(
  percent: { stable: number; canary: number },
  seed: number,
): { requests: number; outcome: string; foretold: number[] } {
  const chance = new Chance(seeded(seed));
  const foretold: number[] = [];
  let counted = nothingYet();
  for (let scrape = 0; scrape < 1000; scrape++) {
    counted = withScrape(counted, scrape, {
      canary: { requests: 50, bad: chance.binomial(50, percent.canary / 100) },
      stable: {
        requests: 950,
        bad: chance.binomial(950, percent.stable / 100),
      },
    });
    const { outcome, test } = errorRateOf(counted);
    if (outcome !== 'hold') {
      return { requests: 50 * (scrape + 1), outcome, foretold };
    }
    foretold.push(test!.requestsToDecision ?? NaN);
  }
  return { requests: Infinity, outcome: 'hold', foretold };
}

describe('a slow drip', () => {
  it.each([
    { stable: 2, canary: 2 },
    { stable: 3, canary: 3.5 },
    // Worse by the very margin, and a little more: what is hardest to tell.
    { stable: 3, canary: 4 },
    { stable: 3.7, canary: 4.8 },
    { stable: 0.2, canary: 1.2 },
    { stable: 0.2, canary: 2 },
  ])(
    'of $canary% beside $stable% has its answer within 8,000 requests, whoever is lucky',
    percent => {
      for (let seed = 1; seed <= 12; seed++) {
        const { requests, foretold } = answerOf(percent, seed);
        expect(requests).toBeLessThanOrEqual(8000);
        // The screen can say all the while about how many are left.
        expect(foretold).not.toContain(NaN);
      }
    },
  );

  const many = (stablePercent: number, canaryPercent: number, times = 1) => {
    const slice = (requests: number, percent: number): Counts => ({
      requests,
      bad: (requests * percent) / 100,
    });
    let counted = nothingYet();
    for (let scrape = 0; scrape < 10; scrape++) {
      counted = withScrape(counted, scrape, {
        canary: slice(100 * times, canaryPercent),
        stable: slice(1900 * times, stablePercent),
      });
    }
    return counted;
  };

  it.each<[string, CountedEvidence, boolean, string, RegExp]>([
    [
      'worse, and by more than the margin',
      many(0.2, 3),
      false,
      'breach',
      /worse than the stable version by more than 1 percentage point, and not by chance/,
    ],
    [
      'worse by more than the margin before half, however low it is',
      many(0.01, 0.9, 20),
      true,
      'hold',
      /before it gets more than half/,
    ],
    [
      'known to be worse, but by less than the margin',
      many(2.5, 3.3, 10),
      false,
      'pass',
      /^3\.3% of 10,000 requests failed/,
    ],
    [
      'the same before half, which has to be earned',
      many(2.5, 3.3, 10),
      true,
      'hold',
      /before it gets more than half, it has to be known that it is not worse by more than 1 percentage point/,
    ],
    [
      'by more than the margin, and perhaps by chance',
      many(3, 4.4),
      false,
      'hold',
      /not known to be as good as the stable version.*takes about [\d,]{3,5} more requests/,
    ],
  ])('that is %s', (_, counted, passesHalf, outcome, message) => {
    const found = errorRateOf(counted, { passesHalf });
    expect(found).toMatchObject({
      outcome,
      message: expect.stringMatching(message),
    });
  });
});
