import {
  said,
  wording,
  type Caller,
  type CallerMtls,
  type Measured,
  type PortMtls,
  type RefusedCaller,
  type StrictReadiness,
  type Words,
  type WorkloadName,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ServiceObject } from '../kubernetes/kinds';
import { firstOf } from './firstOf';
import { findWorkload } from './MeshWorkload';
import type { NamespacePlaintext } from './namespacePlaintext';
import {
  callerNamed,
  refusedCallers,
  seenInPlaintext,
  type RefusalInputs,
} from './refusedCallers';
import { strictManifests, type PortException } from './strictManifests';
import { unreadWorkloads } from './unreadWorkloads';
import { saidOr } from './saidOr';

/** More than a person would read; the first ones are those that were seen. */
const MOST = 50;

export interface ReadinessInputs extends RefusalInputs {
  readonly service: ServiceObject;
  /** Why it is not known who calls in plaintext; undefined: it is known. */
  readonly unobserved:
    Extract<Measured<never>, { status: 'unknown' }> | undefined;
  readonly namespacePlaintext: Measured<NamespacePlaintext>;
}

/** Whether the service can be switched to STRICT, who is in the way, and with which manifest. */
export function strictReadiness(inputs: ReadinessInputs): StrictReadiness {
  const { called } = inputs;
  const ports = called.workloads.flatMap(workload => workload.ports);
  const bare = called.workloads.filter(
    ({ proxy }) => proxy === 'none' || proxy === 'mixed',
  );
  if (called.workloads.length === 0 || ports.length === 0) {
    const unread = unreadWorkloads(inputs.snapshot);
    if (unread) {
      return {
        ...unread,
        ...saidOr(unread, 'mtls.workloadsUnknown'),
        by: [],
      };
    }
    return {
      status: 'impossible',
      ...said(wording('mtls.noWorkload')),
    };
  }
  if (bare.length > 0) {
    const names = bare.map(({ workload }) => workload.name).join(', ');
    return {
      status: 'impossible',
      ...said(wording('strict.podsWithoutProxy', { names })),
    };
  }
  if (ports.every(({ mode }) => mode === 'STRICT')) {
    return { status: 'strict' };
  }
  const refused = refusedCallers(inputs);
  if (ports.some(({ mode }) => mode === 'UNKNOWN')) {
    return {
      status: 'unknown',
      reason: 'forbidden',
      ...said(wording('mtls.policiesUnread')),
      ...firstBy(refused),
    };
  }
  const preview = (workloads: readonly WorkloadName[]) => [
    ...refused,
    ...elsewhere(inputs, workloads, refused),
  ];
  const blocking = seenInPlaintext(inputs);
  if (blocking.length > 0) {
    const exceptions = portExceptions(blocking, ports);
    return {
      status: 'blocked',
      ...firstBy(refused.filter(({ from }) => from === 'observation')),
      manifests: exceptions
        ? strictManifests(inputs.snapshot, inputs.service, exceptions, names =>
            // Those who block keep their port.
            preview(names).filter(({ from }) => from !== 'observation'),
          )
        : [],
    };
  }
  if (inputs.unobserved) {
    return {
      status: 'unknown',
      reason: inputs.unobserved.reason,
      ...saidOr(inputs.unobserved, 'strict.unobserved'),
      ...firstBy(refused),
    };
  }
  return {
    status: 'ready',
    manifests: strictManifests(inputs.snapshot, inputs.service, [], preview),
  };
}

function firstBy(refused: readonly RefusedCaller[]): {
  by: RefusedCaller[];
  moreBy?: number;
} {
  const { shown, more } = firstOf(refused, MOST);
  return { by: shown, ...(more !== undefined && { moreBy: more }) };
}

/** Callers seen in plaintext at other workloads that a manifest would make STRICT too. */
function elsewhere(
  { snapshot, namespace, namespacePlaintext, called }: ReadinessInputs,
  workloads: readonly WorkloadName[],
  known: readonly RefusedCaller[],
): RefusedCaller[] {
  if (namespacePlaintext.status === 'unknown') {
    return [];
  }
  const own = new Set(called.workloads.map(({ workload }) => workload.name));
  const names = new Set(
    workloads.map(({ name }) => name).filter(name => !own.has(name)),
  );
  const ids = new Set(known.map(({ caller }) => caller.id));
  const refused = new Map<string, RefusedCaller>();
  for (const call of namespacePlaintext.value.calls) {
    const { callerNamespace, callerWorkload } = call;
    const named = callerNamespace !== undefined && callerWorkload !== undefined;
    const caller = named
      ? callerNamed(snapshot, callerNamespace, callerWorkload)
      : { cluster: snapshot.cluster, id: `unknown ${call.workload}` };
    const before = refused.get(caller.id);
    if (
      names.has(call.workload) &&
      !ids.has(caller.id) &&
      !(before && before.lastPlaintextAt! > call.lastAt.toISOString())
    ) {
      const lacksProxy =
        named &&
        findWorkload(snapshot, callerNamespace, callerWorkload)?.proxy ===
          'none';
      refused.set(caller.id, {
        from: 'observation',
        caller,
        lastPlaintextAt: call.lastAt.toISOString(),
        ...said(
          wording(lacksProxy ? 'strict.seenWithoutProxy' : 'strict.seenAt', {
            workload: `${namespace}/${call.workload}`,
          }),
        ),
        at: [],
      });
    }
  }
  return [...refused.values()];
}

/**
 * The ports that plaintext callers may be on, where that leaves others. Metrics do not name ports: what a caller speaks,
 * requests or bare connections, narrows them down.
 *
 * @returns undefined where every port may be meant
 */
function portExceptions(
  blocking: readonly CallerMtls[],
  ports: readonly PortMtls[],
): PortException[] | undefined {
  const needed = new Map<number, PortException>();
  for (const { caller, observed } of blocking) {
    if (observed.status === 'unknown') {
      return undefined;
    }
    const { plaintext, plaintextConnections } = observed.value;
    const speaksTcp = plaintextConnections > 0;
    const speaksHttp = plaintext > plaintextConnections;
    for (const { port, protocol, mode } of ports) {
      const mayBe =
        protocol === 'auto' || (protocol === 'tcp' ? speaksTcp : speaksHttp);
      if (mayBe && mode !== 'STRICT') {
        needed.set(port, {
          port,
          mode: mode === 'DISABLE' ? 'DISABLE' : 'PERMISSIVE',
          ...said(exceptionWords(caller)),
        });
      }
    }
  }
  const every = ports.every(
    ({ port, mode }) => mode === 'STRICT' || needed.has(port),
  );
  return every ? undefined : [...needed.values()];
}

function exceptionWords({ workload, principal }: Caller): Words {
  const name = workload ?? principal;
  return name === undefined
    ? wording('strict.namelessCalls')
    : wording('strict.callsInPlaintext', { name });
}
