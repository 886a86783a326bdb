import type { Analyzer } from '../Analyzer';
import { ambientCodes } from './ambientPolicies';
import { placeOf, serviceName } from '../subjectRules';

/** AIM407: policies that are believed to be in force and are not, or that do something else than they say. */
export const ineffectivePolicies: Analyzer = {
  codes: ['AIM407'],
  needs: ['AuthorizationPolicy', 'KubernetesGateway', 'Namespace', 'Pod'],
  *analyze(subject) {
    const { security, snapshot } = subject;
    for (const { object: ref, path, why, message } of security.ineffective) {
      const object = snapshot.get(
        'AuthorizationPolicy',
        ref.namespace ?? '',
        ref.name,
      );
      if (object) {
        yield {
          key:
            why === 'ztunnel-allow' || why.endsWith('-wider')
              ? 'AIM407.altered'
              : 'AIM407.noEffect',
          object,
          path,
          theirs: ambientCodes(subject, object),
          params: {
            place: placeOf(object, path),
            service: serviceName(subject),
            because: message,
          },
        };
      }
    }
  },
};
