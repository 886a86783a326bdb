import type {
  TopologyEdge,
  TopologyNode,
} from '@ai-mesh/plugin-ai-mesh-common';
import { buildEdge } from './buildEdge';
import { buildNode } from './buildNode';
import { callsOf, type Call } from './callsOf';
import type { ClusterFindings } from './ClusterFindings';
import { servicePeer, workloadPeer, type Peer } from './Peer';
import { PeerNames } from './PeerNames';
import { placeNodes, type Place } from './placeNodes';
import type { PeerRoutes } from './routesOfPeers';
import { ServiceMembers } from './ServiceMembers';

/** One cluster's part of the graph. */
export interface ClusterGraph {
  nodes: TopologyNode[];
  edges: TopologyEdge[];
  /** Nodes of the neighbourhood that were left out, because there are too many. */
  omittedNodes: number;
  /** By node: the longest that a route lets its callers wait for it; absent where one of them waits for ever. */
  patienceMs: Map<string, number>;
  /** By node. */
  routes: Map<string, PeerRoutes>;
}

/** Makes the graph of what was gathered. Pure. */
export function buildGraph(
  findings: ClusterFindings,
  { depth, maxNodes }: { depth: number; maxNodes: number },
): ClusterGraph {
  const { snapshot, own, requests, buckets, tcp, windowSeconds } = findings;
  const rows = {
    requests: requests.status === 'known' ? requests.value : [],
    buckets: buckets.status === 'known' ? buckets.value : [],
    tcp: tcp.status === 'known' ? tcp.value : [],
  };
  const members = new ServiceMembers(snapshot, own.services);
  members.learn(rows.requests);
  members.learn(rows.tcp);
  const calls = callsOf(rows, new PeerNames(snapshot, members));
  const ownPeers = peersOfEntity(snapshot.cluster, own, members);
  const places = placeNodes(
    ownPeers.map(({ id }) => id),
    calls.map(call => ({ source: call.source.id, target: call.target.id })),
    depth,
  );
  const peers = distinct([
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
  const shownIds = new Set(shown.map(({ id }) => id));
  const routes = new Map<string, PeerRoutes>();
  for (const peer of shown) {
    const found = findings.routesOf(peer);
    if (found) {
      routes.set(peer.id, found);
    }
  }
  return {
    nodes: shown.map(peer => {
      const place = places.get(peer.id)!;
      return buildNode(
        peer,
        place,
        {
          received: received.get(peer.id) ?? [],
          sent: sent.get(peer.id) ?? [],
          callersAsked: !(
            place.relation === 'caller' && place.distance === depth
          ),
        },
        routes.get(peer.id),
        findings,
      );
    }),
    edges: calls
      .filter(
        ({ source, target }) =>
          shownIds.has(source.id) && shownIds.has(target.id),
      )
      .map(call => buildEdge(call, buckets, windowSeconds)),
    omittedNodes: peers.length - shown.length,
    patienceMs: patienceOf(routes),
    routes,
  };
}

function peersOfEntity(
  cluster: string,
  own: ClusterFindings['own'],
  members: ServiceMembers,
): Peer[] {
  return distinct([
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

function distinct(peers: readonly Peer[]): Peer[] {
  return [...new Map(peers.map(peer => [peer.id, peer])).values()];
}

function groupCalls(
  calls: readonly Call[],
  end: (call: Call) => string,
): Map<string, Call[]> {
  const groups = new Map<string, Call[]>();
  for (const call of calls) {
    groups.set(end(call), [...(groups.get(end(call)) ?? []), call]);
  }
  return groups;
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
  return [...peers]
    .sort((a, b) => {
      const left = rank.get(a.id)!;
      const right = rank.get(b.id)!;
      return (
        left.distance - right.distance ||
        right.rate - left.rate ||
        a.id.localeCompare(b.id)
      );
    })
    .slice(0, maxNodes);
}

function patienceOf(
  routes: ReadonlyMap<string, PeerRoutes>,
): Map<string, number> {
  const patience = new Map<string, number>();
  for (const [id, { rules }] of routes) {
    const limits = rules
      .filter(rule => rule.reachable && rule.destinations.length > 0)
      .map(({ timeoutMs, retries }) =>
        Math.min(timeoutMs ?? Infinity, retries?.perTryTimeoutMs ?? Infinity),
      );
    const longest = Math.max(...limits);
    if (limits.length > 0 && Number.isFinite(longest)) {
      patience.set(id, longest);
    }
  }
  return patience;
}
