import {
  canaryPlanSchema,
  canaryPlanWeights,
  known,
  unknown,
  wording,
  type CanaryCheck,
  type CanaryPlan,
  type CanaryState,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { z } from 'zod';
import { noMeasures, type Evidence } from '../gates';
import {
  beginCounting,
  judge,
  judgeYoung,
  takeIn,
  type CountedEvidence,
} from '../gates';
import {
  look,
  moveAfter,
  sinceLastLook,
  start,
  weightOf,
  wrote,
} from '../machine';
import { aCanary, weights } from '../machine/__testUtils__/aCanary';
import { secondsToNextLook } from '../engine/secondsToNextLook';
import { SETTLE_SECONDS } from '../evidence/countQueries';
import { runOf, type Slice, type Tally } from '../statistics';
import { NONE, plus } from '../statistics/Tally';
import type { Chance } from './Chance';
import { Failures } from './Failures';

/** How often each version fails at a moment, seconds since the start; ratios 0..1. */
export interface FailureRates {
  stable(seconds: number): number;
  canary(seconds: number): number;
  /** Failures come so many at a time. */
  clump?: number;
}

export interface Promotion {
  requestsPerSecond(seconds: number): number;
  failures: FailureRates;
  plan?: z.input<typeof canaryPlanSchema>;
  scrapeSeconds?: number;
  /** Gives up after this, as a person would. */
  longestSeconds?: number;
}

export interface Ended {
  state: CanaryState | 'unfinished';
  seconds: number;
  /** The canary's requests until the end, and those that failed. */
  canary: Tally;
  /** Its failures that had been counted when it was decided. */
  failuresSeen: number;
  /** From the third of its requests that failed to the end; absent where there were fewer. */
  secondsAfterThird?: number;
  /** Its largest share of the traffic, percent. */
  mostPercent: number;
  why: string;
}

/** Decides on the counts of a look. */
export type Judge = (
  context: Parameters<typeof judge>[0],
  young: boolean,
  at: Date,
) => CanaryCheck;

/** How decisions are made: by what, and whether it looks as soon as a scrape has arrived, or at any moment between two. */
export interface Decider {
  judge: Judge;
  followsScrapes: boolean;
}

/** The product's own: of what only counts can tell. */
export const ownDecider: Decider = {
  judge: (context, young, at) =>
    young
      ? judgeYoung(context, {}, at, wording('verbatim', { text: 'young' }))
      : judge(context, undefined, {}, at),
  followsScrapes: true,
};

export const SCRAPE_SECONDS = 15;

const NOTHING: Slice = { canary: NONE, stable: NONE };

/** Nothing tells how long simulated requests take. */
export function planOf({ plan = {} }: Pick<Promotion, 'plan'>): CanaryPlan {
  return canaryPlanSchema.parse({
    ...plan,
    gates: { latencyP99: { enabled: false }, ...plan.gates },
  }) as CanaryPlan;
}

/** One promotion by the real machine, with simulated traffic, scrapes and clock. */
export function simulatePromotion(
  { requestsPerSecond, failures, ...promotion }: Promotion,
  chance: Chance,
  decider: Decider = ownDecider,
): Ended {
  const scrape = promotion.scrapeSeconds ?? SCRAPE_SECONDS;
  const longest = promotion.longestSeconds ?? 4 * 3600;
  const base = { ...aCanary(), plan: planOf(promotion) };
  const steps = canaryPlanWeights(base.plan);
  const zero = Date.UTC(2026, 0, 1) / 1000;
  const at = (seconds: number) => new Date((zero + seconds) * 1000);
  const { checkSeconds } = base.plan;
  let scrapeAt = decider.followsScrapes ? scrape * chance.uniform() : scrape;
  let arrivesAt = Infinity;
  /** The scrape that has arrived last. */
  let arrived = scrapeAt - scrape;
  let record = start(
    { ...base, state: 'approved' },
    {
      original: { weights: weights(0) } as never,
      steps,
      baseline: {
        at: at(0).toISOString(),
        stable: noMeasures(unknown('not-configured')),
        lostShare: known(0),
      },
      counted: {
        ...countedBefore(zero, requestsPerSecond, failures, chance),
        newest: zero + arrived,
      },
      preflight: { checks: [], steps: [], at: at(0).toISOString() } as never,
    },
    at(0),
  ).record;
  const total: Tally = { requests: 0, bad: 0 };
  const ofCanary = new Failures(chance, failures.clump);
  const ofStable = new Failures(chance, failures.clump);
  let mostPercent = 0;
  let thirdAt: number | undefined;
  let unscraped = NOTHING;
  let arriving = NOTHING;
  let scraped = NOTHING;
  let percent = 0;
  const untilNextLook = () =>
    decider.followsScrapes
      ? secondsToNextLook(base.plan, record.progress.counted!, scrape)
      : checkSeconds;
  let lookAt = decider.followsScrapes
    ? untilNextLook()
    : Math.floor(chance.uniform() * checkSeconds) || checkSeconds;
  const step = (seconds: number) => {
    const { move } = record.progress;
    if (!move) {
      return;
    }
    if (move.kind === 'step') {
      percent = weightOf(record, move) ?? percent;
      mostPercent = Math.max(mostPercent, percent);
    }
    record = wrote(
      record,
      {
        move,
        before: weights(percent),
        after: weights(move.kind === 'restore' ? 0 : percent),
      },
      at(seconds),
    ).record;
  };
  step(0);
  let drawnUntil = 0;
  for (;;) {
    const now = Math.min(scrapeAt, arrivesAt, lookAt);
    if (now > longest) {
      return ended('unfinished', longest, '');
    }
    const seconds = now - drawnUntil;
    const expected = between(drawnUntil, now, requestsPerSecond, failures);
    drawnUntil = now;
    const n = chance.poisson(expected.requests);
    const canarys = chance.binomial(n, percent / 100);
    const happened: Slice = {
      canary: ofCanary.fail(canarys, expected.canary),
      stable: ofStable.fail(n - canarys, expected.stable),
    };
    unscraped = addTo(unscraped, happened);
    total.requests += happened.canary.requests;
    const bad = total.bad + happened.canary.bad;
    if (thirdAt === undefined && bad >= 3) {
      const when = Array.from(
        { length: happened.canary.bad },
        () => now - chance.uniform() * seconds,
      ).sort((a, b) => a - b);
      thirdAt = when[2 - total.bad];
    }
    total.bad = bad;
    if (now === scrapeAt) {
      arriving = unscraped;
      unscraped = NOTHING;
      arrivesAt = now + SETTLE_SECONDS;
      scrapeAt = now + scrape;
    }
    if (now === arrivesAt) {
      scraped = addTo(scraped, arriving);
      arrived = now - SETTLE_SECONDS;
      arrivesAt = Infinity;
    }
    if (now !== lookAt) {
      continue;
    }
    const { counted, observedMs } = record.progress;
    const next = takeIn(
      counted!,
      {
        from: counted!.until,
        to: Math.max(counted!.until + 1, zero + now - SETTLE_SECONDS),
        newest: zero + arrived,
        shares: { errorRate: scraped, throttled: withoutBad(scraped) },
        lost: 0,
        born: 0,
        returned: 0,
      },
      {
        plan: record.plan,
        usualLostShare: 0,
        scrapeSeconds: scrape,
        at: at(now),
      },
    );
    scraped = NOTHING;
    const since = (observedMs + sinceLastLook(record, at(now))) / 1000;
    const following = weightOf(record, moveAfter(record));
    const check = decider.judge(
      {
        plan: record.plan,
        counted: known(next),
        passesHalf: following !== undefined && following > 50,
        stableHasTraffic: percent < 100,
        evidence: reachable(record.plan.intervalSeconds),
      },
      since < 4 * scrape,
      at(now),
    );
    record = look(record, { check, counted: next }, at(now)).record;
    if (record.state !== 'progressing') {
      return ended(record.state, now, check.verdict.message);
    }
    step(now);
    if ((record.state as CanaryState) !== 'progressing') {
      return ended(record.state, now, check.verdict.message);
    }
    lookAt = now + untilNextLook();
  }

  function ended(state: Ended['state'], seconds: number, why: string): Ended {
    const { counted } = record.progress;
    return {
      state,
      seconds,
      canary: total,
      failuresSeen: counted ? runOf(counted.shares.errorRate).canary.bad : 0,
      ...(thirdAt !== undefined && { secondsAfterThird: seconds - thirdAt }),
      mostPercent,
      why,
    };
  }
}

/**
 * What is expected between two events: how many requests, and the shares that fail of all of them together. Requests come
 * by themselves and fail by themselves, so drawing them at once is the same as drawing them second by second.
 */
function between(
  from: number,
  to: number,
  requestsPerSecond: Promotion['requestsPerSecond'],
  failures: FailureRates,
): { requests: number; canary: number; stable: number } {
  let [requests, canary, stable] = [0, 0, 0];
  for (let since = from; since < to;) {
    const second = Math.floor(since) + 1;
    const until = Math.min(second, to);
    const now = requestsPerSecond(second) * (until - since);
    requests += now;
    canary += now * failures.canary(second);
    stable += now * failures.stable(second);
    since = until;
  }
  return { requests, canary: canary / requests, stable: stable / requests };
}

function countedBefore(
  zero: number,
  requestsPerSecond: Promotion['requestsPerSecond'],
  { stable, clump }: FailureRates,
  chance: Chance,
): CountedEvidence {
  const seconds = 60;
  const failing = new Failures(chance, clump);
  const slices = Array.from({ length: 30 }, (_, i) => {
    const now = (i - 30) * seconds;
    const n = chance.poisson(requestsPerSecond(now) * seconds);
    return failing.fail(n, stable(now));
  });
  return beginCounting({
    until: zero,
    slices: { errorRate: slices, throttled: [] },
    usual: {
      requests: slices.reduce((sum, { requests }) => sum + requests, 0),
      seconds: 30 * seconds,
    },
  });
}

/** A canary that can be reached and exports nothing but requests. */
function reachable(windowSeconds: number): Evidence {
  const side = {
    ...noMeasures(unknown('not-exported')),
    readyEndpoints: known(2),
  };
  return {
    windowSeconds,
    canary: side,
    stable: side,
    lostRequests: known(0),
    promql: {},
  };
}

function addTo(sum: Slice, { canary, stable }: Slice): Slice {
  return {
    canary: plus(sum.canary, canary),
    stable: plus(sum.stable, stable),
  };
}

function withoutBad({ canary, stable }: Slice): Slice {
  return { canary: { ...canary, bad: 0 }, stable: { ...stable, bad: 0 } };
}
