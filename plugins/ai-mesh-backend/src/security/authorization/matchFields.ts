import type { FieldSet, Wanted } from './AccessPolicy';
import {
  matchAccount,
  matchAddress,
  matchHeader,
  matchNamespace,
  matchPort,
  matchText,
} from './matchValues';
import { matchPrincipal, matchTrustDomain } from './matchPrincipal';
import { matchWanted, type RuleContext } from './matchWanted';
import { matchesHost, matchesNamespace, matchesPath } from './patterns';
import { all, tri, type Tri } from './Tri';

/** Whether the fields of one `source` or `operation`, all of them, mean the request. */
export function matchFields(fields: FieldSet, context: RuleContext): Tri {
  return all(
    [...fields].map(([name, wanted]) => matchField(name, wanted, context)),
  );
}

function matchField(name: string, wanted: Wanted, context: RuleContext): Tri {
  const { request, policyNamespace, enforcer } = context;
  switch (name) {
    case 'principals':
      return matchPrincipal(wanted, request.principal, context);
    case 'trustDomains':
      return matchTrustDomain(wanted, request.principal, matchesNamespace);
    case 'namespaces':
      return matchNamespace(wanted, request.principal, enforcer);
    case 'serviceAccounts':
      return matchAccount(wanted, policyNamespace, request.principal);
    case 'requestPrincipals':
      return matchText(wanted, 'token', request.requestPrincipal);
    case 'ipBlocks':
      return matchAddress(wanted, request.ip);
    case 'remoteIpBlocks':
      return matchRemoteAddress(wanted, context);
    case 'destinationIps':
      return { what: 'address', path: wanted.path };
    case 'hosts':
      return matchWanted(wanted, 'header', request.host, (pattern, value) =>
        tri(pattern === '*' || matchesHost(pattern, value)),
      );
    case 'methods':
      return matchHeader(wanted, request.method);
    case 'paths':
      return matchWanted(wanted, 'header', request.path, (pattern, value) =>
        tri(matchesPath(pattern, value)),
      );
    default:
      return matchPort(wanted, request.port);
  }
}

/** The original client's address: of a request it depends on how many proxies are trusted before the mesh; a bare connection has only its peer's. */
export function matchRemoteAddress(
  wanted: Wanted,
  { request }: RuleContext,
): Tri {
  return request.tcp
    ? matchAddress(wanted, request.ip)
    : { what: 'address', path: wanted.path };
}
