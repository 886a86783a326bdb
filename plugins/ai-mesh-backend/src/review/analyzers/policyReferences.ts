import type { ConfigObject } from '../../kubernetes/kinds';
import { meshConfig } from '../../kubernetes/meshConfig';
import type { Field } from '../../routes/Field';
import type { Analyzer, Draft } from '../Analyzer';
import { isForService } from '../isForService';
import { isKnownHost, isKnownNamespace } from '../knownNames';
import { isKnownPrincipal, trustDomainOf } from '../knownPrincipals';
import type { ReviewSubject } from '../ReviewSubject';
import { specOf } from '../specOf';
import { placeOf } from '../subjectRules';

const METHODS = [
  'CONNECT',
  'DELETE',
  'GET',
  'HEAD',
  'OPTIONS',
  'PATCH',
  'POST',
  'PUT',
  'TRACE',
];

/** AIM414: policies of the namespace, or of the whole mesh, that name what does not exist. */
export const policyReferences: Analyzer = {
  codes: ['AIM414'],
  needs: [
    'AuthorizationPolicy',
    'Namespace',
    'Service',
    'ServiceEntry',
    'VirtualService',
    'Pod',
    'Deployment',
    'StatefulSet',
    'DaemonSet',
  ],
  ofObject: true,
  *analyze(subject) {
    const { snapshot, service } = subject;
    for (const home of new Set([service.namespace, snapshot.rootNamespace])) {
      for (const object of snapshot
        .inNamespace('AuthorizationPolicy', home)
        .filter(policy => isForService(subject, policy))) {
        for (const rule of specOf(object).at('rules').list()) {
          for (const from of rule.at('from').list()) {
            yield* judgeSource(subject, object, from.at('source'));
          }
          for (const to of rule.at('to').list()) {
            yield* judgeOperation(subject, object, to.at('operation'));
          }
        }
      }
    }
  },
};

function* judgeSource(
  subject: ReviewSubject,
  object: ConfigObject,
  source: Field,
): Iterable<Draft> {
  const { snapshot } = subject;
  for (const field of ['namespaces', 'notNamespaces'].flatMap(name =>
    source.at(name).list(),
  )) {
    const namespace = field.text();
    if (namespace !== undefined && !isKnownNamespace(snapshot, namespace)) {
      yield {
        key: 'AIM414.namespace',
        object,
        path: field.path,
        params: { place: placeOf(object, field.path), namespace },
      };
    }
  }
  for (const field of source.at('principals').list()) {
    const principal = field.text();
    if (principal !== undefined && !isKnownPrincipal(snapshot, principal)) {
      yield {
        key: isForeign(subject, principal)
          ? 'AIM414.foreign'
          : 'AIM414.principal',
        object,
        path: field.path,
        params: { place: placeOf(object, field.path), principal },
      };
    }
  }
}

/** Which trust domains are the mesh's own its configuration says, and who was seen calling. */
function isForeign(
  { security, snapshot, service }: ReviewSubject,
  principal: string,
): boolean {
  const domain = trustDomainOf(principal);
  const config = meshConfig(snapshot, service.namespace);
  const own = new Set([
    // Istio takes this one for its own, whatever its own is.
    'cluster.local',
    snapshot.clusterDomain,
    ...(config ? [config.trustDomain, ...config.trustDomainAliases] : []),
    ...security.principals.flatMap(seen => trustDomainOf(seen) ?? []),
  ]);
  return domain !== undefined && !own.has(domain);
}

function* judgeOperation(
  { snapshot }: ReviewSubject,
  object: ConfigObject,
  operation: Field,
): Iterable<Draft> {
  for (const field of operation.at('methods').list()) {
    const method = field.text();
    if (method !== undefined && !isMethod(method)) {
      yield {
        key: 'AIM414.method',
        object,
        path: field.path,
        params: { place: placeOf(object, field.path), method },
      };
    }
  }
  for (const field of operation.at('hosts').list()) {
    const host = field.text();
    if (
      host !== undefined &&
      !isKnownHost(snapshot, host, object.metadata.namespace ?? '')
    ) {
      yield {
        key: 'AIM414.host',
        object,
        path: field.path,
        params: { place: placeOf(object, field.path), host },
      };
    }
  }
}

/** A name, or one with a wildcard at an end; `*` is any. */
function isMethod(written: string): boolean {
  const method = written.trim().toUpperCase();
  if (method === '*') {
    return true;
  }
  if (method.endsWith('*')) {
    return METHODS.some(name => name.startsWith(method.slice(0, -1)));
  }
  return method.startsWith('*')
    ? METHODS.some(name => name.endsWith(method.slice(1)))
    : METHODS.includes(method);
}
