import type { Chance } from './Chance';
import { fixedThreshold } from './fixedThreshold';
import {
  simulatePromotion,
  type Ended,
  type Judge,
  type Promotion,
} from './simulatedPromotion';

/** A kind of canary at an amount of traffic. */
export interface DecisionRow {
  name: string;
  seed: number;
  requestsPerSecond: number;
  promotion: Promotion;
  /** A new judge for each promotion. */
  judge?: () => Judge;
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
  const rows = PAIRS.flatMap(([stable, canary]) =>
    TRAFFIC.map(rate =>
      row(`${stable}/${canary}`, rate, {
        requestsPerSecond: () => rate,
        failures: {
          stable: () => stable / 100,
          canary: () => canary / 100,
        },
      }),
    ),
  );
  const ill = (at: number) => (at > 600 && at < 900 ? 0.5 : 0.002);
  // Two hours stand for a day.
  const swing = (at: number) => Math.sin((at / 7200) * 2 * Math.PI);
  return [
    ...rows,
    // What is lost and gained against a threshold.
    ...rows
      .filter(({ requestsPerSecond }) => requestsPerSecond <= 20)
      .map(one => ({ ...one, judge: fixedThreshold })),
    row('bursts of both', 20, {
      requestsPerSecond: () => 20,
      failures: { stable: ill, canary: ill },
    }),
    row('swinging by day', 20, {
      requestsPerSecond: at => 20 * (1 + 0.8 * swing(at)),
      failures: {
        stable: at => 0.02 * (1 + 0.8 * swing(at)),
        canary: at => 0.02 * (1 + 0.8 * swing(at)),
      },
    }),
    row('clumps of 10, 2/2', 20, {
      requestsPerSecond: () => 20,
      failures: { stable: () => 0.02, canary: () => 0.02, clump: 10 },
    }),
  ];
}

function row(
  name: string,
  requestsPerSecond: number,
  promotion: Promotion,
): DecisionRow {
  return { name, seed: 20260101, requestsPerSecond, promotion };
}

export function runRow(
  { name, requestsPerSecond, promotion, judge }: DecisionRow,
  runs: number,
  chance: Chance,
): DecisionResult {
  const ends = Array.from({ length: runs }, () =>
    simulatePromotion(promotion, chance, judge?.()),
  );
  const count = (is: (end: Ended) => boolean) => ends.filter(is).length;
  const back = ends.filter(({ state }) => isBack(state));
  const seconds = ends.map(end => end.seconds).sort((a, b) => a - b);
  return {
    name,
    judge: judge ? 'threshold' : 'own',
    requestsPerSecond,
    runs,
    rolledBack: back.length,
    promoted: count(({ state }) => state === 'promoted'),
    paused: count(({ state }) => state === 'paused'),
    unfinished: count(({ state }) => state === 'unfinished'),
    pastHalf: count(({ mostPercent }) => mostPercent > 50),
    secondsP50: seconds[Math.floor(runs / 2)],
    secondsMost: seconds[runs - 1],
    failedMean: mean(back.map(({ canary }) => canary.bad)),
    seenMean: mean(back.map(({ failuresSeen }) => failuresSeen)),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
}

function isBack(state: Ended['state']): boolean {
  return state === 'rollingBack' || state === 'rolledBack';
}
