import type { FindingMessageKey } from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../../kubernetes/kinds';
import type { Field } from '../../routes/Field';
import type { Analyzer, Draft } from '../Analyzer';
import { isForService } from '../isForService';
import { isKnownHost, isKnownNamespace } from '../knownNames';
import {
  isKnownPrincipal,
  trustDomainOf,
  trustDomainsOf,
  withOwnDomain,
} from '../knownPrincipals';
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
    const unknown = principal && unknownPrincipal(subject, principal);
    if (unknown) {
      yield {
        key: unknown.key,
        object,
        path: field.path,
        params: {
          place: placeOf(object, field.path),
          principal,
          ...(unknown.cluster !== undefined && { cluster: unknown.cluster }),
        },
      };
    }
  }
}

/**
 * What is wrong with a principal: its account runs in another cluster alone, it is of another trust domain, or it is
 * nobody's. Undefined: it is somebody's here.
 *
 * @see Kiali's business/checkers/authorization/principals_checker.go
 */
function unknownPrincipal(
  { security, snapshot, service, others }: ReviewSubject,
  written: string,
): { key: FindingMessageKey; cluster?: string } | undefined {
  const own = trustDomainsOf(snapshot, service.namespace);
  const principal = withOwnDomain(written, own);
  if (isKnownPrincipal(snapshot, principal, own)) {
    return undefined;
  }
  const elsewhere = others.find(other =>
    isKnownPrincipal(
      other.snapshot,
      principal,
      trustDomainsOf(other.snapshot, service.namespace),
    ),
  );
  if (elsewhere) {
    return { key: 'AIM414.remote', cluster: elsewhere.cluster };
  }
  const domain = trustDomainOf(principal);
  const known = new Set([
    ...(own ?? ['cluster.local', snapshot.clusterDomain]),
    ...others.flatMap(
      other => trustDomainsOf(other.snapshot, service.namespace) ?? [],
    ),
    ...security.principals.flatMap(seen => trustDomainOf(seen) ?? []),
  ]);
  return domain === undefined || known.has(domain)
    ? { key: 'AIM414.principal' }
    : { key: 'AIM414.foreign' };
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
