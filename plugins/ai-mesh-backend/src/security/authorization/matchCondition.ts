import type { Wanted } from './AccessPolicy';
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
import type { Tri } from './Tri';

/** One condition of `when`. Its values are OR; `notValues` must all fail. */
export function matchCondition(
  condition: Wanted & { readonly key: string },
  { request, policyNamespace }: RuleContext,
): Tri {
  const { key, path } = condition;
  const [attribute, name = ''] = key.split(/\[|\]/);
  if (request.tcp && /^(request\.|remote\.ip$)/.test(key)) {
    // Only a DENY rule gets here, and it does without what nobody sees.
    return 'yes';
  }
  switch (attribute) {
    case 'source.principal':
      return matchPrincipal(condition, request.principal);
    case 'source.namespace':
      return matchNamespace(condition, request.principal);
    case 'source.serviceAccount':
      return matchAccount(condition, policyNamespace, request.principal);
    case 'source.ip':
      return matchAddress(condition, request.ip);
    case 'destination.port':
      return matchPort(condition, request.port);
    case 'request.headers':
      return matchText(
        condition,
        'header',
        request.headers && (request.headers.get(name.toLowerCase()) ?? null),
      );
    case 'request.auth.principal':
      return matchText(condition, 'token', request.requestPrincipal);
    case 'request.auth.audiences':
    case 'request.auth.presenter':
    case 'request.auth.claims':
      return matchWanted(
        condition,
        'token',
        // Without a token there are no claims; of a token only issuer and subject are known here.
        request.requestPrincipal === null ? null : undefined,
        () => 'no',
      );
    case 'remote.ip':
    case 'destination.ip':
      return { what: 'address', path };
    case 'connection.sni':
      return { what: 'sni', path };
    default:
      return {
        what: key.startsWith('experimental.envoy.filters.')
          ? 'filter-metadata'
          : 'unreadable',
        path,
      };
  }
}
