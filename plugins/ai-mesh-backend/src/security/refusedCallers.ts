import {
  said,
  wording,
  type Caller,
  type CallerMtls,
  type RefusedCaller,
  type WorkloadName,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { pairsByView, type CalledService } from './callerPairs';
import { mtlsConflicts } from './mtlsConflicts';
import { aboutSetting } from '../routes/aboutSetting';
import { distinct, withoutProxy } from './plaintextReason';

export interface RefusalInputs {
  readonly snapshot: MeshSnapshot;
  readonly called: CalledService;
  readonly namespace: string;
  readonly callers: readonly CallerMtls[];
  readonly autoMtls: boolean;
}

/** Callers that were seen in plaintext and would still be, were the service STRICT. */
export function seenInPlaintext(inputs: RefusalInputs): CallerMtls[] {
  const { snapshot, called, autoMtls } = inputs;
  const pairsOf = pairsByView(snapshot, called, {
    autoMtls,
    asIf: () => 'STRICT',
  });
  return inputs.callers.filter(
    caller =>
      caller.plaintextBecause !== undefined && !wouldAdapt(caller, pairsOf),
  );
}

/** A caller that only followed the called side's DISABLE speaks mutual TLS as soon as it is asked to. */
function wouldAdapt(
  { caller, proxy, plaintextBecause }: CallerMtls,
  pairsOf: ReturnType<typeof pairsByView>,
): boolean {
  if (
    plaintextBecause?.kind !== 'server-disabled' ||
    caller.namespace === undefined
  ) {
    return false;
  }
  const pairs = pairsOf({ namespace: caller.namespace, proxy });
  return (
    pairs.length > 0 && pairs.every(({ outcome }) => outcome === 'encrypted')
  );
}

/** Who would be refused by STRICT: first those seen in plaintext, then those that configuration tells of. */
export function refusedCallers(inputs: RefusalInputs): RefusedCaller[] {
  const observed = seenInPlaintext(inputs).map(asObserved);
  const known = new Set(observed.map(({ caller }) => caller.id));
  const configured = [
    ...byDestinationRule(inputs),
    ...withoutProxy(inputs.snapshot, inputs.namespace)
      .filter(name => !isCalled(inputs.called, name))
      .map(name => byLackOfProxy(inputs.snapshot, name)),
  ].filter(({ caller }) => !known.has(caller.id) && known.add(caller.id));
  return [...observed, ...configured];
}

function asObserved(entry: CallerMtls): RefusedCaller {
  const { caller, observed, plaintextBecause } = entry;
  const perSecond =
    observed.status === 'known' ? observed.value.plaintextPerSecond : observed;
  return {
    from: 'observation',
    caller,
    ...(perSecond.status === 'known' && {
      plaintextPerSecond: perSecond.value,
    }),
    ...(observed.status === 'known' &&
      observed.value.lastPlaintextAt !== undefined && {
        lastPlaintextAt: observed.value.lastPlaintextAt,
      }),
    message: plaintextBecause?.message ?? '',
    ...(plaintextBecause?.words && { words: plaintextBecause.words }),
    at: plaintextBecause?.at ?? [],
  };
}

function byDestinationRule(inputs: RefusalInputs): RefusedCaller[] {
  const { snapshot, called, namespace, callers, autoMtls } = inputs;
  const namespaces = new Set([
    namespace,
    ...callers.flatMap(({ caller }) => caller.namespace ?? []),
  ]);
  const conflicts = mtlsConflicts(snapshot, called, [...namespaces], {
    autoMtls,
    asIf: () => 'STRICT',
  });
  const byNamespace = new Map<string, RefusedCaller>();
  for (const { callerNamespaces, client } of conflicts) {
    for (const from of callerNamespaces) {
      const present = byNamespace.get(from);
      byNamespace.set(from, {
        from: 'configuration',
        caller: {
          cluster: snapshot.cluster,
          id: `${from}/*`,
          namespace: from,
        },
        ...said(
          aboutSetting('strict.refusedBySetting', client.decidedBy!, {
            client: client.mode,
            namespace: from,
          }),
        ),
        at: distinct([...(present?.at ?? []), client.decidedBy!]),
      });
    }
  }
  return [...byNamespace.values()];
}

function byLackOfProxy(
  snapshot: MeshSnapshot,
  { kind, namespace, name }: WorkloadName,
): RefusedCaller {
  return {
    from: 'configuration',
    caller: callerNamed(snapshot, namespace, name),
    ...said(
      wording('strict.refusedWithoutProxy', {
        workload: `${kind} ${namespace}/${name}`,
      }),
    ),
    at: [],
  };
}

export function callerNamed(
  snapshot: MeshSnapshot,
  namespace: string,
  workload: string,
): Caller {
  return {
    cluster: snapshot.cluster,
    id: `${namespace}/${workload}`,
    namespace,
    workload,
  };
}

function isCalled(
  { workloads }: CalledService,
  { namespace, name }: WorkloadName,
): boolean {
  return workloads.some(
    ({ workload }) =>
      workload.namespace === namespace && workload.name === name,
  );
}
