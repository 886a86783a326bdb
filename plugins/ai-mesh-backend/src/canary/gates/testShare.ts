import type {
  CanaryShareEstimate,
  CanaryShareTest,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  canaryAbove,
  canaryBelow,
  canaryWorse,
  dispersion,
  runOf,
  shareInterval,
  type ShareEvidence,
  type Tally,
} from '../statistics';
import { requestsLeft } from './requestsLeft';
import { within } from './shareBounds';
import type { ShareQuestion } from './ShareQuestion';

/** What the evidence of a share comes to beside its bounds: each part of it 1 where it is enough. */
export function testShare(question: ShareQuestion): CanaryShareTest {
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

function ratio(ln: number, needed: number): number {
  // An e-value of nothing is 0, whose logarithm no JSON holds.
  return Math.max(-100, ln / needed);
}
