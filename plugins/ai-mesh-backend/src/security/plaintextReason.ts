import {
  said,
  wording,
  type PairMtls,
  type PlaintextReason,
  type SettingSource,
  type Words,
  type WorkloadMtls,
  type WorkloadName,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { firstOf } from './firstOf';
import { workloadsIn, type MeshWorkload } from './MeshWorkload';
import { aboutSetting } from '../routes/aboutSetting';

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
      ...said(wording('plaintext.elsewhere', { cluster: elsewhere })),
      at: [],
      suspects: [],
    };
  }
  if (workload === undefined) {
    return label === undefined
      ? nameless(snapshot, called.namespace)
      : {
          kind: 'outside-the-mesh',
          ...said(wording('plaintext.gone', { workload: label })),
          at: [],
          suspects: [],
        };
  }
  if (workload.proxy === 'none' || workload.proxy === 'mixed') {
    return {
      kind: 'no-proxy',
      ...said(
        wording(
          workload.proxy === 'none'
            ? 'plaintext.noProxy'
            : 'plaintext.someWithoutProxy',
        ),
      ),
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
      ...said(
        ...switchedOff.map(setting =>
          aboutSetting('plaintext.switchedOff', setting),
        ),
      ),
      at: switchedOff,
      suspects: [],
    };
  }
  return {
    kind: 'unexplained',
    ...said(wording('plaintext.unexplained')),
    at: [],
    suspects: [],
  };
}

/** Present where no port could have been called with mutual TLS. */
function closedPorts(
  workloads: readonly WorkloadMtls[],
): { message: string; words: Words[]; at: SettingSource[] } | undefined {
  const ports = workloads.flatMap(workload => workload.ports);
  const closed = ports.filter(
    ({ mode }) => mode === 'DISABLE' || mode === 'NO_PROXY',
  );
  if (ports.length === 0 || closed.length < ports.length) {
    return undefined;
  }
  const at = distinct(closed.flatMap(({ decidedBy }) => decidedBy ?? []));
  return {
    ...said(
      ...(at.length > 0
        ? at.map(setting => aboutSetting('plaintext.calledSideOff', setting))
        : [wording('plaintext.calledSideWithoutProxy')]),
    ),
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
    ...said(
      wording('plaintext.nameless'),
      suspectsWords(
        namespace,
        suspects.map(({ name }) => name),
        more,
      ),
    ),
    at: [],
    suspects,
  };
}

function suspectsWords(
  namespace: string,
  suspects: readonly string[],
  more: number | undefined,
): Words {
  if (suspects.length === 0) {
    return wording('plaintext.noSuspects', { namespace });
  }
  const names = suspects.join(', ');
  return more === undefined
    ? wording('plaintext.suspects', { namespace, names })
    : wording('plaintext.moreSuspects', { namespace, names, more });
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
