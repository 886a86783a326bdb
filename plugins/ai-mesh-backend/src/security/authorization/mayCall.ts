import type {
  Caller,
  MayCall,
  mayCallRequestSchema,
  ProxyMode,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { z } from 'zod';
import type { ServiceObject } from '../../kubernetes/kinds';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { serviceHost } from '../../routes/hosts';
import { calledService } from '../calledService';
import type { CallerScope } from '../callerDestinationRules';
import { callerPairs, type CalledService } from '../callerPairs';
import { findWorkload } from '../MeshWorkload';
import { authorizer } from './authorizer';
import type { Attribute } from './CallRequest';
import { callerWay } from './callerWay';
import { accountOf, namespaceOf } from './matchValues';
import type { TrustDomains } from './Enforcer';
import { requestPort } from './requestPort';
import { trustDomains } from './trustDomains';

export type MayCallQuestion = z.output<typeof mayCallRequestSchema>;

/** Whom a question names as the caller: a workload or a service account; undefined for a caller in plaintext. */
export function callerNamed({
  principal,
  callerNamespace,
  callerWorkload,
}: Pick<MayCallQuestion, 'principal' | 'callerNamespace' | 'callerWorkload'>):
  { namespace: string; name: string } | undefined {
  const namespace =
    principal === undefined ? callerNamespace : namespaceOf(principal);
  const name = principal === undefined ? callerWorkload : accountOf(principal);
  return namespace === undefined || name === undefined
    ? undefined
    : { namespace, name };
}

/** "May X call ...?": what mutual TLS comes to, and what the policies say. */
export function mayCall(
  snapshot: MeshSnapshot,
  service: ServiceObject,
  question: MayCallQuestion,
  options: {
    autoMtls: boolean;
    /** Identities of the mesh's own workloads that were seen, for where its configuration cannot be read. */
    seenPrincipals?: readonly string[];
    /** Whoever asks may not see the caller, who is told of like one that there is not. */
    isHidden?: boolean;
  },
): MayCall {
  const { namespace = '', name } = service.metadata;
  const called = calledService(snapshot, service);
  const trust = trustDomains(snapshot, namespace, options.seenPrincipals ?? []);
  const isHidden = options.isHidden === true;
  const { caller, principal, scope } = whoCalls(
    snapshot,
    question,
    trust,
    isHidden,
  );
  const outcomes = scope
    ? callerPairs(snapshot, scope, called, options).filter(
        ({ port }) =>
          question.port === undefined || leadsTo(called, port, question.port),
      )
    : [];
  return {
    caller,
    decision: authorizer(snapshot, service, called, trust).decide({
      principal,
      way: isHidden ? undefined : callerWay(snapshot, caller),
      ip: question.ip,
      method: question.method,
      path: question.path.replace(/[?#].*$/s, ''),
      host:
        question.host ??
        serviceHost({ namespace, name }, snapshot.clusterDomain),
      port: question.port ?? requestPort(called),
      headers:
        question.headers === undefined
          ? undefined
          : headersOf(question.headers),
    }),
    mtls: [
      ...new Map(
        outcomes.map(({ outcome, message, words }) => [
          outcome,
          { outcome, message, ...(words && { words }) },
        ]),
      ).values(),
    ],
  };
}

/** Whom the question is about. A workload's identity is its service account; one without a proxy has none. */
function whoCalls(
  snapshot: MeshSnapshot,
  { cluster, principal, callerNamespace, callerWorkload }: MayCallQuestion,
  { own }: TrustDomains,
  isHidden: boolean,
): {
  caller: Caller;
  principal: Attribute;
  scope?: CallerScope & { proxy: ProxyMode };
} {
  if (principal !== undefined) {
    const bare = principal.replace(/^spiffe:\/\//, '');
    const namespace = namespaceOf(bare);
    return {
      caller: {
        cluster,
        id: bare,
        principal: bare,
        ...(namespace !== undefined && { namespace }),
      },
      principal: bare,
      ...(namespace !== undefined && {
        scope: { namespace, proxy: 'sidecar' },
      }),
    };
  }
  if (callerNamespace === undefined || callerWorkload === undefined) {
    const namespace = callerNamespace ?? '';
    return {
      caller: { cluster, id: 'unknown' },
      principal: null,
      scope: { namespace, proxy: 'none' },
    };
  }
  const workload = isHidden
    ? undefined
    : findWorkload(snapshot, callerNamespace, callerWorkload);
  const named = {
    cluster,
    id: `${callerNamespace}/${callerWorkload}`,
    namespace: callerNamespace,
    workload: callerWorkload,
  };
  if (!workload || workload.proxy === 'none') {
    return {
      caller: named,
      principal: workload ? null : undefined,
      scope: {
        namespace: callerNamespace,
        proxy: workload?.proxy ?? 'unknown',
      },
    };
  }
  const identity = `${own ?? ''}/ns/${callerNamespace}/sa/${workload.serviceAccount ?? 'default'}`;
  return {
    // Half an identity is nobody's name.
    caller: own === undefined ? named : { ...named, principal: identity },
    principal: identity,
    scope: {
      namespace: callerNamespace,
      labels: workload.labels,
      proxy: workload.proxy,
    },
  };
}

function leadsTo(
  { workloads }: CalledService,
  servicePort: number,
  port: number,
): boolean {
  return workloads.some(workload =>
    workload.ports.some(
      candidate =>
        candidate.port === port &&
        candidate.servicePorts.some(other => other.port === servicePort),
    ),
  );
}

function headersOf(lines: string): ReadonlyMap<string, string> {
  return new Map(
    lines
      .split(/\r?\n/)
      .filter(line => line.includes(':'))
      .map(line => {
        const colon = line.indexOf(':');
        return [
          line.slice(0, colon).trim().toLowerCase(),
          line.slice(colon + 1).trim(),
        ];
      }),
  );
}
