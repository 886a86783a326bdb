import type {
  Caller,
  CallerMtls,
  MtlsConflict,
  ServiceMtls,
  StrictReadiness,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { CalledService } from './callerPairs';
import type { LookBack } from './LookBack';
import { where } from './plaintextReason';
import { timeSpan } from '../timeSpan';

/** Names in one sentence. */
const MOST_NAMES = 3;

const reasonWords = {
  'no-proxy': 'no proxy',
  'destination-rule': 'a DestinationRule switches it off',
  'server-disabled': 'the called side takes nothing else',
  'outside-the-mesh': 'outside the mesh',
  unexplained: 'not explained by the configuration',
} as const;

/** The service's state in one word and one sentence: what refuses or is switched off comes before what is seen. */
export function mtlsStatus(inputs: {
  called: CalledService;
  callers: readonly CallerMtls[];
  conflicts: readonly MtlsConflict[];
  readiness: StrictReadiness;
  lookBack: LookBack;
}): Pick<ServiceMtls, 'status' | 'message'> {
  const { called, callers, conflicts, readiness, lookBack } = inputs;
  const ports = called.workloads.flatMap(workload =>
    workload.ports.map(port => ({ ...port, workload: workload.workload.name })),
  );
  if (ports.length === 0) {
    return {
      status: 'unknown',
      message:
        readiness.status === 'unknown'
          ? readiness.message
          : 'No workload of this cluster stands behind the service.',
    };
  }
  if (conflicts.length > 0) {
    return { status: 'conflict', message: conflicts[0].message };
  }
  const bare = called.workloads.filter(
    ({ proxy }) => proxy === 'none' || proxy === 'mixed',
  );
  if (bare.length > 0) {
    return {
      status: 'disabled',
      message: `Pods of ${bare.map(({ workload }) => workload.name).join(', ')} have no proxy, so nothing there speaks mutual TLS.`,
    };
  }
  const off = ports.find(({ mode }) => mode === 'DISABLE');
  if (off) {
    return {
      status: 'disabled',
      message: `${off.decidedBy ? where(off.decidedBy) : 'A policy'} switches mutual TLS off on port ${off.port} of ${off.workload}.`,
    };
  }
  if (ports.some(({ mode }) => mode === 'UNKNOWN')) {
    return {
      status: 'unknown',
      message: 'The PeerAuthentications that decide cannot be read.',
    };
  }
  const refused = callers.filter(
    ({ plaintextBecause, pairs }) =>
      plaintextBecause &&
      pairs.length > 0 &&
      pairs.every(({ outcome }) => outcome === 'refused'),
  );
  if (refused.length > 0) {
    return { status: 'conflict', message: refusedMessage(refused, lookBack) };
  }
  if (readiness.status === 'strict') {
    return {
      status: 'strict',
      message: 'Every port takes nothing but mutual TLS.',
    };
  }
  const plaintext = callers.filter(({ plaintextBecause }) => plaintextBecause);
  if (plaintext.length > 0) {
    return { status: 'mixed', message: plaintextMessage(plaintext) };
  }
  if (readiness.status === 'unknown') {
    return { status: 'unknown', message: readiness.message };
  }
  return {
    status: 'ready',
    message: `No plaintext was seen over the last ${timeSpan(lookBack.seconds)}: it can be switched to STRICT.`,
  };
}

function plaintextMessage(callers: readonly CallerMtls[]): string {
  return `${howMany(callers)} seen in plaintext: ${names(callers)}.`;
}

/** What is refused is counted nowhere: that it was seen before, and would come in plaintext still, is all that is known. */
function refusedMessage(
  callers: readonly CallerMtls[],
  lookBack: LookBack,
): string {
  return `${howMany(callers)} seen in plaintext over the last ${timeSpan(lookBack.seconds)}, which every port refuses now: ${names(callers)}.`;
}

function howMany({ length }: readonly CallerMtls[]): string {
  return length === 1 ? 'One caller was' : `${length} callers were`;
}

function names(callers: readonly CallerMtls[]): string {
  const named = callers
    .slice(0, MOST_NAMES)
    .map(
      ({ caller, plaintextBecause }) =>
        `${callerName(caller)} (${reasonWords[plaintextBecause!.kind]})`,
    )
    .join(', ');
  return callers.length > MOST_NAMES
    ? `${named} and ${callers.length - MOST_NAMES} more`
    : named;
}

/** `ai/batch`, a principal, or words for a caller without a name. */
export function callerName(caller: Caller): string {
  if (caller.workload !== undefined) {
    return `${caller.namespace}/${caller.workload}`;
  }
  return caller.principal ?? 'a caller that Istio cannot name';
}
