import {
  known,
  said,
  unknown,
  windowSeconds as secondsOf,
  wording,
  wordsOf,
  type Encryption,
  type Health,
  type Measured,
  type ServiceRef,
  type Traffic,
  type Sentences,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  endpointsOfServices,
  sumEndpoints,
} from '../kubernetes/endpointsOfServices';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { cutOff } from '../routes/cutOff';
import { inTurns } from '../target/inTurns';
import type { MeshCluster } from '../target/MeshClusters';
import {
  ClusterNames,
  encryptionOf,
  MESH_WINDOW,
  mixedClusters,
  readHealth,
  readOnset,
  unknownTraffic,
  type MeshTable,
  type RateRow,
  type ReceivedTraffic,
} from '../telemetry';
import { betweenRealEnds } from './betweenRealEnds';
import { isWrong } from './blameOf';
import { latelyOf, slownessOf, trafficOf, usualRateOf } from './buildEdge';
import type { Call } from './callsOf';
import type { Confidence } from './confidenceIn';
import { reasonOf } from './findOutage';
import { patienceOf } from './patienceOf';
import { servicePeer, type Peer } from './Peer';
import { proxyOfPeer } from './proxyOfPeer';
import { reachableFrom } from './reachableFrom';
import { receivedTraffic, rowsOf, type ReceivedBy } from './receivedTraffic';
import { routesOfPeers, type PeerRoutes } from './routesOfPeers';
import { ServiceMembers } from './ServiceMembers';
import { traceBlame, type OutageEdge, type OutageNode } from './traceBlame';
import {
  distinctPeers,
  groupCalls,
  unitedCalls,
  type ClusterRows,
} from './unitedCalls';
import type { Worlds } from './worldsOf';

export const WITHOUT_SERVICE = {
  reason: 'not-configured' as const,
  words: wording('health.noService'),
};

const WINDOW_SECONDS = secondsOf[MESH_WINDOW];

/** A cluster with all of its traffic. */
export interface TabledMesh {
  cluster: MeshCluster;
  snapshot: MeshSnapshot;
  table: MeshTable;
  /** What its Services receive, where the table leaves that out. */
  received?: ReceivedTraffic;
}

/** How some Services do together. */
export interface ServicesState {
  traffic: Traffic;
  health: Health;
  encryption: Measured<Encryption>;
}

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

/** Every call of every cluster, from their tables of traffic. */
export class WholeMesh {
  /** What has to be known of a cluster's figures, by its name. */
  readonly remarks: ReadonlyMap<string, Sentences>;
  readonly calls: readonly Call[];
  readonly #clusters: ReadonlyMap<string, TabledMesh>;
  readonly #received: ReadonlyMap<string, Call[]>;
  readonly #sent: ReadonlyMap<string, Call[]>;
  readonly #states = new Map<string, ServicesState>();
  #origins?: Promise<readonly MeshOrigin[]>;

  private constructor(
    clusters: readonly TabledMesh[],
    calls: readonly Call[],
    remarks: ReadonlyMap<string, Sentences>,
  ) {
    this.#clusters = new Map(clusters.map(one => [one.cluster.name, one]));
    this.calls = calls;
    this.remarks = remarks;
    this.#received = groupCalls(this.calls, call => call.target.id);
    this.#sent = groupCalls(this.calls, call => call.source.id);
  }

  /** In turns with other work: the table of a large mesh has 100,000 rows. */
  static async of(clusters: readonly TabledMesh[]): Promise<WholeMesh> {
    const worlds: Worlds = new Map(
      clusters.map(({ cluster, snapshot }) => [
        cluster.name,
        { cluster, snapshot, members: new ServiceMembers(snapshot, []) },
      ]),
    );
    const all = clusters.map(({ cluster }) => cluster);
    const remarks = new Map<string, Sentences>();
    const found: ClusterRows[] = [];
    for (const { cluster, table } of clusters) {
      const names = new ClusterNames(cluster, all);
      const world = worlds.get(cluster.name)!;
      const read = (rows: Measured<readonly RateRow[]>) =>
        betweenRealEnds(rows, names, world);
      const requests = await read(table.requests);
      const remark = mixedClusters(cluster, all, names);
      if (remark !== undefined) {
        remarks.set(cluster.name, remark);
      }
      found.push({
        names,
        requests,
        buckets: await read(table.buckets),
        usual: await read(table.usual),
        lately: await read(table.lately),
        tcp: await read(table.tcp),
      });
    }
    return new WholeMesh(clusters, await unitedCalls(found, worlds), remarks);
  }

  /**
   * What Services receive, all together. Unknown where the table of one of their clusters is, and where there are none.
   *
   * @param whyNone - why there are none
   */
  stateOf(
    services: readonly ServiceRef[],
    whyNone: Words = WITHOUT_SERVICE.words,
  ): ServicesState {
    const key = JSON.stringify(
      services.length === 0
        ? whyNone
        : services.map(({ cluster, namespace, name }) => [
            cluster,
            namespace,
            name,
          ]),
    );
    const present = this.#states.get(key) ?? this.#read(services, whyNone);
    this.#states.set(key, present);
    return present;
  }

  #read(services: readonly ServiceRef[], whyNone: Words): ServicesState {
    const names = [...new Set(services.map(({ cluster }) => cluster))];
    const tables = names.flatMap(name => this.#clusters.get(name) ?? []);
    const calls = services.flatMap(
      ({ cluster, namespace, name }) =>
        this.#received.get(servicePeer(cluster, namespace, name).id) ?? [],
    );
    const endpoints = sumEndpoints(
      tables.flatMap(({ snapshot }) =>
        endpointsOfServices(
          snapshot,
          services.filter(({ cluster }) => cluster === snapshot.cluster),
        ),
      ),
    );
    const [whyCutOff] = tables.flatMap(({ snapshot }) =>
      services.flatMap(service =>
        service.cluster === snapshot.cluster
          ? (cutOff(snapshot, service) ?? [])
          : [],
      ),
    );
    const received = services.map(service => this.#receivedBy(service));
    const missing = [
      ...tables.flatMap(({ table, received: besides }) =>
        besides ? [] : table.requests,
      ),
      ...received.map(({ alone }) => alone?.requests ?? known([])),
    ].find(requests => requests.status === 'unknown');
    if (services.length === 0 || missing?.status === 'unknown') {
      const { reason, ...sentences } = missing ?? {
        reason: WITHOUT_SERVICE.reason,
        ...said(whyNone),
      };
      const words = wordsOf(sentences);
      const why = words.length > 0 ? words : undefined;
      const traffic = unknownTraffic(reason, why);
      return {
        traffic,
        health: readHealth(traffic, endpoints, undefined, undefined, whyCutOff),
        encryption: unknown(reason, why),
      };
    }
    const traffic = received.some(({ rows }) => rows)
      ? receivedTraffic(received, WINDOW_SECONDS)
      : this.#trafficOf(calls);
    return {
      traffic,
      health: readHealth(
        traffic,
        endpoints,
        slownessOf(calls, traffic, WINDOW_SECONDS),
        readOnset(latelyOf(calls, WINDOW_SECONDS)),
        whyCutOff,
      ),
      encryption: encryptionOf(
        [
          ...calls.flatMap(({ requests }) => requests),
          ...received.flatMap(({ alone }) => rowsOf(alone?.calledSide)),
        ],
        [
          ...calls.flatMap(({ tcp }) => tcp),
          ...received.flatMap(({ alone }) => rowsOf(alone?.tcp)),
        ],
      ),
    };
  }

  /** What a Service receives, by its callers and without. */
  #receivedBy({ cluster, namespace, name }: ServiceRef): ReceivedBy {
    const here = this.#clusters.get(cluster);
    const rows = here?.received?.of({ namespace, name });
    const isAlone = rows && here?.table.requests.status === 'unknown';
    return {
      calls: this.#received.get(servicePeer(cluster, namespace, name).id) ?? [],
      ...(rows && { rows }),
      ...(isAlone && { alone: rows }),
    };
  }

  /** Why nobody knows who calls whom, where that is so in every cluster. */
  get whyNoCalls(): Measured<never> | undefined {
    const all = [...this.#clusters.values()].map(({ table }) => table.requests);
    const [first] = all;
    return first?.status === 'unknown' &&
      all.every(({ status }) => status === 'unknown')
      ? first
      : undefined;
  }

  /** What fails or is slow by itself, with who suffers from it; most sufferers first. In turns with other work. */
  origins(): Promise<readonly MeshOrigin[]> {
    this.#origins ??= this.#findOrigins();
    return this.#origins;
  }

  async #findOrigins(): Promise<MeshOrigin[]> {
    const peers = new Map(
      distinctPeers(
        this.calls.flatMap(({ source, target }) => [source, target]),
      ).map(peer => [peer.id, peer]),
    );
    const state = (peer: Peer) => {
      const received = this.#received.get(peer.id) ?? [];
      const shown =
        received.length > 0 ? received : (this.#sent.get(peer.id) ?? []);
      const traffic = this.#trafficOf(shown);
      const slowness = slownessOf(shown, traffic, WINDOW_SECONDS);
      const lately = latelyOf(shown, WINDOW_SECONDS);
      const onset = readOnset(lately);
      return {
        traffic,
        lately,
        usualPerSecond: usualRateOf(shown, WINDOW_SECONDS),
        health: readHealth(traffic, undefined, slowness, onset),
        ...(slowness && { slowness }),
        ...(onset && { onset }),
      };
    };
    const failing: Peer[] = [];
    for (const peer of peers.values()) {
      await inTurns();
      if (isWrong(state(peer))) {
        failing.push(peer);
      }
    }
    const arrows = new Map(
      [...this.#sent].map(([id, calls]) => [
        id,
        calls.map(({ target }) => target.id),
      ]),
    );
    const ids = failing.map(({ id }) => id);
    const involved = new Set([...ids, ...reachableFrom(ids, arrows)]);
    const near = [...involved].map(id => peers.get(id)!);
    const nodes: OutageNode[] = [];
    for (const peer of near) {
      await inTurns();
      nodes.push({
        ...peer,
        ...state(peer),
        // Nobody's page it is: all stand alike.
        relation: 'own',
        distance: 0,
        proxy: this.#proxyOf(peer),
      });
    }
    const edges: OutageEdge[] = [];
    for (const call of this.calls) {
      await inTurns();
      if (involved.has(call.source.id)) {
        const traffic = this.#trafficOf([call]);
        const slowness = slownessOf([call], traffic, WINDOW_SECONDS);
        const lately = latelyOf([call], WINDOW_SECONDS);
        const onset = readOnset(lately);
        edges.push({
          source: call.source.id,
          target: call.target.id,
          traffic,
          lately,
          usualPerSecond: usualRateOf([call], WINDOW_SECONDS),
          ...(slowness && { slowness }),
          ...(onset && { onset }),
        });
      }
    }
    const patience = patienceOf(await this.#routesOf(near));
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

  #trafficOf(calls: readonly Call[]): Traffic {
    const failed = calls
      .map(({ target }) => this.#clusters.get(target.cluster)?.table.buckets)
      .find(buckets => buckets?.status === 'unknown');
    return trafficOf(
      calls,
      failed && calls.every(({ buckets }) => buckets.length === 0)
        ? failed
        : known([]),
      WINDOW_SECONDS,
    );
  }

  #proxyOf(peer: Peer): OutageNode['proxy'] {
    const here = this.#clusters.get(peer.cluster);
    return here ? proxyOfPeer(here.snapshot, peer) : 'unknown';
  }

  async #routesOf(peers: readonly Peer[]): Promise<Map<string, PeerRoutes>> {
    const lookUps = new Map(
      [...this.#clusters].map(([name, { snapshot }]) => [
        name,
        routesOfPeers(snapshot),
      ]),
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
}
