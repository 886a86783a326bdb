import type { AccessRule, FieldSet, Wanted } from './AccessPolicy';
import { matchCondition } from './matchCondition';
import {
  matchAccount,
  matchAddress,
  matchNamespace,
  matchPort,
  matchPrincipal,
  matchText,
  matchWanted,
  type RuleContext,
} from './matchValues';
import { matchesHost, matchesPath } from './patterns';
import { all, any, tri, type Tri } from './Tri';

/** Fields that only an HTTP request has. */
const HTTP_FIELDS = new Set([
  'requestPrincipals',
  'remoteIpBlocks',
  'hosts',
  'methods',
  'paths',
]);

/** Whether a request is one that the rule means: `from`, `to` and `when` are AND, the entries of each OR. */
export function matchRule(rule: AccessRule, context: RuleContext): Tri {
  if (rule.unreadable) {
    return { what: 'unreadable', path: rule.unreadable.path };
  }
  if (context.request.tcp && asksForHttp(rule) && context.action === 'ALLOW') {
    // On a bare connection Istio drops an ALLOW rule that asks for more, as a whole.
    return 'no';
  }
  return all([
    rule.from.length === 0
      ? 'yes'
      : any(rule.from.map(source => matchFields(source, context))),
    rule.to.length === 0
      ? 'yes'
      : any(rule.to.map(operation => matchFields(operation, context))),
    ...rule.when.map(condition => matchCondition(condition, context)),
  ]);
}

/** Whether a caller could match the rule at all, whatever it asks for. */
export function matchCaller(rule: AccessRule, context: RuleContext): Tri {
  return matchRule({ ...rule, to: [], when: [] }, context);
}

function asksForHttp({ from, to, when }: AccessRule): boolean {
  return (
    [...from, ...to].some(fields =>
      [...fields.keys()].some(name => HTTP_FIELDS.has(name)),
    ) || when.some(({ key }) => /^(request\.|remote\.ip$)/.test(key))
  );
}

function matchFields(fields: FieldSet, context: RuleContext): Tri {
  return all(
    [...fields]
      // Where nobody sees them, a DENY rule does without them and so denies more.
      .filter(([name]) => !(context.request.tcp && HTTP_FIELDS.has(name)))
      .map(([name, wanted]) => matchField(name, wanted, context)),
  );
}

function matchField(name: string, wanted: Wanted, context: RuleContext): Tri {
  const { request, policyNamespace } = context;
  switch (name) {
    case 'principals':
      return matchPrincipal(wanted, request.principal);
    case 'namespaces':
      return matchNamespace(wanted, request.principal);
    case 'serviceAccounts':
      return matchAccount(wanted, policyNamespace, request.principal);
    case 'requestPrincipals':
      return matchText(wanted, 'token', request.requestPrincipal);
    case 'ipBlocks':
      return matchAddress(wanted, request.ip);
    case 'remoteIpBlocks':
      // Which address that is depends on how many proxies are trusted before the mesh.
      return { what: 'address', path: wanted.path };
    case 'hosts':
      return matchWanted(wanted, 'header', request.host, (pattern, value) =>
        tri(matchesHost(pattern, value)),
      );
    case 'methods':
      return matchText(wanted, 'header', request.method);
    case 'paths':
      return matchWanted(wanted, 'header', request.path, (pattern, value) =>
        tri(matchesPath(pattern, value)),
      );
    default:
      return matchPort(wanted, request.port);
  }
}
