import { removeValue, stepsOf } from '../../manifest';
import { ROUTE_KINDS, type Analyzer } from '../Analyzer';
import { requestRules, ruleOf } from '../subjectRules';

/** Where a VirtualService's rule keeps mirrors; the last three are the share of the first. */
const FIELDS = ['mirror', 'mirrors', 'mirrorPercentage', 'mirrorPercent'];

/** AIM306: mirrored requests, each of which is billed. */
export const billedMirrors: Analyzer = {
  codes: ['AIM306'],
  needs: ROUTE_KINDS,
  *analyze(subject) {
    for (const entry of requestRules(subject)) {
      const { rule, object } = entry;
      const mirrors = rule.mirrors.filter(({ percent }) => percent > 0);
      if (mirrors.length === 0) {
        continue;
      }
      const operations =
        object.kind === 'VirtualService'
          ? FIELDS.flatMap(field =>
              removeValue(object, stepsOf(`${rule.path}.${field}`)),
            )
          : [];
      yield {
        key: 'AIM306',
        object,
        path: rule.path,
        params: {
          place: ruleOf(entry),
          percent: Math.max(...mirrors.map(({ percent }) => percent)),
          host: mirrors.map(({ host }) => host).join(', '),
        },
        ...(operations.length > 0 && { fix: { object, operations } }),
      };
    }
  },
};
