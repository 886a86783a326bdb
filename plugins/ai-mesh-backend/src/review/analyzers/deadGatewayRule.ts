import { setValue, stepsOf } from '../../manifest';
import type { Analyzer } from '../Analyzer';
import { breakerPlaces } from '../breakerPlace';

/** Istio's own, where a rule does not say. */
const DEFAULT_5XX = 5;

/** AIM202: the rule for any 5xx fires no later than the one for gateway errors, which then never does. */
export const deadGatewayRule: Analyzer = {
  codes: ['AIM202'],
  needs: ['DestinationRule'],
  *analyze(subject) {
    for (const { settings, object, path, place } of breakerPlaces(subject)) {
      const { consecutive5xxErrors, consecutiveGatewayErrors: gateway = 0 } =
        settings.outlierDetection ?? {};
      const any = consecutive5xxErrors ?? DEFAULT_5XX;
      // 0 switches a rule off.
      if (gateway === 0 || any === 0 || any > gateway) {
        continue;
      }
      const at = `${path('outlierDetection')}.consecutive5xxErrors`;
      yield {
        key: 'AIM202',
        object,
        path: at,
        params: { place, any, gateway },
        fix: {
          object,
          operations: setValue(object, stepsOf(at), gateway * 2),
        },
      };
    }
  },
};
