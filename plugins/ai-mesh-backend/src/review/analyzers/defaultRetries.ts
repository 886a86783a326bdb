import { setValue, stepsOf } from '../../manifest';
import { ROUTE_KINDS, type Analyzer } from '../Analyzer';
import { plainRoute, SAFE_RETRIES } from '../plainRoute';
import { placeOf, requestRules, ruleOf } from '../subjectRules';
import { streams } from './streamRetries';

const DEFAULTS = {
  attempts: 2,
  conditions: 'connect-failure, refused-stream, unavailable, cancelled',
};

/** AIM106: no retry block, so that the mesh's default retries apply. */
export const defaultRetries: Analyzer = {
  codes: ['AIM106'],
  needs: ROUTE_KINDS,
  *analyze(subject) {
    for (const entry of requestRules(subject)) {
      const { rule, object } = entry;
      if (rule.retries?.source !== 'mesh-default') {
        continue;
      }
      yield {
        key: 'AIM106',
        object,
        path: rule.path,
        params: {
          place: ruleOf(entry),
          attempts: rule.retries.attempts,
          conditions: rule.retries.retryOn.join(', '),
        },
        ...(object.kind === 'VirtualService' && {
          fix: {
            object,
            operations: setValue(
              object,
              stepsOf(`${rule.path}.retries`),
              streams(rule) === undefined
                ? { attempts: 2, retryOn: SAFE_RETRIES }
                : { attempts: 0 },
            ),
          },
        }),
      };
    }
    if (subject.routes.rules.length === 0) {
      yield {
        key: 'AIM106',
        object: subject.object,
        path: '',
        params: { place: placeOf(subject.object, ''), ...DEFAULTS },
        ...plainRoute(subject),
      };
    }
  },
};
