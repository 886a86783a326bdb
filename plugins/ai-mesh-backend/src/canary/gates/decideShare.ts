import { wording, type CanaryShareTest } from '@ai-mesh/plugin-ai-mesh-common';
import { percent } from '../../telemetry/percentOf';
import { mostTelling, shareOf, stableAbove, type Tally } from '../statistics';
import { breach, hold, pass, type Outcome } from './GateFinding';
import { drips, patienceOf } from './requestsLeft';
import { within } from './shareBounds';
import type { ShareQuestion } from './ShareQuestion';
import { marginOf, sentencesOf } from './shareSentences';
import { testShare } from './testShare';

/** The decision, and what it rests on. */
export function decideShare(question: ShareQuestion): {
  outcome: Outcome;
  test: CanaryShareTest;
} {
  const test = testShare(question);
  return { outcome: decide(question, test), test };
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
  const hasHadItsTime = canary.requests >= patienceOf(question);
  const isBeyondMargin = excess > bounds.nonInferiorityMargin;
  const margin = marginOf(bounds.nonInferiorityMargin);
  if (hasHadItsTime && isWorse && isBeyondMargin && drips(question, share)) {
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
  const isLikelyBelow = hasHadItsTime && doubtedShare <= bounds.rollBackAbove;
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
    withinMargin >= 1 || excess <= 0 || (hasHadItsTime && !isBeyondMargin);
  if (share < bounds.advanceBelow || noWorse) {
    return pass(sentence('share.pass'));
  }
  return hold(
    'between-thresholds',
    sentence('share.between', { bound: percent(bounds.advanceBelow) }),
    more,
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
