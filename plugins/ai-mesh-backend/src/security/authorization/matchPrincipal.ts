import type { Wanted } from './AccessPolicy';
import type { Attribute } from './CallRequest';
import type { TrustDomains } from './Enforcer';
import { matchWanted, type RuleContext } from './matchWanted';
import { matchesPattern } from './patterns';
import { tri, type Tri } from './Tri';

/** In a policy it stands for the mesh's own trust domain, whatever that is called. */
const OWN = 'cluster.local';

/**
 * Whether the caller's identity is wanted.
 *
 * Istio writes the trust domains that it takes for its own into a sidecar's or waypoint's rules, in place of any one of
 * them and of `cluster.local` (`pilot/pkg/security/trustdomain`); for ztunnel it leaves principals as they are
 * (`ambient/authorization.go`), so that `cluster.local` is a trust domain like any other there.
 */
export function matchPrincipal(
  wanted: Wanted,
  principal: Attribute,
  { enforcer: { proxy, trust } }: Pick<RuleContext, 'enforcer'>,
): Tri {
  const matches = proxy === 'ztunnel' ? matchLiterally : matchInMesh(trust);
  return matchWanted(wanted, 'trust-domain', principal, (pattern, value) =>
    named(matches(pattern, value), wanted),
  );
}

/** Whether the caller's trust domain is wanted; a star stands for any text. */
export function matchTrustDomain(
  wanted: Wanted,
  principal: Attribute,
  matchesText: (pattern: string, value: string) => boolean,
): Tri {
  return matchWanted(wanted, 'trust-domain', principal, (pattern, value) => {
    const { domain } = split(value);
    return domain === '' && !/^\*+$/.test(pattern)
      ? { what: 'trust-domain', path: wanted.path }
      : tri(matchesText(pattern, domain));
  });
}

/** An answer, or `open`: it depends on a trust domain that is not known. */
type Match = 'yes' | 'no' | 'open';

function named(match: Match, { path }: Wanted): Tri {
  return match === 'open' ? { what: 'trust-domain', path } : match;
}

function matchInMesh({ own, aliases }: TrustDomains) {
  return (pattern: string, value: string): Match => {
    const { domain, rest } = split(pattern);
    if (pattern.split('/').length !== 5 || domain === '*') {
      return matchLiterally(pattern, value);
    }
    if (own !== undefined && aliases !== undefined) {
      return anyOf(
        withTrustDomains(pattern, [own, ...aliases]).map(spelling =>
          matchLiterally(spelling, value),
        ),
      );
    }
    if (matchLiterally(pattern, value) === 'yes') {
      return 'yes';
    }
    const caller = split(value);
    if (!matchesPattern(rest, caller.rest)) {
      return 'no';
    }
    const isOwn = caller.domain === '' || caller.domain === own;
    return isOwn && (domain === OWN || domain === own) ? 'yes' : 'open';
  };
}

/** A principal as a policy names it, in each of the mesh's trust domains where it is in one of them. */
export function withTrustDomains(
  pattern: string,
  domains: readonly string[],
): string[] {
  const { domain, rest } = split(pattern);
  const isOne = (candidate: string) => matchesPattern(domain, candidate);
  return domain === OWN || domains.some(isOne)
    ? domains.map(candidate =>
        domain.startsWith('*') && isOne(candidate)
          ? pattern
          : `${candidate}${rest}`,
      )
    : [pattern];
}

/** Without a trust domain before its slash, a value is one of the mesh's own, which is not known. */
function matchLiterally(pattern: string, value: string): Match {
  if (!value.startsWith('/')) {
    return matchesPattern(pattern, value) ? 'yes' : 'no';
  }
  if (pattern === '*') {
    return 'yes';
  }
  if (pattern.startsWith('*')) {
    const suffix = pattern.slice(1);
    return value.endsWith(suffix) ? 'yes' : openIf(suffix.endsWith(value));
  }
  const { rest } = split(pattern);
  return openIf(
    pattern.includes('/') ? matchesPattern(rest, value) : pattern.endsWith('*'),
  );
}

function openIf(condition: boolean): Match {
  return condition ? 'open' : 'no';
}

function anyOf(matches: readonly Match[]): Match {
  return (
    (['yes', 'open'] as const).find(match => matches.includes(match)) ?? 'no'
  );
}

function split(principal: string): { domain: string; rest: string } {
  const slash = principal.indexOf('/');
  return slash < 0
    ? { domain: principal, rest: '' }
    : { domain: principal.slice(0, slash), rest: principal.slice(slash) };
}
