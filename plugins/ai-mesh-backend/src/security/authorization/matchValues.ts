import type { Wanted } from './AccessPolicy';
import { inBlock } from './addressBlocks';
import type { Attribute } from './CallRequest';
import type { Enforcer } from './Enforcer';
import { matchWanted } from './matchWanted';
import { matchesNamespace, matchesPattern } from './patterns';
import { tri, type Obstacle, type Tri } from './Tri';

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

/** The namespace of a caller is what its principal says, and nothing else. Only ztunnel knows no star in the middle. */
export function matchNamespace(
  wanted: Wanted,
  principal: Attribute,
  { proxy }: Pick<Enforcer, 'proxy'>,
): Tri {
  const matches = proxy === 'ztunnel' ? matchesPattern : matchesNamespace;
  return matchWanted(wanted, 'trust-domain', principal, (pattern, value) =>
    tri(matches(pattern, namespaceOf(value) ?? '')),
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
    return tri(namespaceOf(value) === namespace && accountOf(value) === name);
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

/** A star alone asks whether there is such a header, be it empty: Istio's `HeaderMatcher` makes a `PresentMatch` of it. */
export function matchHeader(wanted: Wanted, attribute: Attribute): Tri {
  return matchWanted(wanted, 'header', attribute, (pattern, value) =>
    tri(pattern === '*' || matchesPattern(pattern, value)),
  );
}

export function accountOf(principal: string): string | undefined {
  return principal.match(/\/sa\/([^/]+)/)?.[1];
}

export function namespaceOf(principal: string): string | undefined {
  return principal.match(/\/ns\/([^/]+)\//)?.[1];
}
