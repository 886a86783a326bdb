import {
  known,
  unknown,
  wording,
  type TopologyEdge,
  type TopologyNode,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { UnconfiguredCluster } from '../kubernetes/UnconfiguredCluster';
import { unknownKind } from '../kubernetes/unknownKind';
import { inTurns } from '../target/inTurns';
import { rowVersions, type Lately } from '../telemetry';
import { buildEdge, latelyOf, usualRateOf } from './buildEdge';
import { buildNode, judgedBy } from './buildNode';
import type { Call } from './callsOf';
import type { ClusterFindings, Surroundings } from './ClusterFindings';
import { cutOffPeers } from './cutOffPeers';
import { oncePerPeer } from './oncePerPeer';
import { patienceOf } from './patienceOf';
import { servicePeer, workloadPeer, type Peer } from './Peer';
import { placeNodes, type Place } from './placeNodes';
import { gatewaysOf, membersOf } from './readVersions';
import { refusal, wasReached } from './refusal';
import { routesOfPeers, type PeerRoutes } from './routesOfPeers';
import type { ServiceMembers } from './ServiceMembers';
import { distinctPeers, groupCalls, unitedCalls } from './unitedCalls';
import type { Worlds } from './worldsOf';

/** The graph over all clusters. */
export interface MeshGraph {
  nodes: TopologyNode[];
  edges: TopologyEdge[];
  /** Nodes of the neighbourhood that were left out, because there are too many. */
  omittedNodes: number;
  /** By node: the longest that a route lets its callers wait for it; absent where one of them waits for ever. */
  patienceMs: Map<string, number>;
  /** By node and by edge: how the last minute went; absent where that is not known. */
  lately: Map<string, Lately>;
  /** Of the same, where it is known: requests per second in the hour before. */
  usualPerSecond: Map<string, number>;
  /** By node that nobody reaches: why. */
  cutOff: Map<string, Words>;
  /** Nodes of which nobody asked whom they call. */
  unasked: Set<string>;
  /** By node. */
  routes: Map<string, PeerRoutes>;
}

/**
 * Makes one graph of what was gathered of all clusters, in turns with other work.
 *
 * @param worlds - every configured cluster
 * @param now - for clusters that are not configured: when nothing is known of them
 * @param isPast - whether the calls are of a time that the clusters' objects do not tell of
 */
export async function buildGraph(
  clusters: readonly ClusterFindings[],
  worlds: Worlds,
  {
    depth,
    maxNodes,
    now,
    isPast = false,
  }: { depth: number; maxNodes: number; now: Date; isPast?: boolean },
): Promise<MeshGraph> {
  const surroundings = surroundingsOf(clusters, worlds, now);
  const whyCutOff = cutOffPeers(cluster =>
    isPast ? undefined : surroundings(cluster).snapshot,
  );
  const calls = await unitedCalls(
    clusters,
    worlds,
    peer => whyCutOff(peer) !== undefined,
  );
  const ownPeers = distinctPeers(
    clusters.flatMap(({ snapshot: { cluster }, own }) =>
      peersOfEntity(cluster, own, worlds.get(cluster)!.members),
    ),
  );
  const places = placeNodes(
    ownPeers.map(({ id }) => id),
    calls.map(call => ({ source: call.source.id, target: call.target.id })),
    depth,
  );
  await inTurns();
  const peers = distinctPeers([
    ...ownPeers,
    ...calls.flatMap(({ source, target }) => [source, target]),
  ]).filter(({ id }) => places.has(id));
  const sent = groupCalls(calls, call => call.source.id);
  const received = groupCalls(calls, call => call.target.id);
  const shown = nearestAndBusiest(
    peers,
    places,
    id => [...(sent.get(id) ?? []), ...(received.get(id) ?? [])],
    maxNodes,
  );
  await inTurns();
  const shownIds = new Set(shown.map(({ id }) => id));
  const routes = new Map<string, PeerRoutes>();
  for (const peer of shown) {
    const found = surroundings(peer.cluster).routesOf(peer);
    if (found) {
      routes.set(peer.id, found);
    }
  }
  const versionsOf = oncePerPeer((peer: Peer) => {
    const { snapshot } = surroundings(peer.cluster);
    return rowVersions(membersOf(snapshot, peer), gatewaysOf(snapshot));
  });
  const lately = new Map<string, Lately>();
  const usualPerSecond = new Map<string, number>();
  const keepPast = (id: string, of: readonly Call[], cluster: string) => {
    const { windowSeconds } = surroundings(cluster);
    const found = latelyOf(of, windowSeconds);
    if (found) {
      lately.set(id, found);
    }
    const usual = usualRateOf(of, windowSeconds);
    if (usual !== undefined) {
      usualPerSecond.set(id, usual);
    }
  };
  const whyRefused = oncePerPeer(peer =>
    refusal(
      peer,
      received.get(peer.id) ?? [],
      isPast ? undefined : surroundings(peer.cluster).snapshot,
      surroundings(peer.cluster).windowSeconds,
    ),
  );
  const nodes: TopologyNode[] = [];
  for (const peer of shown) {
    await inTurns();
    const place = places.get(peer.id)!;
    const callsOfNode = {
      received: received.get(peer.id) ?? [],
      sent: sent.get(peer.id) ?? [],
    };
    keepPast(peer.id, judgedBy(peer, place, callsOfNode), peer.cluster);
    const { windowSeconds } = surroundings(peer.cluster);
    const whyFailing = wasReached(callsOfNode.received, windowSeconds)
      ? whyRefused(peer)
      : undefined;
    nodes.push(
      buildNode(
        peer,
        place,
        {
          ...callsOfNode,
          callersAsked:
            clusters.some(
              ({ snapshot }) => snapshot.cluster === peer.cluster,
            ) && !(place.relation === 'caller' && place.distance === depth),
        },
        routes.get(peer.id),
        surroundings(peer.cluster),
        { cutOff: whyCutOff(peer) ?? whyFailing, isPast },
      ),
    );
  }
  await inTurns();
  return {
    nodes,
    edges: calls
      .filter(
        ({ source, target }) =>
          shownIds.has(source.id) && shownIds.has(target.id),
      )
      .map(call => {
        const { buckets, windowSeconds } = surroundings(call.target.cluster);
        const edge = buildEdge(
          call,
          call.buckets.length > 0 ? known([]) : buckets,
          windowSeconds,
          versionsOf(call.target),
        );
        keepPast(edge.id, [call], call.target.cluster);
        return edge;
      }),
    omittedNodes: peers.length - shown.length,
    patienceMs: patienceOf(routes),
    lately,
    usualPerSecond,
    cutOff: new Map(
      shown.flatMap(peer => {
        const why = whyCutOff(peer) ?? whyRefused(peer);
        return why ? [[peer.id, why] as const] : [];
      }),
    ),
    unasked: new Set(
      shown
        .filter(peer => !isAsked(peer, clusters, worlds))
        .map(({ id }) => id),
    ),
    routes,
  };
}

function peersOfEntity(
  cluster: string,
  own: ClusterFindings['own'],
  members: ServiceMembers,
): Peer[] {
  return distinctPeers([
    ...own.services.map(({ namespace, name }) =>
      servicePeer(cluster, namespace, name),
    ),
    ...own.workloads.map(workload => {
      const service = members.serviceOf(workload);
      return service
        ? servicePeer(cluster, service.namespace, service.name)
        : workloadPeer(cluster, workload.namespace, workload.name);
    }),
  ]);
}

/** Whether it was asked whom a peer calls, where it is of a mesh's own and so may call somebody. */
function isAsked(
  { kind, cluster, namespace, name }: Peer,
  clusters: readonly ClusterFindings[],
  worlds: Worlds,
): boolean {
  if (namespace === undefined || (kind !== 'service' && kind !== 'workload')) {
    return true;
  }
  const here = clusters.find(({ snapshot }) => snapshot.cluster === cluster);
  if (!here) {
    return false;
  }
  const workloads =
    kind === 'workload'
      ? [{ namespace, name }]
      : worlds.get(cluster)!.members.workloadsOf({ namespace, name });
  return workloads.length > 0
    ? workloads.every(one =>
        here.askedFrom.some(
          asked => asked.namespace === one.namespace && asked.name === one.name,
        ),
      )
    : !unknownKind(here.snapshot, 'Service');
}

/** What a cluster's nodes are described by, whether it was asked, is only configured, or neither. */
function surroundingsOf(
  clusters: readonly ClusterFindings[],
  worlds: Worlds,
  now: Date,
): (cluster: string) => Surroundings {
  const found = new Map<string, Surroundings>(
    clusters.map(one => [one.snapshot.cluster, one]),
  );
  const { windowSeconds, snapshot } = clusters[0] ?? { windowSeconds: 0 };
  return cluster => {
    const present = found.get(cluster);
    if (present) {
      return present;
    }
    const elsewhere =
      worlds.get(cluster)?.snapshot ??
      new UnconfiguredCluster(cluster, now, snapshot?.clusterDomain ?? '');
    const made: Surroundings = {
      snapshot: elsewhere,
      requests: known([]),
      buckets: known([]),
      breakers: unknown('not-configured', [
        wording('figure.notOnCluster', { cluster }),
      ]),
      windowSeconds,
      routesOf: routesOfPeers(elsewhere),
    };
    found.set(cluster, made);
    return made;
  };
}

function nearestAndBusiest(
  peers: readonly Peer[],
  places: ReadonlyMap<string, Place>,
  callsOfPeer: (id: string) => Call[],
  maxNodes: number,
): Peer[] {
  const rank = new Map(
    peers.map(({ id }) => [
      id,
      {
        distance: places.get(id)!.distance,
        rate: callsOfPeer(id)
          .flatMap(call => [...call.reporters.values()])
          .reduce((sum, rate) => sum + (rate || 0), 0),
      },
    ]),
  );
  const sorted = [...peers].sort((a, b) => {
    const left = rank.get(a.id)!;
    const right = rank.get(b.id)!;
    return (
      left.distance - right.distance ||
      right.rate - left.rate ||
      a.id.localeCompare(b.id)
    );
  });
  const shown = new Map<string, number>();
  return sorted.filter(({ cluster }) => {
    const before = shown.get(cluster) ?? 0;
    shown.set(cluster, before + 1);
    return before < maxNodes;
  });
}
