import type { ConnectionSubject } from './authorizationSubjects';
import {
  conditionFits,
  connectionConditions,
  connectionSourceFits,
  fieldFits,
  Fields,
  negated,
} from './authorizationRules';
import { AuthorizationRule } from './istioObjects';

const both = (...names: string[]) => names.flatMap(one => [one, negated(one)]);

/*
 * How istiod translates a rule for ztunnel, and how ztunnel evaluates what it gets:
 * pilot/pkg/serviceregistry/kube/controller/ambient/authorization.go and ztunnel's src/rbac.rs.
 */
const HTTP_FIELDS = new Set([
  ...both('hosts', 'methods', 'paths'),
  ...both('remoteIpBlocks', 'requestPrincipals'),
]);
const CONNECTION_FIELDS = [
  ...both('ports'),
  ...both('principals', 'namespaces', 'ipBlocks', 'serviceAccounts'),
];

/**
 * Whether a rule fits a connection at a ztunnel. A rule of ALLOW that looks at HTTP fits nobody. One of DENY loses its
 * HTTP fields; a source, an operation or a condition that then is empty fits nothing, and so does its whole clause.
 */
export function tunnelRuleMatches(
  { from, to, when }: AuthorizationRule,
  subject: ConnectionSubject,
  { action, namespace }: { action: string; namespace: string },
): boolean {
  const sources = (from ?? []).map(one => one.source);
  const operations = (to ?? []).map(one => one.operation);
  const looksAtHttp =
    [...sources, ...operations].some(fields => isSet(fields, HTTP_FIELDS)) ||
    (when ?? []).some(({ key }) => !isConnectionKey(key));
  if (action === 'ALLOW' && looksAtHttp) {
    return false;
  }
  return (
    clauseFits(operations, fields =>
      fieldFits(fields, 'ports', String(subject.port)),
    ) &&
    clauseFits(sources, fields =>
      connectionSourceFits(fields, subject, namespace),
    ) &&
    (when ?? []).every(
      condition =>
        isConnectionKey(condition.key) &&
        Boolean(condition.values?.length || condition.notValues?.length) &&
        conditionFits(condition, {
          ...subject,
          method: '',
          path: '',
          host: '',
          headers: {},
        }),
    )
  );
}

function clauseFits(
  parts: readonly Fields[],
  fits: (fields: Fields) => boolean,
): boolean {
  return (
    parts.length === 0 ||
    parts.some(fields => isSet(fields, CONNECTION_FIELDS) && fits(fields))
  );
}

function isSet(fields: Fields, names: Iterable<string>): boolean {
  return [...names].some(name => (fields?.[name] ?? []).length > 0);
}

function isConnectionKey(key: string): boolean {
  return key in connectionConditions || key === 'destination.ip';
}
