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
        evidence: [
          seen(
            'No series of envoy_cluster_circuit_breakers_* or envoy_cluster_outlier_detection_* for the host. To get them, annotate the pods of the callers: proxy.istio.io/config with proxyStatsMatcher.inclusionRegexps [".*outlier_detection.*", ".*circuit_breakers.*", ".*upstream_rq_pending_overflow.*"]',
          ),
        ],
      };
    }
  },
};
