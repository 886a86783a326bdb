import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import { gap, seen, type Analyzer } from '../Analyzer';
import { breakerPlaces } from '../breakerPlace';
import { serviceName } from '../subjectRules';

/** AIM206: there is a circuit breaker, and no calling proxy exports its state. */
export const unexportedBreakers: Analyzer = {
  codes: ['AIM206'],
  needs: ['DestinationRule'],
  *analyze(subject) {
    const [first] = breakerPlaces(subject).filter(
      ({ settings }) =>
        settings.outlierDetection !== undefined ||
        Object.keys(settings.connectionPool).length > 0,
    );
    const { breakersExported } = subject.telemetry;
    if (!first) {
      return;
    }
    if (breakersExported.status === 'unknown') {
      yield gap('AIM206', breakersExported);
    } else if (!breakersExported.value) {
      yield {
        key: 'AIM206',
        object: first.object,
        path: 'spec.trafficPolicy',
        params: { service: serviceName(subject) },
        evidence: [seen(wording('review.breakersUnexported'))],
      };
    }
  },
};
