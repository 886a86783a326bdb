import { BlockList, isIP } from 'net';
import type {
  AuthorizationSubject,
  ConnectionSubject,
} from './authorizationSubjects';
import { AuthorizationRule } from './istioObjects';

/** Lists of a source, an operation or a condition, by the field's name. */
export type Fields = Record<string, string[] | undefined> | undefined;

/** Conditions of `when` that the sandbox can judge of a connection. */
export const connectionConditions: Record<
  string,
  (subject: ConnectionSubject) => string | undefined
> = {
  'source.principal': ({ principal }) => principal,
  'source.namespace': ({ namespace }) => namespace,
  'source.ip': ({ ip }) => ip,
  'destination.port': ({ port }) => String(port),
};

/** Whether a rule fits a request as an Envoy sees it. */
export function ruleMatches(
  { from, to, when }: AuthorizationRule,
  subject: AuthorizationSubject,
  /** Of the policy; `serviceAccounts` without a namespace are of it. */
  namespace: string,
): boolean {
  return (
    (!from?.length ||
      from.some(({ source }) => sourceFits(source, subject, namespace))) &&
    (!to?.length ||
      to.some(({ operation }) => operationFits(operation, subject))) &&
    (when ?? []).every(condition => conditionFits(condition, subject))
  );
}

function sourceFits(
  source: Fields,
  subject: AuthorizationSubject,
  namespace: string,
): boolean {
  return (
    connectionSourceFits(source, subject, namespace) &&
    // Nobody in the sandbox sends `X-Forwarded-For`: the remote address is the peer's.
    fieldFits(source, 'remoteIpBlocks', subject.ip, inBlock) &&
    // A caller's JWT is not simulated: no request has one.
    fieldFits(source, 'requestPrincipals', undefined)
  );
}

/** The part of a source that a connection tells. */
export function connectionSourceFits(
  source: Fields,
  { principal, namespace, ip }: ConnectionSubject,
  ownNamespace: string,
): boolean {
  return (
    fieldFits(source, 'principals', principal) &&
    fieldFits(source, 'namespaces', namespace) &&
    fieldFits(source, 'ipBlocks', ip, inBlock) &&
    fieldFits(source, 'serviceAccounts', principal, (pattern, value) => {
      const account = pattern.includes('/')
        ? pattern
        : `${ownNamespace}/${pattern}`;
      return value?.endsWith(`/ns/${account.replace('/', '/sa/')}`) ?? false;
    })
  );
}

function operationFits(
  operation: Fields,
  subject: AuthorizationSubject,
): boolean {
  return (
    fieldFits(operation, 'methods', subject.method) &&
    fieldFits(operation, 'paths', subject.path.split('?', 1)[0]) &&
    fieldFits(operation, 'hosts', subject.host) &&
    fieldFits(operation, 'ports', String(subject.port))
  );
}

type Fits = (pattern: string, value: string | undefined) => boolean;

/** `field` needs one of its values to fit, `notField` none. */
export function fieldFits(
  fields: Fields,
  name: string,
  value: string | undefined,
  fits: Fits = valueFits,
): boolean {
  const wanted = fields?.[name];
  const unwanted = fields?.[negated(name)];
  return (
    (!wanted?.length || wanted.some(pattern => fits(pattern, value))) &&
    !unwanted?.some(pattern => fits(pattern, value))
  );
}

/** `notPrincipals` of `principals`. */
export function negated(name: string): string {
  return `not${name[0].toUpperCase()}${name.slice(1)}`;
}

export function conditionFits(
  condition: { key: string; values?: string[]; notValues?: string[] },
  subject: AuthorizationSubject,
): boolean {
  const header = /^request\.headers\[(.+)\]$/.exec(condition.key);
  const value = header
    ? subject.headers[header[1].toLowerCase()]
    : connectionConditions[condition.key]?.(subject);
  const fits = condition.key === 'source.ip' ? inBlock : valueFits;
  return (
    (!condition.values?.length ||
      condition.values.some(pattern => fits(pattern, value))) &&
    !condition.notValues?.some(pattern => fits(pattern, value))
  );
}

/** Exact, `prefix*`, `*suffix`, or `*` for anything that is there. */
export function valueFits(pattern: string, value: string | undefined): boolean {
  if (value === undefined) {
    return false;
  }
  if (pattern === '*') {
    return value !== '';
  }
  if (pattern.endsWith('*')) {
    return value.startsWith(pattern.slice(0, -1));
  }
  if (pattern.startsWith('*')) {
    return value.endsWith(pattern.slice(1));
  }
  return pattern === value;
}

/** An address, or a range of them such as `10.244.0.0/16`. */
export function inBlock(pattern: string, value: string | undefined): boolean {
  const [address, bits] = pattern.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (!value || !isIP(address) || !isIP(value)) {
    return false;
  }
  const list = new BlockList();
  if (bits === undefined) {
    list.addAddress(address, family);
  } else {
    list.addSubnet(address, Number(bits), family);
  }
  return list.check(value, isIP(value) === 6 ? 'ipv6' : 'ipv4');
}
