import {
  known,
  unknown,
  wording,
  type CallerMtls,
  type Measured,
  type ProxyMode,
  type ServiceMtls,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ServiceObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { calledService } from './calledService';
import { clientNotes } from './clientNotes';
import { pairsByView, type CalledService } from './callerPairs';
import type { LookBack } from './LookBack';
import { findWorkload, type MeshWorkload } from './MeshWorkload';
import { mtlsConflicts } from './mtlsConflicts';
import { mtlsStatus } from './mtlsStatus';
import type { NamespacePlaintext } from './namespacePlaintext';
import { isUnanswered, type ObservedCaller } from './observedCallers';
import { plaintextReason } from './plaintextReason';
import { strictReadiness } from './strictReadiness';
import { unobserved } from './unobserved';

export interface ServiceMtlsInputs {
  readonly snapshot: MeshSnapshot;
  readonly service: ServiceObject;
  readonly observed: Measured<readonly ObservedCaller[]>;
  readonly namespacePlaintext: Measured<NamespacePlaintext>;
  readonly lookBack: LookBack;
  readonly now: Date;
  /** The mesh's `enableAutoMtls`. */
  readonly autoMtls: boolean;
}

/** Intent beside observation: what each port accepts, what each caller sends, and what was seen. */
export function serviceMtls(inputs: ServiceMtlsInputs): ServiceMtls {
  const { snapshot, service, observed, autoMtls } = inputs;
  const { namespace = '' } = service.metadata;
  const { notes, ...called } = calledService(snapshot, service);
  const pairsOf = pairsByView(snapshot, called, { autoMtls });
  const callers =
    observed.status === 'known'
      ? observed.value.map(caller =>
          describeCaller(inputs, namespace, called, caller, pairsOf),
        )
      : [];
  const conflicts = mtlsConflicts(
    snapshot,
    called,
    [
      namespace,
      ...callers.flatMap(({ caller, proxy }) =>
        proxy === 'none' ? [] : (caller.namespace ?? []),
      ),
    ],
    { autoMtls },
  );
  const gap = unobserved(inputs);
  const readiness = strictReadiness({
    snapshot,
    service,
    called,
    namespace,
    callers,
    autoMtls,
    unobserved: gap,
    namespacePlaintext: inputs.namespacePlaintext,
  });
  return {
    ...mtlsStatus({
      called,
      callers,
      conflicts,
      readiness,
      lookBack: inputs.lookBack,
    }),
    workloads: called.workloads.map(({ workload, proxy, ports }) => ({
      workload,
      proxy,
      ports,
    })),
    callers,
    observedShare: observedShare(observed),
    conflicts,
    readiness,
    notes: [...notes, ...clientNotes(snapshot, called.host)],
  };
}

function describeCaller(
  { snapshot }: ServiceMtlsInputs,
  calledNamespace: string,
  called: CalledService,
  { id, cluster, namespace, workload: name, principal, mtls }: ObservedCaller,
  pairsOf: ReturnType<typeof pairsByView>,
): CallerMtls {
  const workload =
    cluster === undefined && namespace !== undefined && name !== undefined
      ? findWorkload(snapshot, namespace, name)
      : undefined;
  const proxy = proxyOfCaller(
    workload,
    mtls.status === 'known' && mtls.value.encrypted > 0,
  );
  const from = namespace ?? principal?.match(/\/ns\/([^/]+)\//)?.[1];
  const pairs =
    // What a caller sends is decided by the objects of its own cluster.
    from === undefined || cluster !== undefined
      ? []
      : [
          ...pairsOf({
            namespace: from,
            proxy,
            ...(workload && { labels: workload.labels }),
          }),
        ];
  return {
    caller: {
      cluster: cluster ?? snapshot.cluster,
      id,
      ...(from !== undefined && { namespace: from }),
      ...(name !== undefined && { workload: name }),
      ...(principal !== undefined && { principal }),
    },
    proxy,
    pairs,
    observed: mtls,
    ...(mtls.status === 'known' &&
      mtls.value.plaintext > 0 && {
        plaintextBecause: plaintextReason(
          snapshot,
          {
            label: name === undefined ? principal : `${namespace}/${name}`,
            workload,
            pairs,
            ...(cluster !== undefined && { elsewhere: cluster }),
          },
          { namespace: calledNamespace, workloads: called.workloads },
        ),
      }),
  };
}

/** A caller that has spoken mutual TLS has a proxy, wherever it is. */
function proxyOfCaller(
  workload: MeshWorkload | undefined,
  spokeMtls: boolean,
): ProxyMode {
  if (workload && workload.proxy !== 'unknown') {
    return workload.proxy;
  }
  return spokeMtls ? 'sidecar' : 'unknown';
}

function observedShare(
  observed: Measured<readonly ObservedCaller[]>,
): Measured<number> {
  if (observed.status === 'unknown') {
    return observed;
  }
  // What did not arrive has no share in what did.
  const answered = observed.value.filter(caller => !isUnanswered(caller));
  const figures = answered.map(({ mtls }) => mtls);
  const gap = figures.find(({ status }) => status === 'unknown');
  if (gap?.status === 'unknown') {
    return gap;
  }
  const sum = (of: 'encrypted' | 'plaintext') =>
    figures.reduce(
      (total, mtls) => total + (mtls.status === 'known' ? mtls.value[of] : 0),
      0,
    );
  const all = sum('encrypted') + sum('plaintext');
  if (all > 0) {
    return known(1 - sum('plaintext') / all);
  }
  const [first] = observed.value;
  return first?.mtls.status === 'unknown'
    ? first.mtls
    : unknown('no-traffic', [wording('mtls.nobodyCalled')]);
}
