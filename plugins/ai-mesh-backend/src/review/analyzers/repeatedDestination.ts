import { ROUTE_KINDS, type Analyzer } from '../Analyzer';
import { objectOf, routeField, ruleOf } from '../subjectRules';

/** AIM312: a rule that names one destination more than once. */
export const repeatedDestination: Analyzer = {
  codes: ['AIM312'],
  needs: ROUTE_KINDS,
  *analyze({ routes }) {
    for (const rule of routes.rules) {
      const object = objectOf(routes.objects, rule.object);
      const counts = new Map<string, number>();
      for (const { host, subset } of rule.destinations) {
        const target = subset ? `${host} (${subset})` : host;
        counts.set(target, (counts.get(target) ?? 0) + 1);
      }
      for (const [target, times] of counts) {
        if (object && times > 1) {
          yield {
            key: 'AIM312',
            object,
            path: `${rule.path}.${routeField(object.kind)}`,
            about: target,
            params: { place: ruleOf({ rule, object }), target, times },
          };
        }
      }
    }
  },
};
