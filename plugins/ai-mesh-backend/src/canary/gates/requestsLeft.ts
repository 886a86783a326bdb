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

/** What is worse than the stable version by more than the margin would not get any further. */
export function drips(
  { bounds, passesHalf }: Pick<ShareQuestion, 'bounds' | 'passesHalf'>,
  share: number,
): boolean {
  return passesHalf || share >= bounds.advanceBelow;
}

/** By what the canary seems to be: to a roll-back, or to what an advance still lacks. */
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
  const excess = share - (shareOf(test.stable) ?? 0);
  const toDrip =
    drips(question, share) && excess > bounds.nonInferiorityMargin
      ? Math.max(toPatience, toWorse(question, test, share))
      : undefined;
  return finite(
    share > bounds.rollBackAbove
      ? Math.min(toRollBack(question, test, share), toDrip ?? Infinity)
      : (toDrip ?? toAdvance(question, test, share, toPatience)),
  );
}

function toWorse(
  { alpha }: ShareQuestion,
  { stable, evidence }: CanaryShareTest,
  share: number,
): number {
  return (
    waldRequests(within(share), within(shareOf(stable) ?? 0), alpha) *
    missing(evidence.worseThanStable)
  );
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
