import type { ConfigObject } from '../../kubernetes/kinds';
import type { Analyzer } from '../Analyzer';
import {
  ejectsSomewhere,
  subsetGroups,
  type BreakerGroup,
} from '../breakerGroups';
import { endpointCounts } from '../endpointCounts';
import { isForOthers, ownRule, policyFix } from '../ownRule';
import type { ReviewSubject } from '../ReviewSubject';
import { serviceName } from '../subjectRules';
import { EJECTABLE_PERCENT } from '../suggestions';

/** AIM201: nothing takes a failing endpoint out of the pool. */
export const missingOutlierDetection: Analyzer = {
  codes: ['AIM201'],
  needs: ['DestinationRule'],
  *analyze(subject) {
    const { breakers = [] } = subject.routes;
    if (
      breakers.some(
        ({ outlierDetection, object }) =>
          outlierDetection && isForOthers(subject, object),
      )
    ) {
      return;
    }
    const object = ownRule(subject);
    yield {
      key: 'AIM201',
      object: object ?? subject.object,
      path: object ? 'spec.trafficPolicy' : '',
      params: { service: serviceName(subject) },
      // What never ejects would only look as if something were done.
      ...(ejectsSomewhere(groups(subject, object), EJECTABLE_PERCENT) &&
        policyFix(subject, 'outlierDetection', {
          consecutiveGatewayErrors: 5,
          consecutive5xxErrors: 10,
          interval: '30s',
          baseEjectionTime: '60s',
          maxEjectionPercent: EJECTABLE_PERCENT,
        })),
    };
  },
};

/** What a new policy would be for. */
function groups(
  subject: ReviewSubject,
  object: ConfigObject | undefined,
): BreakerGroup[] {
  const counts = endpointCounts(subject, subject.routes.endpoints);
  return [
    ...(counts ? [{ counts }] : []),
    ...(object ? subsetGroups(subject, object) : []),
  ];
}
