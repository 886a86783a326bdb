import type { RouteRule } from '@ai-mesh/plugin-ai-mesh-common';
import { removeValue, stepsOf } from '../../manifest';
import { formatDuration } from '../../routes/duration';
import { ROUTE_KINDS, type Analyzer } from '../Analyzer';
import { requestRules, ruleOf } from '../subjectRules';

/** AIM305: fault injection left on. */
export const leftOnFaults: Analyzer = {
  codes: ['AIM305'],
  needs: ROUTE_KINDS,
  *analyze(subject) {
    for (const entry of requestRules(subject)) {
      const { rule, object } = entry;
      const fault = describe(rule.fault);
      if (fault.length === 0) {
        continue;
      }
      const path = `${rule.path}.fault`;
      const operations = removeValue(object, stepsOf(path));
      yield {
        key: 'AIM305',
        object,
        path,
        params: { place: ruleOf(entry), fault: fault.join(' and ') },
        ...(operations.length > 0 && { fix: { object, operations } }),
      };
    }
  },
};

function describe(fault: RouteRule['fault']): string[] {
  const { delay, abort } = fault ?? {};
  return [
    ...(delay && delay.percent > 0
      ? [
          `a delay of ${formatDuration(delay.fixedDelayMs)} for ${delay.percent} %`,
        ]
      : []),
    ...(abort && abort.percent > 0
      ? [`answers of ${abort.status} for ${abort.percent} %`]
      : []),
  ];
}
