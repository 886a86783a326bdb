import {
  wording,
  type CanaryPlan,
  type CanaryShareEstimate,
  type CanaryShareTest,
  type TextKey,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { percent } from '../../telemetry/percentOf';
import {
  canaryAbove,
  canaryBelow,
  canaryWorse,
  dispersion,
  mostTelling,
  runOf,
  shareInterval,
  shareOf,
  stableAbove,
  waldRequests,
  type ShareEvidence,
  type Tally,
} from '../statistics';
import { within, type ShareBounds } from './CountedEvidence';
import { breach, hold, pass, type Outcome } from './GateFinding';

/** What a share of requests is decided with. */
export interface ShareQuestion {
  evidence: ShareEvidence;
  bounds: ShareBounds;
  plan: Pick<CanaryPlan, 'confidence' | 'minRequests'>;
  /** This gate's part of the error that the plan allows. */
  alpha: number;
  /** What bad requests did. */
  verb: Extract<TextKey, `verb.${string}`>;
  /** Beyond which they were slow, for people. */
  limit?: string;
  /** What is counted: requests, unless it says otherwise. */
  noun?: Extract<TextKey, `noun.${string}`>;
  /** The next advance gives the canary more than half of what the two versions hold together. */
  passesHalf: boolean;
  /** The stable version gets traffic. Where it does not, what it was like before stands for it. */
  stableHasTraffic: boolean;
  /** The stable version was beyond the bound in the last slice. */
  ill: boolean;
  /** Requests that reached no version, and may be the canary's. */
  inDoubt: number;
}

/** The decision, and what it rests on. */
export function decideShare(question: ShareQuestion): {
  outcome: Outcome;
  test: CanaryShareTest;
} {
  const test = testOf(question);
  return { outcome: decide(question, test), test };
}

function testOf(question: ShareQuestion): CanaryShareTest {
  const { evidence, bounds, plan, alpha } = question;
  const needed = Math.log(1 / alpha);
  const enough = Math.log(1 / (1 - plan.confidence));
  const bound = within(bounds.rollBackAbove);
  const scatter = dispersion(evidence);
  const stable = stableTally(evidence);
  const { canary } = evidence.step;
  const doubted = {
    requests: canary.requests + question.inDoubt,
    bad: canary.bad + question.inDoubt,
  };
  const estimate = (tally: Tally): CanaryShareEstimate => ({
    ...tally,
    ...shareInterval(tally, 1 - plan.confidence, scatter),
  });
  const test: CanaryShareTest = {
    canary: estimate(canary),
    stable: estimate(stable),
    evidence: {
      beyondBound: ratio(canaryAbove(evidence, bound), needed),
      worseThanStable: ratio(worse(question, bound), needed),
      belowBound: ratio(
        canaryBelow(
          { ...evidence, step: { ...evidence.step, canary: doubted } },
          bound,
        ),
        enough,
      ),
      withinMargin: ratio(evidence.mostWithinMargin, enough),
    },
    bounds: {
      rollBackAbove: bounds.rollBackAbove,
      advanceBelow: bounds.advanceBelow,
      margin: bounds.nonInferiorityMargin,
    },
    dispersion: scatter,
  };
  const left = requestsLeft(question, test);
  return left === undefined ? test : { ...test, requestsToDecision: left };
}

/**
 * Once the stable version gets no traffic, no time is the same any more: what it was like before stands for it, with as
 * much doubt as there was.
 */
function worse(
  { evidence, plan, stableHasTraffic }: ShareQuestion,
  bound: number,
): number {
  if (stableHasTraffic) {
    return canaryWorse(evidence);
  }
  const { high } = shareInterval(
    runOf(evidence).stable,
    1 - plan.confidence,
    dispersion(evidence),
  );
  // Where it never had a request either, nothing excuses the canary but its own bound.
  return canaryAbove(
    evidence,
    high < 1 ? within(Math.max(bound, high)) : bound,
  );
}

function stableTally(evidence: ShareEvidence): Tally {
  const { stable } = evidence.step;
  return stable.requests > 0 ? stable : runOf(evidence).stable;
}

function decide(question: ShareQuestion, test: CanaryShareTest): Outcome {
  const { evidence, bounds, plan } = question;
  const { canary, stable } = test;
  const { beyondBound, worseThanStable, belowBound, withinMargin } =
    test.evidence;
  const bound = percent(bounds.rollBackAbove);
  const sentence = sentencesOf(question, canary, stable);
  const alone = sentencesOf(question, canary);
  const more =
    test.requestsToDecision === undefined
      ? undefined
      : alone('share.more', { more: test.requestsToDecision });
  const share = shareOf(canary) ?? 0;
  const stableShare = shareOf(stable);
  const isWorse = worseThanStable >= 1;
  if (beyondBound >= 1) {
    const telling = mostTelling(evidence, within(bounds.rollBackAbove));
    const tell = sentencesOf(question, telling.canary, telling.stable);
    if (isWorse) {
      return breach(tell('share.breach', { bound }));
    }
    return stableIsIll(telling.stable, question)
      ? hold('service-ill', tell('share.bothIll', { bound }))
      : hold('between-thresholds', tell('share.beyondOnly', { bound }));
  }
  if (question.ill) {
    return isWorse
      ? breach(wording('share.illAndWorse', { bound }))
      : hold('service-ill', wording('share.ill', { bound }));
  }
  const excess = stableShare === undefined ? share : share - stableShare;
  const patience = patienceOf(question);
  const margin = marginOf(bounds.nonInferiorityMargin);
  if (
    canary.requests >= patience &&
    isWorse &&
    excess > bounds.nonInferiorityMargin &&
    share >= bounds.advanceBelow
  ) {
    return breach(
      sentence('share.drip', { bound, ...margin.params }, margin.terms),
    );
  }
  if (canary.requests < plan.minRequests) {
    return hold(
      'insufficient-traffic',
      alone('share.few', {
        had: Math.floor(canary.requests),
        needed: plan.minRequests,
      }),
    );
  }
  const doubtedShare =
    (canary.bad + question.inDoubt) / (canary.requests + question.inDoubt);
  const isLikelyBelow =
    canary.requests >= patience &&
    !isWorse &&
    doubtedShare <= bounds.rollBackAbove;
  if (belowBound < 1 && !isLikelyBelow) {
    return hold(
      'between-thresholds',
      question.inDoubt > 0
        ? alone('share.lostInDoubt', { doubted: Math.round(question.inDoubt) })
        : alone('share.notBelow', { bound }),
      more,
    );
  }
  if (question.passesHalf && withinMargin < 1) {
    return hold(
      'between-thresholds',
      sentence('share.beforeHalf', margin.params, margin.terms),
      more,
    );
  }
  const noWorse =
    withinMargin >= 1 ||
    excess <= 0 ||
    (canary.requests >= patience &&
      !isWorse &&
      excess <= bounds.nonInferiorityMargin);
  if (share < bounds.advanceBelow || noWorse) {
    return pass(sentence('share.pass'));
  }
  return hold(
    'between-thresholds',
    sentence('share.between', { bound: percent(bounds.advanceBelow) }),
    more,
  );
}

/** Sentences about what was found of the canary, beside the stable version's where that had any. */
function sentencesOf(
  { verb, noun = 'noun.requests', limit }: ShareQuestion,
  canary: Tally,
  stable?: Tally,
) {
  const isBeside = stable !== undefined && stable.requests > 0;
  return (
    key: TextKey,
    params: Words['params'] = {},
    terms: Record<string, TextKey> = {},
  ): Words =>
    wording(
      key,
      {
        share: percent(shareOf(canary) ?? 0),
        requests: Math.round(canary.requests),
        ...(limit !== undefined && { limit }),
        ...(isBeside && {
          stableShare: percent(stable.bad / stable.requests),
          stableRequests: Math.round(stable.requests),
        }),
        ...params,
      },
      {
        found: isBeside ? 'share.foundBeside' : 'share.found',
        noun,
        verb,
        ...terms,
      },
    );
}

/** The stable version is beyond the bound as well, by chance or not. */
function stableIsIll(
  stable: Tally,
  { evidence, bounds, alpha }: ShareQuestion,
) {
  const bound = bounds.rollBackAbove;
  return (
    (shareOf(stable) ?? 0) > bound ||
    stableAbove(evidence, within(bound)) >= Math.log(1 / alpha)
  );
}

/**
 * After so many requests a share between the bounds gets its answer: as many as it takes to tell the middle between the
 * bounds from the one to roll back.
 */
function patienceOf({
  bounds,
  plan,
  evidence,
}: Pick<ShareQuestion, 'bounds' | 'plan' | 'evidence'>): number {
  const middle = (bounds.rollBackAbove + bounds.advanceBelow) / 2;
  const requests = waldRequests(
    within(middle),
    within(bounds.rollBackAbove),
    1 - plan.confidence,
  );
  return Math.max(plan.minRequests, requests * dispersion(evidence));
}

/** By what the canary seems to be: to a roll-back, or to what an advance still lacks. */
function requestsLeft(
  question: ShareQuestion,
  test: CanaryShareTest,
): number | undefined {
  const { bounds, plan } = question;
  const { canary, evidence } = test;
  const share = shareOf(canary);
  if (share === undefined) {
    return undefined;
  }
  const missing = (done: number) => Math.max(0, 1 - Math.max(done, 0));
  if (share > bounds.rollBackAbove) {
    const done = Math.min(evidence.beyondBound, evidence.worseThanStable);
    return done >= 1
      ? undefined
      : finite(
          waldRequests(
            within(share),
            within(bounds.rollBackAbove),
            question.alpha,
          ) * missing(done),
        );
  }
  const toPatience = Math.max(0, patienceOf(question) - canary.requests);
  const toBelow = Math.min(
    toPatience,
    waldRequests(
      within(share),
      within(bounds.rollBackAbove),
      1 - plan.confidence,
    ) * missing(evidence.belowBound),
  );
  const toMargin = question.passesHalf
    ? waldRequests(
        within(share),
        within(share + bounds.nonInferiorityMargin),
        1 - plan.confidence,
      ) * missing(evidence.withinMargin)
    : 0;
  const toLeast = Math.max(0, plan.minRequests - canary.requests);
  return finite(Math.max(toBelow, toMargin, toLeast));
}

/** At a bound itself there is no telling. */
function finite(requests: number): number | undefined {
  return requests > 0 && Number.isFinite(requests)
    ? Math.ceil(requests)
    : undefined;
}

/** A difference of shares, in percentage points. */
function marginOf(ratioOf: number) {
  const points = Number((ratioOf * 100).toPrecision(3));
  return {
    params: { points },
    terms: {
      margin: points === 1 ? ('point.one' as const) : ('point.many' as const),
    },
  };
}

function ratio(ln: number, needed: number): number {
  // An e-value of nothing is 0, whose logarithm no JSON holds.
  return Math.max(-100, ln / needed);
}
