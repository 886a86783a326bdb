import type { MtlsConflict, PairMtls } from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { namespacesWithRules } from './callerDestinationRules';
import {
  pairsByView,
  type CalledService,
  type PairOptions,
} from './callerPairs';
import { where } from './plaintextReason';

/**
 * The pairs of settings that refuse each other, whoever calls: a caller with a proxy is tried from each namespace
 * whose view of the DestinationRules may differ.
 *
 * @param callerNamespaces - where callers were seen, and the service's own
 */
export function mtlsConflicts(
  snapshot: MeshSnapshot,
  called: CalledService,
  callerNamespaces: readonly string[],
  options: PairOptions,
): MtlsConflict[] {
  const conflicts = new Map<string, MtlsConflict>();
  const namespaces = new Set([
    ...callerNamespaces,
    ...namespacesWithRules(snapshot, called.host),
  ]);
  const pairsOf = pairsByView(snapshot, called, options);
  for (const namespace of namespaces) {
    for (const pair of pairsOf({ namespace, proxy: 'sidecar' })) {
      if (pair.outcome === 'refused' && pair.client.decidedBy) {
        add(conflicts, pair, namespace, called);
      }
    }
  }
  return [...conflicts.values()];
}

function add(
  conflicts: Map<string, MtlsConflict>,
  { workload, port, subset, client, server, message }: PairMtls,
  namespace: string,
  called: CalledService,
) {
  const decidedBy = called.workloads
    .find(({ workload: other }) => other === workload)
    ?.ports.find(({ servicePorts }) =>
      servicePorts.some(servicePort => servicePort.port === port),
    )?.decidedBy;
  const key = JSON.stringify([workload, port, subset, client, decidedBy]);
  const known = conflicts.get(key);
  if (known) {
    known.callerNamespaces.push(namespace);
    return;
  }
  const theServer = decidedBy
    ? `${where(decidedBy)} says ${server}`
    : `the called side is ${server === 'NO_PROXY' ? 'without a proxy' : server}`;
  conflicts.set(key, {
    workload,
    port,
    ...(subset !== undefined && { subset }),
    callerNamespaces: [namespace],
    server: { mode: server, ...(decidedBy && { decidedBy }) },
    client,
    message: `${where(client.decidedBy!)} says ${client.mode}, but ${theServer}. ${message}`,
  });
}
