import {
  canaryPlanWeights,
  type CanaryExpectation,
} from '@ai-mesh/plugin-ai-mesh-common';
import { SETTLE_SECONDS } from '../evidence/countQueries';
import { expectRun } from '../power';
import type { Chance } from './Chance';
import { fixedThreshold } from './fixedThreshold';
import {
  planOf,
  SCRAPE_SECONDS,
  simulatePromotion,
  type Ended,
  type Decider,
  type Promotion,
} from './simulatedPromotion';

/** A kind of canary at an amount of traffic. */
export interface DecisionRow {
  name: string;
  seed: number;
  requestsPerSecond: number;
  promotion: Promotion;
  /** Percent of either version's requests that fail throughout. */
  steady?: { stable: number; canary: number };
  /** A new one for each promotion. */
  judge?: () => Decider;
}

export interface DecisionResult {
  name: string;
  judge: 'own' | 'threshold';
  requestsPerSecond: number;
  runs: number;
  rolledBack: number;
  promoted: number;
  /** Paused: a person has to decide. */
  paused: number;
  unfinished: number;
  /** More than half of the traffic went to it. */
  pastHalf: number;
  /** Seconds to the end. */
  secondsP50: number;
  secondsMost: number;
  /** From the third failed request of a canary to its roll-back: of the middle one, of 99 in 100, and of the slowest. */
  afterThird?: { p50: number; p99: number; most: number };
  /** What the form says of it beforehand: see {@link foreseenOf}. */
  foreseen?: Pick<CanaryExpectation, 'outcome' | 'seconds' | 'failures'>;
  /** Failed requests of the canary until the end, of those that were rolled back; and those counted until then. */
  failedMean: number;
  seenMean: number;
}

/** Pairs of the share of requests that fail, percent: the stable version's and the canary's. */
const PAIRS: [number, number][] = [
  [0.2, 0.2],
  [1, 1],
  [2, 2],
  [3, 3],
  [4, 4],
  [0.2, 2],
  [0.2, 4.2],
  [0.2, 6],
  [0.2, 8],
  [0.2, 15],
  [0.2, 100],
];

const TRAFFIC = [5, 20, 100, 1000];

export function decisionRows(): DecisionRow[] {
  const rows = [
    ...TRAFFIC.flatMap(rate =>
      PAIRS.map(([stable, canary]) => ({
        ...row(`${stable}/${canary}`, rate, {
          requestsPerSecond: () => rate,
          failures: {
            stable: () => stable / 100,
            canary: () => canary / 100,
          },
        }),
        steady: { stable, canary },
      })),
    ),
    ...TRAFFIC.flatMap(uneven),
  ];
  // What is lost and gained against a threshold.
  return [...rows, ...rows.map(one => ({ ...one, judge: fixedThreshold }))];
}

/** Traffic and failures that are no independent coins. */
function uneven(rate: number): DecisionRow[] {
  const steady = () => rate;
  const ill = (at: number) => (at > 600 && at < 900 ? 0.5 : 0.002);
  // Two hours stand for a day.
  const swing = (at: number) => 1 + 0.8 * Math.sin((at / 7200) * 2 * Math.PI);
  return [
    row('both ill for 5 min', rate, {
      requestsPerSecond: steady,
      failures: { stable: ill, canary: ill },
    }),
    row('bursts of traffic, 2/2', rate, {
      requestsPerSecond: at => (at % 60 < 6 ? 5.5 * rate : 0.5 * rate),
      failures: { stable: () => 0.02, canary: () => 0.02 },
    }),
    row('swinging by day', rate, {
      requestsPerSecond: at => rate * swing(at),
      failures: {
        stable: at => 0.02 * swing(at),
        canary: at => 0.02 * swing(at),
      },
    }),
    row('clumps of 10, 2/2', rate, {
      requestsPerSecond: steady,
      failures: { stable: () => 0.02, canary: () => 0.02, clump: 10 },
    }),
    row('clumps of 10, 0.2/15', rate, {
      requestsPerSecond: steady,
      failures: { stable: () => 0.002, canary: () => 0.15, clump: 10 },
    }),
  ];
}

/** Whose decisions a row tells. */
export function judgeOf({
  judge,
}: Pick<DecisionRow, 'judge'>): DecisionResult['judge'] {
  return judge ? 'threshold' : 'own';
}

function row(
  name: string,
  requestsPerSecond: number,
  promotion: Promotion,
): DecisionRow {
  return { name, seed: 20260101, requestsPerSecond, promotion };
}

export function runRow(
  kind: DecisionRow,
  runs: number,
  chance: Chance,
): DecisionResult {
  const { name, requestsPerSecond, promotion, judge } = kind;
  const ends = Array.from({ length: runs }, () =>
    simulatePromotion(promotion, chance, judge?.()),
  );
  const count = (is: (end: Ended) => boolean) => ends.filter(is).length;
  const back = ends.filter(({ state }) => isBack(state));
  const seconds = ends.map(end => end.seconds).sort((a, b) => a - b);
  return {
    name,
    judge: judgeOf(kind),
    requestsPerSecond,
    runs,
    rolledBack: back.length,
    promoted: count(({ state }) => state === 'promoted'),
    paused: count(({ state }) => state === 'paused'),
    unfinished: count(({ state }) => state === 'unfinished'),
    pastHalf: count(({ mostPercent }) => mostPercent > 50),
    secondsP50: seconds[Math.floor(runs / 2)],
    secondsMost: seconds[runs - 1],
    ...afterThird(back),
    failedMean: mean(back.map(({ canary }) => canary.bad)),
    seenMean: mean(back.map(({ failuresSeen }) => failuresSeen)),
  };
}

/** Of a canary that neither changes nor is judged by a threshold. */
export async function foreseenOf({
  steady,
  judge,
  requestsPerSecond,
  promotion,
}: DecisionRow): Promise<Pick<DecisionResult, 'foreseen'>> {
  if (!steady || judge) {
    return {};
  }
  const plan = planOf(promotion);
  const seconds = 1800;
  const requests = requestsPerSecond * seconds;
  const { outcome, ...rest } = await expectRun(
    {
      plan,
      steps: canaryPlanWeights(plan),
      both: 100,
      present: 0,
      requestsPerSecond,
      before: {
        until: 0,
        usual: { requests, seconds },
        slices: {
          errorRate: [{ requests, bad: (requests * steady.stable) / 100 }],
          throttled: [],
        },
      },
      scrapeSeconds: SCRAPE_SECONDS,
      lagSeconds: SETTLE_SECONDS + SCRAPE_SECONDS / 2,
    },
    steady.canary / 100,
  );
  return {
    foreseen: {
      outcome,
      seconds: Math.round(rest.seconds),
      failures: rest.failures,
    },
  };
}

function afterThird(back: Ended[]): Pick<DecisionResult, 'afterThird'> {
  const seconds = back
    .flatMap(({ secondsAfterThird }) => secondsAfterThird ?? [])
    .sort((a, b) => a - b);
  const at = (part: number) =>
    seconds[Math.max(0, Math.ceil(part * seconds.length) - 1)];
  return seconds.length === 0
    ? {}
    : { afterThird: { p50: at(0.5), p99: at(0.99), most: at(1) } };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
}

function isBack(state: Ended['state']): boolean {
  return state === 'rollingBack' || state === 'rolledBack';
}
