import {
  windowSeconds as secondsOf,
  type Traffic,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { inTurns } from '../target/inTurns';
import { MESH_WINDOW, readHealth, readOnset } from '../telemetry';
import { isWrong } from './blameOf';
import { latelyOf, slownessOf, usualRateOf } from './buildEdge';
import type { Call } from './callsOf';
import type { Confidence } from './confidenceIn';
import { reasonOf } from './findOutage';
import { patienceOf } from './patienceOf';
import { servicePeer, type Peer } from './Peer';
import { proxyOfPeer } from './proxyOfPeer';
import { reachableFrom } from './reachableFrom';
import { routesOfPeers, type PeerRoutes } from './routesOfPeers';
import { traceBlame, type OutageEdge, type OutageNode } from './traceBlame';
import { distinctPeers } from './unitedCalls';

const WINDOW_SECONDS = secondsOf[MESH_WINDOW];

/** Something that fails by itself. */
export interface MeshOrigin {
  peer: Peer;
  /** With figures. */
  reason: string;
  words: Words[];
  confidence: Confidence;
  /** Who only suffers from it. */
  suffering: readonly Peer[];
}

/** Where origins are looked for. */
export interface WholeOfCalls {
  calls: readonly Call[];
  /** The same by who is called, and by who calls. */
  received: ReadonlyMap<string, readonly Call[]>;
  sent: ReadonlyMap<string, readonly Call[]>;
  /** By cluster. */
  snapshots: ReadonlyMap<string, MeshSnapshot>;
  /** Why nobody reaches a peer; undefined where that is not known. */
  whyCutOff(peer: Peer): Words | undefined;
  trafficOf(calls: readonly Call[]): Traffic;
}

/** What fails or is slow by itself, with who suffers from it; most sufferers first. In turns with other work. */
export async function originsOf(mesh: WholeOfCalls): Promise<MeshOrigin[]> {
  const { calls, sent, snapshots } = mesh;
  const peers = new Map(
    distinctPeers([
      ...calls.flatMap(({ source, target }) => [source, target]),
      ...(await cutOffServices(mesh)),
    ]).map(peer => [peer.id, peer]),
  );
  const failing: string[] = [];
  for (const peer of peers.values()) {
    await inTurns();
    if (isWrong(stateOf(peer, mesh))) {
      failing.push(peer.id);
    }
  }
  const arrows = new Map(
    [...sent].map(([id, all]) => [id, all.map(({ target }) => target.id)]),
  );
  const involved = new Set([...failing, ...reachableFrom(failing, arrows)]);
  const near = [...involved].map(id => peers.get(id)!);
  const nodes: OutageNode[] = [];
  for (const peer of near) {
    await inTurns();
    const snapshot = snapshots.get(peer.cluster);
    nodes.push({
      ...peer,
      ...stateOf(peer, mesh),
      // Nobody's page it is: all stand alike.
      relation: 'own',
      distance: 0,
      proxy: snapshot ? proxyOfPeer(snapshot, peer) : 'unknown',
    });
  }
  const edges: OutageEdge[] = [];
  for (const call of calls) {
    await inTurns();
    if (involved.has(call.source.id)) {
      edges.push({
        source: call.source.id,
        target: call.target.id,
        ...pastOf([call], mesh),
      });
    }
  }
  const patience = patienceOf(await routesOf(near, snapshots));
  await inTurns();
  const fault = traceBlame(nodes, edges, patience);
  const { origins, suffering, reach, confidence } = fault;
  await inTurns();
  return origins
    .map(node => ({
      peer: peers.get(node.id)!,
      ...reasonOf(node, fault),
      confidence: confidence.get(node.id)!,
      suffering: suffering
        .filter(({ id }) => reach.get(id)!.has(node.id))
        .map(({ id }) => peers.get(id)!),
    }))
    .sort((a, b) => b.suffering.length - a.suffering.length);
}

/** Nobody may have counted a call to them for so long that no other call knows of them. */
async function cutOffServices({
  snapshots,
  whyCutOff,
}: WholeOfCalls): Promise<Peer[]> {
  const found: Peer[] = [];
  for (const [cluster, snapshot] of snapshots) {
    for (const { metadata } of snapshot.all('Service')) {
      await inTurns();
      const peer = servicePeer(
        cluster,
        metadata.namespace ?? '',
        metadata.name ?? '',
      );
      if (whyCutOff(peer)) {
        found.push(peer);
      }
    }
  }
  return found;
}

/** How calls went, now and before. */
function pastOf(calls: readonly Call[], { trafficOf }: WholeOfCalls) {
  const traffic = trafficOf(calls);
  const slowness = slownessOf(calls, traffic, WINDOW_SECONDS);
  const lately = latelyOf(calls, WINDOW_SECONDS);
  const onset = readOnset(lately);
  return {
    traffic,
    lately,
    usualPerSecond: usualRateOf(calls, WINDOW_SECONDS),
    ...(slowness && { slowness }),
    ...(onset && { onset }),
  };
}

/** By what it receives; of whom nobody is seen to call, by what it sends. */
function stateOf(peer: Peer, mesh: WholeOfCalls) {
  const past = pastOf(
    mesh.received.get(peer.id) ?? mesh.sent.get(peer.id) ?? [],
    mesh,
  );
  const cutOff = mesh.whyCutOff(peer);
  const { traffic, slowness, onset } = past;
  return {
    ...past,
    health: readHealth(traffic, undefined, slowness, onset, cutOff),
    ...(cutOff && { cutOff }),
  };
}

async function routesOf(
  peers: readonly Peer[],
  snapshots: WholeOfCalls['snapshots'],
): Promise<Map<string, PeerRoutes>> {
  const lookUps = new Map(
    [...snapshots].map(([name, snapshot]) => [name, routesOfPeers(snapshot)]),
  );
  const routes = new Map<string, PeerRoutes>();
  for (const peer of peers) {
    await inTurns();
    const found = lookUps.get(peer.cluster)?.(peer);
    if (found) {
      routes.set(peer.id, found);
    }
  }
  return routes;
}
