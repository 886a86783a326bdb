import type {
  PairMtls,
  PlaintextReason,
  SettingSource,
  WorkloadMtls,
  WorkloadName,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { firstOf } from './firstOf';
import { workloadsIn, type MeshWorkload } from './MeshWorkload';

/** More than a person would look through. */
const MOST_SUSPECTS = 20;

/** Why a caller was seen in plaintext, as far as the cluster's objects tell. */
export function plaintextReason(
  snapshot: MeshSnapshot,
  caller: {
    /** As its metrics name it. */
    readonly label: string | undefined;
    /** As the cluster holds it; undefined: it does not. */
    readonly workload: MeshWorkload | undefined;
    readonly pairs: readonly PairMtls[];
    /** The cluster that it calls from, where it is another. */
    readonly elsewhere?: string;
  },
  called: { namespace: string; workloads: readonly WorkloadMtls[] },
): PlaintextReason {
  const { label, workload, pairs, elsewhere } = caller;
  const closed = closedPorts(called.workloads);
  if (closed && (workload === undefined || workload.proxy !== 'none')) {
    return { kind: 'server-disabled', suspects: [], ...closed };
  }
  if (elsewhere !== undefined) {
    return {
      kind: 'outside-the-mesh',
      message: `It calls from the cluster '${elsewhere}', whose objects decide what it sends.`,
      at: [],
      suspects: [],
    };
  }
  if (workload === undefined) {
    return label === undefined
      ? nameless(snapshot, called.namespace)
      : {
          kind: 'outside-the-mesh',
          message: `The cluster holds no workload ${label}: it may have ended, or it calls from outside.`,
          at: [],
          suspects: [],
        };
  }
  if (workload.proxy === 'none' || workload.proxy === 'mixed') {
    const whose =
      workload.proxy === 'none' ? 'Its pods have' : 'Some of its pods have';
    return {
      kind: 'no-proxy',
      message: `${whose} no proxy.`,
      at: [],
      suspects: [],
    };
  }
  const switchedOff = distinctSettings(
    pairs.filter(({ outcome }) => outcome === 'plaintext'),
  );
  if (switchedOff.length > 0) {
    return {
      kind: 'destination-rule',
      message: `${switchedOff.map(where).join(', ')} switches its mutual TLS off.`,
      at: switchedOff,
      suspects: [],
    };
  }
  return {
    kind: 'unexplained',
    message:
      'By the configuration as it is now its calls are encrypted; either that has changed within the look-back, or it calls past its proxy.',
    at: [],
    suspects: [],
  };
}

/** Present where no port could have been called with mutual TLS. */
function closedPorts(
  workloads: readonly WorkloadMtls[],
): { message: string; at: SettingSource[] } | undefined {
  const ports = workloads.flatMap(workload => workload.ports);
  const closed = ports.filter(
    ({ mode }) => mode === 'DISABLE' || mode === 'NO_PROXY',
  );
  if (ports.length === 0 || closed.length < ports.length) {
    return undefined;
  }
  const at = distinct(closed.flatMap(({ decidedBy }) => decidedBy ?? []));
  return {
    message:
      at.length > 0
        ? `${at.map(where).join(', ')} switches mutual TLS off at the called side.`
        : 'The called side has no proxy.',
    at,
  };
}

function nameless(snapshot: MeshSnapshot, namespace: string): PlaintextReason {
  const { shown: suspects, more } = firstOf(
    withoutProxy(snapshot, namespace),
    MOST_SUSPECTS,
  );
  return {
    kind: 'outside-the-mesh',
    message:
      suspects.length > 0
        ? `Istio could not name it, as it cannot name callers without a proxy. In ${namespace} these have none: ${suspects.map(({ name }) => name).join(', ')}${more === undefined ? '' : ` and ${more} more`}.`
        : `Istio could not name it, as it cannot name callers without a proxy. No workload of ${namespace} is without one: it is in another namespace, or outside the mesh.`,
    at: [],
    suspects,
  };
}

/** Workloads of a namespace that run and have no proxy. */
export function withoutProxy(
  snapshot: MeshSnapshot,
  namespace: string,
): WorkloadName[] {
  return workloadsIn(snapshot, namespace)
    .filter(({ proxy }) => proxy === 'none' || proxy === 'mixed')
    .map(({ name }) => name);
}

function distinctSettings(pairs: readonly PairMtls[]): SettingSource[] {
  return distinct(pairs.flatMap(({ client }) => client.decidedBy ?? []));
}

/** Each setting once. */
export function distinct(settings: readonly SettingSource[]): SettingSource[] {
  const byKey = new Map(
    settings.map(setting => [JSON.stringify(setting), setting]),
  );
  return [...byKey.values()];
}

/** `spec.mtls.mode of PeerAuthentication ai/default`, for a sentence. */
export function where({ object, path }: SettingSource): string {
  return `${path} of ${object.kind} ${object.namespace ?? ''}/${object.name}`;
}
