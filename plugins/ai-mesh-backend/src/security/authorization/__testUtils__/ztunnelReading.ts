/**
 * A second reading of what ztunnel does with an AuthorizationPolicy, apart from the one under test: the messages that
 * istiod makes of it (`convertAuthorizationPolicy` and `handleRule` of `ambient/authorization.go`), and how ztunnel
 * holds a connection against them (`Authorization::matches` of `src/rbac.rs`). For tests.
 */
export interface Rule {
  from?: { source: Record<string, string[]> }[];
  to?: { operation: Record<string, string[]> }[];
  when?: { key: string; values?: string[]; notValues?: string[] }[];
}

export interface Connection {
  /** Trust domain, namespace, service account; undefined: no identity. */
  identity: { domain: string; namespace: string; account: string } | undefined;
  port: number;
}

/** Field by field what a connection has to be; empty: nothing at all. */
type Match = Record<string, string[]>;

const L4_SOURCE = [
  'namespaces',
  'notNamespaces',
  'serviceAccounts',
  'notServiceAccounts',
  'principals',
  'notPrincipals',
];
/** Istiod reads them of no rule; only newer ones take it for one of HTTP by them. */
const UNTOLD = ['trustDomains', 'notTrustDomains'];
const L4_OPERATION = ['ports', 'notPorts'];
const L4_WHEN: Record<string, [string, string]> = {
  'source.namespace': ['namespaces', 'notNamespaces'],
  'source.principal': ['principals', 'notPrincipals'],
  'destination.port': ['ports', 'notPorts'],
};

export function readByZtunnel(
  action: 'ALLOW' | 'DENY',
  rules: readonly Rule[],
  connection: Connection,
  knowsTrustDomains: boolean,
): boolean {
  return rules.some(rule => {
    const group = groupOf(action, rule, knowsTrustDomains);
    return group?.every(
      clause =>
        clause.length === 0 ||
        clause.some(
          match => Object.keys(match).length > 0 && holds(match, connection),
        ),
    );
  });
}

function groupOf(
  action: 'ALLOW' | 'DENY',
  { from = [], to = [], when = [] }: Rule,
  knowsTrustDomains: boolean,
): Match[][] | undefined {
  let l7 = false;
  const pick = (fields: Match, l4: string[]) =>
    Object.fromEntries(
      Object.entries(fields).filter(([name]) => {
        l7 ||=
          !l4.includes(name) && (knowsTrustDomains || !UNTOLD.includes(name));
        return l4.includes(name);
      }),
    );
  const toMatches = to.map(({ operation }) => pick(operation, L4_OPERATION));
  const fromMatches = from.map(({ source }) => pick(source, L4_SOURCE));
  const whenMatches = when.map(({ key, values, notValues }): Match[] => {
    const names = L4_WHEN[key];
    l7 ||= !names;
    return [
      names
        ? {
            ...(values && { [names[0]]: values }),
            ...(notValues && { [names[1]]: notValues }),
          }
        : {},
    ];
  });
  if (action === 'ALLOW' && l7) {
    return undefined;
  }
  return [
    ...(toMatches.length > 0 ? [toMatches] : []),
    ...(fromMatches.length > 0 ? [fromMatches] : []),
    ...whenMatches,
  ];
}

function holds(match: Match, { identity, port }: Connection): boolean {
  const spiffe = identity
    ? `${identity.domain}/ns/${identity.namespace}/sa/${identity.account}`
    : undefined;
  const tests: Record<string, (value: string) => boolean> = {
    principals: value => spiffe !== undefined && isMatch(value, spiffe),
    namespaces: value => isMatch(value, identity?.namespace ?? ''),
    serviceAccounts: value => {
      const [namespace, account] = value.includes('/')
        ? value.split('/')
        : ['ai', value];
      return identity?.namespace === namespace && identity.account === account;
    },
    ports: value => Number(value) === port,
  };
  return Object.entries(tests).every(([name, test]) => {
    const positive = match[name] ?? [];
    const negative = match[`not${name[0].toUpperCase()}${name.slice(1)}`] ?? [];
    return (
      (positive.length === 0 || positive.some(test)) && !negative.some(test)
    );
  });
}

function isMatch(pattern: string, text: string): boolean {
  if (pattern === '*') {
    return text !== '';
  }
  if (pattern.startsWith('*')) {
    return text.endsWith(pattern.slice(1));
  }
  return pattern.endsWith('*')
    ? text.startsWith(pattern.slice(0, -1))
    : text === pattern;
}
