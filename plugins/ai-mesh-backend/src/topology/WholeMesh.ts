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
import { inTurns } from '../target/inTurns';
import type { MeshCluster } from '../target/MeshClusters';
import {
  ClusterNames,
  encryptionOf,
  MESH_WINDOW,
  mixedClusters,
  neverArrived,
  readHealth,
  readOnset,
  unknownTraffic,
  type MeshTable,
  type RateRow,
  type ReceivedTraffic,
} from '../telemetry';
import { betweenRealEnds } from './betweenRealEnds';
import { latelyOf, slownessOf, trafficOf } from './buildEdge';
import type { Call } from './callsOf';
import { cutOffPeers } from './cutOffPeers';
import { oncePerPeer } from './oncePerPeer';
import { originsOf, type MeshOrigin } from './originsOf';
import { servicePeer, type Peer } from './Peer';
import { receivedTraffic, rowsOf, type ReceivedBy } from './receivedTraffic';
import { refusal, wasReached } from './refusal';
import { ServiceMembers } from './ServiceMembers';
import { tellSlowness } from './tellSlowness';
import { groupCalls, unitedCalls, type ClusterRows } from './unitedCalls';
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

/** What was asked of a mesh. */
interface Asked {
  states: Map<string, { services: readonly ServiceRef[]; whyNone: Words }>;
  origins: boolean;
}

/** Every call of every cluster, from their tables of traffic. */
export class WholeMesh {
  /** What has to be known of a cluster's figures, by its name. */
  readonly remarks: ReadonlyMap<string, Sentences>;
  readonly calls: readonly Call[];
  readonly #clusters: ReadonlyMap<string, TabledMesh>;
  readonly #received: ReadonlyMap<string, Call[]>;
  readonly #sent: ReadonlyMap<string, Call[]>;
  readonly #whyCutOff: (peer: Peer) => Words | undefined;
  readonly #states = new Map<string, ServicesState>();
  readonly #asked: Asked = { states: new Map(), origins: false };
  /** What the one before was asked. */
  #expected = this.#asked;
  #origins?: Promise<readonly MeshOrigin[]>;

  private constructor(
    clusters: readonly TabledMesh[],
    calls: readonly Call[],
    remarks: ReadonlyMap<string, Sentences>,
    whyCutOff: (peer: Peer) => Words | undefined,
  ) {
    this.#clusters = new Map(clusters.map(one => [one.cluster.name, one]));
    this.calls = calls;
    this.remarks = remarks;
    this.#received = groupCalls(this.calls, call => call.target.id);
    this.#sent = groupCalls(this.calls, call => call.source.id);
    this.#whyCutOff = oncePerPeer(peer => {
      const received = this.#received.get(peer.id) ?? [];
      return (
        whyCutOff(peer) ??
        (wasReached(received, WINDOW_SECONDS)
          ? refusal(
              peer,
              received,
              this.#clusters.get(peer.cluster)?.snapshot,
              WINDOW_SECONDS,
            )
          : undefined)
      );
    });
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
    const whyCutOff = cutOffPeers(name => worlds.get(name)?.snapshot);
    const calls = await unitedCalls(
      found,
      worlds,
      peer => whyCutOff(peer) !== undefined,
    );
    return new WholeMesh(clusters, calls, remarks, whyCutOff);
  }

  /**
   * Makes ahead what the mesh before was asked, so that nobody waits for it who asks the same of this one. In turns with
   * other work. It is about Services, so that it is the same whoever asks.
   */
  async expectAsOf(before: WholeMesh): Promise<void> {
    const wasAsked = before.#asked.origins || before.#asked.states.size > 0;
    this.#expected = wasAsked ? before.#asked : before.#expected;
    const { states, origins } = this.#expected;
    for (const [key, { services, whyNone }] of states) {
      await inTurns();
      this.#states.set(key, this.#read(services, whyNone));
    }
    if (origins) {
      await this.#findOrigins();
    }
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
    this.#asked.states.set(key, { services, whyNone });
    return present;
  }

  #read(services: readonly ServiceRef[], whyNone: Words): ServicesState {
    const names = [...new Set(services.map(({ cluster }) => cluster))];
    const tables = names.flatMap(name => this.#clusters.get(name) ?? []);
    const received = services.map(service => this.#receivedBy(service));
    const calls = received.flatMap(one => one.calls);
    const isWhole = received.every(({ rows }) => !rows);
    const endpoints = sumEndpoints(
      tables.flatMap(({ snapshot }) =>
        endpointsOfServices(
          snapshot,
          services.filter(({ cluster }) => cluster === snapshot.cluster),
        ),
      ),
    );
    const [whyCutOff] = services.flatMap(
      ({ cluster, namespace, name }) =>
        this.#whyCutOff(servicePeer(cluster, namespace, name)) ?? [],
    );
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
    const withoutUsual = tables.find(
      ({ table: { usual } }) => usual.status === 'unknown',
    );
    const traffic = isWhole
      ? this.#trafficOf(calls)
      : receivedTraffic(received, WINDOW_SECONDS);
    return {
      traffic,
      health: tellSlowness(
        readHealth(
          traffic,
          endpoints,
          // Some callers' usual latency is not everybody's.
          isWhole ? slownessOf(calls, traffic, WINDOW_SECONDS) : undefined,
          readOnset(latelyOf(calls, WINDOW_SECONDS)),
          whyCutOff,
        ),
        withoutUsual?.table,
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
    const calls =
      this.#received.get(servicePeer(cluster, namespace, name).id) ?? [];
    return {
      // What other clusters tell of calls that have arrived is in what it receives from anywhere.
      calls: isAlone ? calls.map(unseenThere) : calls,
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
    this.#asked.origins = true;
    return this.#findOrigins();
  }

  #findOrigins(): Promise<readonly MeshOrigin[]> {
    this.#origins ??= originsOf({
      calls: this.calls,
      received: this.#received,
      sent: this.#sent,
      snapshots: new Map(
        [...this.#clusters].map(([name, { snapshot }]) => [name, snapshot]),
      ),
      whyCutOff: this.#whyCutOff,
      trafficOf: calls => this.#trafficOf(calls),
    });
    return this.#origins;
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
}

/** Of a call from another cluster, what the called side knows nothing of. */
function unseenThere(call: Call): Call {
  return {
    ...call,
    requests: call.requests.filter(neverArrived),
    counted: call.counted.filter(neverArrived),
    buckets: [],
    usual: [],
    lately: [],
    tcp: [],
    countedTcp: [],
  };
}
