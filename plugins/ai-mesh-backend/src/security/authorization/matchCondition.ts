import type { Wanted } from './AccessPolicy';
import { matchRemoteAddress } from './matchFields';
import { matchPrincipal } from './matchPrincipal';
import {
  matchAccount,
  matchAddress,
  matchHeader,
  matchNamespace,
  matchPort,
  matchText,
} from './matchValues';
import { matchWanted, type RuleContext } from './matchWanted';
import type { Tri } from './Tri';

/** One condition of `when`. Its values are OR; `notValues` must all fail. */
export function matchCondition(
  condition: Wanted & { readonly key: string },
  context: RuleContext,
): Tri {
  const { request, policyNamespace, enforcer } = context;
  const { key, path } = condition;
  const [attribute, name = ''] = key.split(/\[|\]/);
  switch (attribute) {
    case 'source.principal':
      return matchPrincipal(condition, request.principal, context);
    case 'source.namespace':
      return matchNamespace(condition, request.principal, enforcer);
    case 'source.serviceAccount':
      return matchAccount(condition, policyNamespace, request.principal);
    case 'source.ip':
      return matchAddress(condition, request.ip);
    case 'destination.port':
      return matchPort(condition, request.port);
    case 'request.headers':
      return matchHeader(
        condition,
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
      return matchRemoteAddress(condition, context);
    case 'destination.ip':
      return { what: 'address', path };
    case 'connection.sni':
      return { what: 'sni', path };
    default:
      // Of an attribute that nobody here knows the whole rule is unreadable.
      return { what: 'filter-metadata', path };
  }
}
