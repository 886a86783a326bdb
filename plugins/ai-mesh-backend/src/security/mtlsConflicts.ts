import {
  said,
  wordsOf,
  type MtlsConflict,
  type PairMtls,
  type SettingSource,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { namespacesWithRules } from './callerDestinationRules';
import {
  pairsByView,
  type CalledService,
  type PairOptions,
} from './callerPairs';
import { aboutSetting } from '../routes/aboutSetting';

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
  pair: PairMtls,
  namespace: string,
  called: CalledService,
) {
  const { workload, port, subset, client, server } = pair;
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
  conflicts.set(key, {
    workload,
    port,
    ...(subset !== undefined && { subset }),
    callerNamespaces: [namespace],
    server: { mode: server, ...(decidedBy && { decidedBy }) },
    client,
    ...said(conflictWords(client, server, decidedBy), ...wordsOf(pair)),
  });
}

/** That the caller's setting says one thing, and the called side another. */
function conflictWords(
  { decidedBy, mode: client }: PairMtls['client'],
  server: PairMtls['server'],
  theirs: SettingSource | undefined,
): Words {
  if (theirs) {
    const { params } = aboutSetting('setting', theirs);
    return aboutSetting(
      'mtls.conflict',
      decidedBy!,
      {
        client,
        server,
        theirPath: params!.path,
        theirObject: params!.object,
      },
      { theirs: 'theirSetting' },
    );
  }
  return server === 'NO_PROXY'
    ? aboutSetting('mtls.conflictWithoutProxy', decidedBy!, { client })
    : aboutSetting('mtls.conflictWithMode', decidedBy!, { client, server });
}
