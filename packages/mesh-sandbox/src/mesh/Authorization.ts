import { selects } from './kubernetesObjects';
import { ObjectStore } from '../store';
import {
  AuthorizationPolicy,
  AuthorizationRule,
  MeshSettings,
} from './istioObjects';
import { Workload } from './model';

/** What a policy can see of a request at the callee's proxy. */
export interface AuthorizationSubject {
  /** `cluster.local/ns/<namespace>/sa/<account>`; absent for plaintext, whose sender has no identity. */
  principal?: string;
  namespace?: string;
  ip: string;
  method: string;
  path: string;
  host: string;
  /** The workload's own port. */
  port: number;
  headers: Readonly<Record<string, string>>;
}

/** Conditions of `when` that the sandbox can judge. */
const conditions: Record<
  string,
  (subject: AuthorizationSubject) => string | undefined
> = {
  'source.principal': ({ principal }) => principal,
  'source.namespace': ({ namespace }) => namespace,
  'source.ip': ({ ip }) => ip,
  'destination.port': ({ port }) => String(port),
};

/** Evaluates DENY and ALLOW AuthorizationPolicies. CUSTOM and AUDIT have no effect here. */
export class Authorization {
  private readonly policies: AuthorizationPolicy[];
  private readonly applying = new Map<string, AuthorizationPolicy[]>();

  constructor(
    store: ObjectStore,
    private readonly settings: MeshSettings,
  ) {
    this.policies = store.list<AuthorizationPolicy>(
      'security.istio.io',
      'AuthorizationPolicy',
    );
  }

  allows(workload: Workload, subject: AuthorizationSubject): boolean {
    const policies = this.policiesOf(workload);
    if (policies.length === 0) {
      return true;
    }
    const matches = (policy: AuthorizationPolicy) =>
      (policy.spec?.rules ?? []).some(rule => ruleMatches(rule, subject));
    if (policies.some(one => one.spec?.action === 'DENY' && matches(one))) {
      return false;
    }
    const allowing = policies.filter(
      ({ spec }) => (spec?.action ?? 'ALLOW') === 'ALLOW',
    );
    return allowing.length === 0 || allowing.some(matches);
  }

  private policiesOf(workload: Workload): AuthorizationPolicy[] {
    let found = this.applying.get(workload.key);
    if (!found) {
      found = this.policies.filter(({ metadata, spec }) => {
        const selector = spec?.selector?.matchLabels;
        return (
          [workload.namespace, this.settings.rootNamespace].includes(
            metadata.namespace ?? '',
          ) &&
          (!selector || selects(selector, workload.labels))
        );
      });
      this.applying.set(workload.key, found);
    }
    return found;
  }
}

function ruleMatches(
  rule: AuthorizationRule,
  subject: AuthorizationSubject,
): boolean {
  const { from, to, when } = rule;
  return (
    (!from?.length || from.some(({ source }) => sourceFits(source, subject))) &&
    (!to?.length ||
      to.some(({ operation }) => operationFits(operation, subject))) &&
    (when ?? []).every(condition => conditionFits(condition, subject))
  );
}

type Fields = Record<string, string[] | undefined> | undefined;

function sourceFits(source: Fields, subject: AuthorizationSubject): boolean {
  return (
    fieldFits(source, 'principals', subject.principal) &&
    fieldFits(source, 'namespaces', subject.namespace) &&
    fieldFits(source, 'ipBlocks', subject.ip) &&
    // A caller's JWT is not simulated: no request has one.
    fieldFits(source, 'requestPrincipals', undefined)
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

/** `field` needs one of its values to fit, `notField` none. */
function fieldFits(
  fields: Fields,
  name: string,
  value: string | undefined,
): boolean {
  const wanted = fields?.[name];
  const unwanted = fields?.[`not${name[0].toUpperCase()}${name.slice(1)}`];
  return (
    (!wanted?.length || wanted.some(pattern => valueFits(pattern, value))) &&
    !unwanted?.some(pattern => valueFits(pattern, value))
  );
}

function conditionFits(
  condition: { key: string; values?: string[]; notValues?: string[] },
  subject: AuthorizationSubject,
): boolean {
  const header = /^request\.headers\[(.+)\]$/.exec(condition.key);
  const value = header
    ? subject.headers[header[1].toLowerCase()]
    : conditions[condition.key]?.(subject);
  return (
    (!condition.values?.length ||
      condition.values.some(pattern => valueFits(pattern, value))) &&
    !condition.notValues?.some(pattern => valueFits(pattern, value))
  );
}

/** Exact, `prefix*`, `*suffix`, or `*` for anything that is there. */
function valueFits(pattern: string, value: string | undefined): boolean {
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
