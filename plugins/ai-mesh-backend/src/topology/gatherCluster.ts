import {
  known,
  unknown,
  type Measured,
  type TopologyRequest,
  windowSeconds as secondsOf,
} from '@ai-mesh/plugin-ai-mesh-common';
import { isRelay } from '../kubernetes/relays';
import { workloadsOfService } from '../kubernetes/workloadsOfService';
import { inTurns } from '../target/inTurns';
import type { ClusterTarget } from '../target/Target';
import {
  ClusterNames,
  limitsSomething,
  mixedClusters,
  realEnds,
  remarkDroppedLabels,
  remarkUntoldCallers,
  type BreakerRow,
  type NamespacedName,
  type RateRow,
  type RateSource,
  type TrafficSource,
} from '../telemetry';
import { askBreakers } from './askBreakers';
import type { ClusterFindings } from './ClusterFindings';
import { exploreNeighbourhood } from './exploreNeighbourhood';
import type { LikelyHosts } from './LikelyHosts';
import { servicePeer } from './Peer';
import { PeerNames } from './PeerNames';
import { routesOfPeers } from './routesOfPeers';
import { namedClusters, type Worlds } from './worldsOf';

/** The window of the figures, and how many calls away to look. */
export type GatheredRequest = Pick<TopologyRequest, 'window' | 'depth'>;

/**
 * Learns an entity's neighbourhood from one cluster's traffic: a question for each step of `depth`, together with the last
 * of them one each for latency, what it used to be, and TCP with the last minute of everything that is asked for, and one
 * for the circuit breakers that the neighbourhood is likely to have; only where others are found is one asked after them.
 *
 * @param worlds - every configured cluster, by its name
 * @param likely - without, circuit breakers are asked for when it is known which there are
 */
export async function gatherCluster(
  clusterTarget: ClusterTarget,
  worlds: Worlds,
  traffic: TrafficSource,
  telemetry: RateSource,
  request: GatheredRequest,
  maxNodes: number,
  likely?: LikelyHosts,
): Promise<ClusterFindings> {
  const { cluster, snapshot, services, workloads } = clusterTarget;
  const { window, depth } = request;
  const windowSeconds = secondsOf[window];
  const { members } = worlds.get(cluster.name)!;
  const peers = new PeerNames(worlds);
  const routesOf = routesOfPeers(snapshot);
  const names = new ClusterNames(cluster, namedClusters(worlds));
  const read = async (
    rows: Measured<readonly RateRow[]>,
  ): Promise<Measured<RateRow[]>> => {
    await inTurns();
    return rows.status === 'known'
      ? known(
          realEnds(names.name(rows.value), {
            isRelay: workload => isRelay(snapshot, workload),
            serviceOf: workload => members.serviceOf(workload),
          }).filter(names.touches),
        )
      : rows;
  };
  const limitedHosts = async (rows: readonly RateRow[]): Promise<string[]> => {
    const hosts = new Set<string>();
    const called = function* called() {
      for (const { namespace, name } of services) {
        yield servicePeer(snapshot.cluster, namespace, name);
      }
      for (const { labels } of rows) {
        yield peers.destination(labels);
      }
    };
    for (const peer of called()) {
      await inTurns();
      const routes = routesOf(peer);
      if (routes?.breakers?.some(limitsSomething)) {
        hosts.add(routes.host);
      }
    }
    likely?.learn(clusterTarget, request, [...hosts]);
    return [...hosts];
  };
  const { requests, rest, askedFrom } = await exploreNeighbourhood(
    cluster.name,
    async step => read(await traffic.requests(step)),
    {
      to: services,
      from: distinct([
        ...workloads,
        ...services.flatMap(({ namespace, name }) => {
          const service = snapshot.get('Service', namespace, name);
          return service ? workloadsOfService(snapshot, service) : [];
        }),
      ]),
    },
    peers,
    members,
    { steps: depth, limit: maxNodes },
    async (scope, found) => {
      const [buckets, usual, besides, breakers] = await Promise.all([
        traffic.latency(scope),
        traffic.usualLatency(scope),
        traffic.tcpAndLately(scope),
        askBreakers(
          traffic,
          likely?.of(clusterTarget, request) ?? [],
          found.then(limitedHosts),
        ),
      ]);
      return { buckets, usual, ...besides, breakers };
    },
  );
  const findings = {
    snapshot,
    own: { services, workloads },
    windowSeconds,
    names,
    routesOf,
    askedFrom,
  };
  if (requests.status === 'unknown' || !rest) {
    // Prometheus has just failed: four more questions would only make the reader wait.
    const failed = failureOf(requests);
    return {
      ...findings,
      requests,
      buckets: failed,
      tcp: failed,
      lately: failed,
      usual: failed,
      breakers: failed,
    };
  }
  traffic.remark(mixedClusters(cluster, namedClusters(worlds), names));
  remarkUntoldCallers(traffic, requests);
  if (requests.value.length === 0) {
    await remarkDroppedLabels(telemetry, services);
  }
  return {
    ...findings,
    requests,
    buckets: await read(rest.buckets),
    usual: await read(rest.usual),
    tcp: await read(rest.tcp),
    lately: await read(rest.lately),
    breakers: asBreakerRows(rest.breakers),
  };
}

function failureOf(measured: Measured<unknown>): Measured<never> {
  if (measured.status === 'known') {
    return unknown('no-traffic');
  }
  const { status, reason, message } = measured;
  return { status, reason, ...(message && { message }) };
}

function asBreakerRows(
  answer: Measured<readonly RateRow[]>,
): Measured<readonly BreakerRow[]> {
  return answer.status === 'known'
    ? known(answer.value.map(({ labels, rate }) => ({ labels, value: rate })))
    : answer;
}

function distinct(names: readonly NamespacedName[]): NamespacedName[] {
  return [
    ...new Map(
      names.map(({ namespace, name }) => [
        JSON.stringify([namespace, name]),
        { namespace, name },
      ]),
    ).values(),
  ];
}
