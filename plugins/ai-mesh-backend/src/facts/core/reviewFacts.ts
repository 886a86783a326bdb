import {
  known,
  type FactName,
  type Finding,
  type FindingCode,
  type ServiceRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import { fact, noFact, ofEvery, type ComputedFact } from './ComputedFact';
import type { FactAnswers } from './FactAnswers';

type Review = FactAnswers['review'];

/** Reasons why a source failed, and not why there was nothing to see. */
const FAILED = new Set(['source-unreachable', 'forbidden']);

/**
 * What the review says. A finding that an annotation silences stays true: it is left out of the counts of findings, and
 * of nothing else.
 */
export function reviewFacts({ review, overview }: FactAnswers) {
  const count = (severity: 'high' | 'medium') =>
    failure(review) ?? fact(review.counts[severity] ?? 0);
  const has = (key: string, service?: ServiceRef) =>
    review.findings.some(
      finding =>
        finding.messageKey === key && (!service || isOf(finding, service)),
    );
  return {
    authorizationPolicyPresent: without(review, ['AIM404'], key =>
      key.startsWith('AIM404.missing'),
    ),
    circuitBreakerConfigured:
      gapOf(review, ['AIM201']) ??
      ofEvery(overview.services, service =>
        known(!(has('AIM201', service) && has('AIM204.missing', service))),
      ),
    // A version of one pod beside others takes nothing from their breaker.
    breakerCanOpen: without(
      review,
      ['AIM201', 'AIM202', 'AIM207'],
      key => key !== 'AIM207.single',
    ),
    timeoutsConfigured: without(review, ['AIM101']),
    retriesSafe: without(
      review,
      ['AIM103', 'AIM104', 'AIM105'],
      key => key !== 'AIM103.gatewayError',
    ),
    retriesBilled:
      gapOf(review, ['AIM103']) ??
      fact(
        review.findings.filter(({ messageKey }) => messageKey === 'AIM103')
          .length,
      ),
    findingsHigh: count('high'),
    reviewFindingsHigh: count('high'),
    reviewFindingsMedium: count('medium'),
  } satisfies Partial<Record<FactName, ComputedFact>>;
}

/** True where none of the codes was found; what was found is certain, whatever else could not be judged. */
function without(
  review: Review,
  codes: readonly FindingCode[],
  counts: (messageKey: string) => boolean = () => true,
): ComputedFact {
  return review.findings.some(
    ({ code, messageKey }) => codes.includes(code) && counts(messageKey),
  )
    ? fact(false)
    : (gapOf(review, codes) ?? fact(true));
}

function gapOf({ notJudged }: Review, codes: readonly FindingCode[]) {
  const gap = notJudged.find(({ code }) => codes.includes(code));
  return gap && noFact(gap.reason, gap);
}

/** A number of findings is none while a source that could have shown more is away. */
function failure({ notJudged }: Review) {
  const gap = notJudged.find(({ reason }) => FAILED.has(reason));
  return gap && noFact(gap.reason, gap);
}

function isOf(
  { service }: Finding,
  { cluster, namespace, name }: ServiceRef,
): boolean {
  return (
    service.cluster === cluster &&
    service.namespace === namespace &&
    service.name === name
  );
}
