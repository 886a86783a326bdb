import type { AccessRule, FieldSet, Wanted } from './AccessPolicy';
import { matchFields } from './matchFields';
import type { RuleContext } from './matchWanted';
import { all, any, type Tri } from './Tri';

/** What `httpOperations` and `httpSources` of Istio's `ambient/authorization.go` find: ztunnel is not given them. */
const HTTP_FIELDS: readonly string[] = [
  'hosts',
  'methods',
  'paths',
  'remoteIpBlocks',
  'requestPrincipals',
];

/**
 * What `RbacMatch` of ztunnel's `src/rbac.rs` does not have: it is left out of a rule. Whether `ambient/authorization.go`
 * takes the rule for one of HTTP then depends on the version: where `httpSources` does not know them, it does not.
 */
const UNTOLD_FIELDS: readonly string[] = ['trustDomains'];

/** `l4WhenAttributes` of `ambient/authorization.go`, each as the field that says the same; any other key is HTTP there. */
const CONDITIONS: ReadonlyMap<string, string> = new Map([
  ['source.ip', 'ipBlocks'],
  ['source.namespace', 'namespaces'],
  ['source.principal', 'principals'],
  ['destination.ip', 'destinationIps'],
  ['destination.port', 'ports'],
]);

/**
 * Whether ztunnel takes the connection for one that the rule means. Istio leaves an ALLOW rule out that asks for HTTP
 * at all; of a DENY rule it leaves out the HTTP fields (`handleRule` of `ambient/authorization.go`), and trust domains; where that
 * leaves an entry empty, ztunnel takes the entry for one that matches nothing (`src/rbac.rs`).
 */
export function matchAtZtunnel(rule: AccessRule, context: RuleContext): Tri {
  if (context.action === 'ALLOW' && httpFieldsOf(rule).length > 0) {
    return 'no';
  }
  const matched = all(
    clausesOf(rule).map(entries =>
      any(entries.map(fields => matchFields(fields, context))),
    ),
  );
  const untold = context.action === 'ALLOW' && untoldPath(rule);
  return untold && matched !== 'no'
    ? { what: 'istio-version', path: untold }
    : matched;
}

function untoldPath({ from }: AccessRule): string | undefined {
  return from.flatMap(fields =>
    UNTOLD_FIELDS.flatMap(name => fields.get(name)?.path ?? []),
  )[0];
}

/** Whether no connection can match the rule once what ztunnel does not see is left out. */
export function isEmptyAtZtunnel(rule: AccessRule): boolean {
  return clausesOf(rule).some(entries => entries.length === 0);
}

/** What the rule asks for of HTTP, each once, as written: `methods`, `request.headers[x-tier]`. */
export function httpFieldsOf(rule: AccessRule): string[] {
  return [
    ...new Set([
      ...asWritten(rule, HTTP_FIELDS),
      ...rule.when.map(({ key }) => key).filter(key => !CONDITIONS.has(key)),
    ]),
  ];
}

/** What the rule asks for and ztunnel does not see, each once, as written. */
export function unseenFieldsOf(rule: AccessRule): string[] {
  return [
    ...new Set([...asWritten(rule, UNTOLD_FIELDS), ...httpFieldsOf(rule)]),
  ];
}

function asWritten(
  { from, to }: AccessRule,
  names: readonly string[],
): string[] {
  return [...from, ...to].flatMap(fields =>
    [...fields].flatMap(([name, { path }]) =>
      names.includes(name) ? [path.split('.').at(-1)!] : [],
    ),
  );
}

/** AND of ORs: the entries of `to`, those of `from`, and each condition; without what ztunnel does not see and what that leaves empty. */
function clausesOf({ from, to, when }: AccessRule): FieldSet[][] {
  return [
    ...[to, from].filter(entries => entries.length > 0),
    ...when.map(condition => [fieldOf(condition)]),
  ].map(entries => entries.map(asTold).filter(fields => fields.size > 0));
}

function asTold(fields: FieldSet): FieldSet {
  return new Map(
    [...fields].filter(
      ([name]) => !HTTP_FIELDS.includes(name) && !UNTOLD_FIELDS.includes(name),
    ),
  );
}

function fieldOf(condition: Wanted & { readonly key: string }): FieldSet {
  const name = CONDITIONS.get(condition.key);
  return new Map(name === undefined ? [] : [[name, condition]]);
}
