import type { Action, Wanted } from './AccessPolicy';
import { inBlock } from './addressBlocks';
import type { Attribute, CallRequest } from './CallRequest';
import { matchesNamespace, matchesPattern } from './patterns';
import { all, any, not, tri, type Obstacle, type Tri } from './Tri';

export interface RuleContext {
  readonly request: CallRequest;
  readonly action: Action;
  /** Where the policy lives: service accounts without a namespace are meant there. */
  readonly policyNamespace: string;
}

/** One of the values, where any are given, and none of the others. A request without the attribute has no value. */
export function matchWanted(
  { values, notValues, path }: Wanted,
  what: Obstacle['what'],
  attribute: Attribute,
  matches: (pattern: string, value: string) => Tri,
): Tri {
  if (attribute === undefined) {
    return { what, path };
  }
  const one = (pattern: string): Tri =>
    attribute === null ? 'no' : matches(pattern, attribute);
  return all([
    values.length === 0 ? 'yes' : any(values.map(one)),
    not(any(notValues.map(one))),
  ]);
}

/** `cluster.local` in a policy stands for the mesh's own trust domain, whatever that is called. */
export function matchPrincipal(wanted: Wanted, principal: Attribute): Tri {
  return matchWanted(
    wanted,
    'trust-domain',
    principal,
    (pattern, value): Tri => {
      if (matchesPattern(pattern, value)) {
        return 'yes';
      }
      const renamed = value.replace(/^[^/]+\//, 'cluster.local/');
      return matchesPattern(pattern, renamed)
        ? { what: 'trust-domain', path: wanted.path }
        : 'no';
    },
  );
}

export function matchAddress(wanted: Wanted, address: Attribute): Tri {
  return matchWanted(wanted, 'address', address, (block, value): Tri => {
    const inside = inBlock(block, value);
    return inside === undefined
      ? { what: 'unreadable', path: wanted.path }
      : tri(inside);
  });
}

export function matchPort(wanted: Wanted, port: number | undefined): Tri {
  return port === undefined
    ? { what: 'address', path: wanted.path }
    : matchWanted(wanted, 'address', String(port), (pattern, value) =>
        tri(pattern === value),
      );
}

/** The namespace of a caller is what its principal says, and nothing else. */
export function matchNamespace(wanted: Wanted, principal: Attribute): Tri {
  return matchWanted(wanted, 'trust-domain', principal, (pattern, value) =>
    tri(matchesNamespace(pattern, namespaceOf(value) ?? '')),
  );
}

/** `name` or `namespace/name`; without a namespace, the policy's own. */
export function matchAccount(
  wanted: Wanted,
  policyNamespace: string,
  principal: Attribute,
): Tri {
  return matchWanted(wanted, 'trust-domain', principal, (account, value) => {
    const [namespace, name] = account.includes('/')
      ? account.split('/')
      : [policyNamespace, account];
    return tri(
      namespaceOf(value) === namespace &&
        value.match(/\/sa\/([^/]+)/)?.[1] === name,
    );
  });
}

export function matchText(
  wanted: Wanted,
  what: Obstacle['what'],
  attribute: Attribute,
): Tri {
  return matchWanted(wanted, what, attribute, (pattern, value) =>
    tri(matchesPattern(pattern, value)),
  );
}

export function namespaceOf(principal: string): string | undefined {
  return principal.match(/\/ns\/([^/]+)\//)?.[1];
}
