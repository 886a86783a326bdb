import { ROUTE_KINDS, type Analyzer } from '../Analyzer';
import type { EffectiveDestination } from '../../routes/EffectiveRoutes';
import { objectOf, placeOf, requestRules, ruleOf } from '../subjectRules';

/**
 * AIM307: a rule gives a version nothing any more, and one above it still sends there. Only where the lower rule names
 * the version with a weight of 0 is it known to be meant to be gone: else the upper one may be there for its sake.
 */
export const stableKept: Analyzer = {
  codes: ['AIM307'],
  needs: ROUTE_KINDS,
  *analyze(subject) {
    const rules = requestRules(subject);
    for (const [index, lower] of rules.entries()) {
      const left = lower.rule.destinations.filter(
        ({ weightPercent }) => weightPercent === 0,
      );
      const complete = lower.rule.destinations.some(
        ({ weightPercent }) => weightPercent === 100,
      );
      for (const upper of complete ? rules.slice(0, index) : []) {
        const kept = upper.rule.destinations.find(
          destination =>
            destination.weightPercent > 0 &&
            left.some(version => isSame(version, destination)),
        );
        const object = objectOf(subject.routes.objects, upper.rule.object);
        if (kept && object) {
          yield {
            key: 'AIM307',
            object,
            path: upper.rule.path,
            about: lower.rule.path,
            params: {
              place: ruleOf(upper),
              version: kept.subset ?? kept.host,
              lower: placeOf(lower.object, lower.rule.path, lower.rule.name),
            },
            related: [lower.object],
          };
        }
      }
    }
  },
};

function isSame(a: EffectiveDestination, b: EffectiveDestination): boolean {
  return a.host === b.host && a.subset === b.subset;
}
