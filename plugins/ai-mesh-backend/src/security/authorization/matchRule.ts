import type { AccessRule, FieldSet } from './AccessPolicy';
import { matchAtZtunnel } from './matchAtZtunnel';
import { matchCondition } from './matchCondition';
import { matchFields } from './matchFields';
import type { RuleContext } from './matchWanted';
import { all, any, type Tri } from './Tri';

/**
 * Fields that a sidecar sees only of an HTTP request: those whose generators in Istio's
 * `pilot/pkg/security/authz/model/generator.go` refuse a bare connection.
 */
const HTTP_FIELDS = new Set(['requestPrincipals', 'hosts', 'methods', 'paths']);
const HTTP_CONDITION = /^request\./;

/** Whether a call is one that the rule means, as its proxy takes it. */
export function matchRule(rule: AccessRule, context: RuleContext): Tri {
  if (rule.unreadable) {
    const { path, expected, condition } = rule.unreadable;
    return {
      what: expected === undefined ? 'unknown-field' : 'unreadable',
      path,
      ...(condition !== undefined && { condition }),
    };
  }
  return context.enforcer.proxy === 'ztunnel'
    ? matchAtZtunnel(rule, context)
    : matchAtEnvoy(rule, context);
}

/** Whether a caller could match the rule at all, whatever it asks for. */
export function matchCaller(rule: AccessRule, context: RuleContext): Tri {
  return matchRule({ ...rule, to: [], when: [] }, context);
}

/** `from`, `to` and `when` are AND, the entries of each OR. */
function matchAtEnvoy(rule: AccessRule, context: RuleContext): Tri {
  const { request, action } = context;
  if (request.tcp && asksForHttp(rule) && action === 'ALLOW') {
    // On a bare connection Istio drops an ALLOW rule that asks for more, as a whole.
    return 'no';
  }
  const anyOf = (entries: readonly FieldSet[]) =>
    entries.length === 0
      ? 'yes'
      : any(entries.map(fields => matchFields(seen(fields, context), context)));
  return all([
    anyOf(rule.from),
    anyOf(rule.to),
    ...rule.when
      .filter(({ key }) => !(request.tcp && HTTP_CONDITION.test(key)))
      .map(condition => matchCondition(condition, context)),
  ]);
}

/** Where nobody sees them, a DENY rule does without HTTP fields and so denies more. */
function seen(fields: FieldSet, { request }: RuleContext): FieldSet {
  return request.tcp
    ? new Map([...fields].filter(([name]) => !HTTP_FIELDS.has(name)))
    : fields;
}

function asksForHttp({ from, to, when }: AccessRule): boolean {
  return (
    [...from, ...to].some(fields =>
      [...fields.keys()].some(name => HTTP_FIELDS.has(name)),
    ) || when.some(({ key }) => HTTP_CONDITION.test(key))
  );
}
