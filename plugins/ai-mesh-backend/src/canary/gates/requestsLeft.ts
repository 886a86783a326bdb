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

/** By what the canary seems to be: to a roll-back, or to what an advance still lacks. */
export function requestsLeft(
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
