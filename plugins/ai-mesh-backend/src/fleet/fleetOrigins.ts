import type { FleetOrigin, FleetRow } from '@ai-mesh/plugin-ai-mesh-common';
import { addTo } from '../kubernetes/addTo';
import { namesInText } from '../target/ownership';
import type { FleetLook } from './FleetLook';
import { keyOf, type FleetPeer } from './FleetPeer';

/** A Service or a workload. */
export interface NamedPeer {
  clusters: readonly string[];
  namespace?: string;
  name: string;
  /** It stands in a text, and is one only where a cluster knows something that is called so. */
  ifKnown?: true;
}

/**
 * Where failures start that are, or that hurt, what a reader may see and asks about.
 *
 * @param hiddenAmong - of these, those whose entities the reader may not see
 */
export async function fleetOrigins(
  mesh: FleetLook['mesh'],
  entities: readonly Pick<FleetRow, 'entityRef' | 'services'>[],
  hiddenAmong: (peers: readonly NamedPeer[]) => Promise<readonly NamedPeer[]>,
): Promise<FleetOrigin[]> {
  const refs = new Map<string, string[]>();
  for (const { entityRef, services } of entities) {
    for (const service of services) {
      addTo(refs, keyOf(service), entityRef);
    }
  }
  const entitiesOf = (peer: FleetPeer) =>
    peer.kind === 'service' ? (refs.get(keyOf(peer)) ?? []) : [];
  const origins = await mesh.origins();
  const concerning = origins.filter(({ peer, suffering }) =>
    [peer, ...suffering].some(one => entitiesOf(one).length > 0),
  );
  // A host outside the mesh is nobody's.
  const named = concerning.flatMap(({ peer, suffering, reason }) => [
    ...[peer, ...suffering].flatMap(({ kind, cluster, namespace, name }) =>
      kind === 'service' || kind === 'workload'
        ? { clusters: [cluster], namespace, name }
        : [],
    ),
    ...namesInText(reason).map(one => ({
      ...one,
      clusters: [peer.cluster],
      ifKnown: true as const,
    })),
  ]);
  const hidden = await hiddenAmong(named);
  const hiddenNames = new Set(hidden.map(({ name }) => name));
  const hiddenKeys = new Set(
    hidden.flatMap(({ clusters, namespace, name }) =>
      clusters.map(cluster => keyOf({ cluster, namespace, name })),
    ),
  );
  return concerning.map(({ peer, reason, words, confidence, suffering }) => {
    const { kind, cluster, namespace, name } = peer;
    const isHidden = hiddenKeys.has(keyOf(peer));
    const tells =
      isHidden || namesInText(reason).some(one => hiddenNames.has(one.name));
    return {
      ...(!isHidden && {
        node: {
          kind,
          cluster,
          ...(namespace !== undefined && { namespace }),
          name,
          entityRefs: entitiesOf(peer),
        },
      }),
      ...(!tells && { reason, words }),
      confidence,
      suffering: {
        count: suffering.length,
        entityRefs: [...new Set(suffering.flatMap(entitiesOf))].sort(),
      },
    };
  });
}
