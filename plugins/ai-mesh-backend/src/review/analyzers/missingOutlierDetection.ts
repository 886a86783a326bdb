import type { Analyzer } from '../Analyzer';
import { ownRule, policyFix } from '../ownRule';
import { serviceName } from '../subjectRules';
import { EJECTABLE_PERCENT } from '../suggestions';

/** AIM201: nothing takes a failing endpoint out of the pool. */
export const missingOutlierDetection: Analyzer = {
  codes: ['AIM201'],
  needs: ['DestinationRule'],
  *analyze(subject) {
    const { breakers = [] } = subject.routes;
    if (breakers.some(({ outlierDetection }) => outlierDetection)) {
      return;
    }
    const object = ownRule(subject);
    yield {
      key: 'AIM201',
      object: object ?? subject.object,
      path: object ? 'spec.trafficPolicy' : '',
      params: { service: serviceName(subject) },
      ...policyFix(subject, 'outlierDetection', {
        consecutiveGatewayErrors: 5,
        consecutive5xxErrors: 10,
        interval: '30s',
        baseEjectionTime: '60s',
        maxEjectionPercent: EJECTABLE_PERCENT,
      }),
    };
  },
};
