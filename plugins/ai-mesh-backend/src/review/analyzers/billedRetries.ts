import { setValue, stepsOf } from '../../manifest';
import { ROUTE_KINDS, type Analyzer, type Fix } from '../Analyzer';
import { SAFE_RETRIES } from '../plainRoute';
import { requestRules, ruleOf, type SubjectRule } from '../subjectRules';

/** Failures after which the model may have answered. A number is a status code to retry on. */
const BILLED = /^(5xx|reset|retriable-4xx|retriable-status-codes|\d{3})$/;
const GATEWAY_ERROR = 'gateway-error';

/** AIM103: retries on failures that may already be billed. */
export const billedRetries: Analyzer = {
  codes: ['AIM103'],
  needs: ROUTE_KINDS,
  *analyze(subject) {
    for (const entry of requestRules(subject)) {
      const { retries, path } = entry.rule;
      const conditions = retries?.source === 'route' ? retries.retryOn : [];
      const billed = conditions.filter(condition => BILLED.test(condition));
      if (billed.length === 0 && !conditions.includes(GATEWAY_ERROR)) {
        continue;
      }
      yield {
        key: billed.length > 0 ? 'AIM103' : 'AIM103.gatewayError',
        object: entry.object,
        path: `${path}.retries.retryOn`,
        params: { place: ruleOf(entry), conditions: billed.join(', ') },
        ...fixFor(entry, conditions),
      };
    }
  },
};

/** Keeps the conditions that are safe; others of a kind that is not known here stay too. */
function fixFor(
  { rule, object }: SubjectRule,
  conditions: readonly string[],
): { fix?: Fix } {
  if (object.kind !== 'VirtualService') {
    return {};
  }
  const safe = conditions.filter(
    condition => !BILLED.test(condition) && condition !== GATEWAY_ERROR,
  );
  return {
    fix: {
      object,
      operations: setValue(
        object,
        stepsOf(`${rule.path}.retries.retryOn`),
        safe.join(',') || SAFE_RETRIES,
      ),
    },
  };
}
