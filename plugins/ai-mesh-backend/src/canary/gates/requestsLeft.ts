import type { CanaryShareTest } from '@ai-mesh/plugin-ai-mesh-common';
import { dispersion, shareOf, waldRequests } from '../statistics';
import { within } from './shareBounds';
import type { ShareQuestion } from './ShareQuestion';

/**
 * After so many requests a share between the bounds gets its answer: as many as it takes to tell the middle between the
 * bounds from the one to roll back.
 */
export function patienceOf({
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

/**
 * By what the canary seems to be: to a roll-back, or to what an advance still lacks. However near to a bound it is, what
 * is worse than the stable version by more than the margin waits no longer than {@link patienceOf} says.
 */
export function requestsLeft(
  question: ShareQuestion,
  test: CanaryShareTest,
): number | undefined {
  const { bounds } = question;
  const { canary } = test;
  const share = shareOf(canary);
  if (share === undefined) {
    return undefined;
  }
  const toPatience = Math.max(0, patienceOf(question) - canary.requests);
  const left =
    share > bounds.rollBackAbove
      ? toRollBack(question, test, share)
      : toAdvance(question, test, share, toPatience);
  const drips =
    share >= bounds.advanceBelow &&
    share - (shareOf(test.stable) ?? 0) > bounds.nonInferiorityMargin;
  return finite(drips && toPatience > 0 ? Math.min(left, toPatience) : left);
}

function toRollBack(
  { bounds, alpha }: ShareQuestion,
  { evidence }: CanaryShareTest,
  share: number,
): number {
  const done = Math.min(evidence.beyondBound, evidence.worseThanStable);
  return (
    waldRequests(within(share), within(bounds.rollBackAbove), alpha) *
    missing(done)
  );
}

function toAdvance(
  { bounds, plan, passesHalf }: ShareQuestion,
  { canary, evidence }: CanaryShareTest,
  share: number,
  toPatience: number,
): number {
  const alpha = 1 - plan.confidence;
  const toBelow = Math.min(
    toPatience,
    waldRequests(within(share), within(bounds.rollBackAbove), alpha) *
      missing(evidence.belowBound),
  );
  const toMargin = passesHalf
    ? waldRequests(
        within(share),
        within(share + bounds.nonInferiorityMargin),
        alpha,
      ) * missing(evidence.withinMargin)
    : 0;
  return Math.max(toBelow, toMargin, plan.minRequests - canary.requests);
}

/** The part of the evidence that is still to come. */
function missing(done: number): number {
  return Math.max(0, 1 - Math.max(done, 0));
}

/** At a bound itself there is no telling. */
function finite(requests: number): number | undefined {
  return requests > 0 && Number.isFinite(requests)
    ? Math.ceil(requests)
    : undefined;
}
