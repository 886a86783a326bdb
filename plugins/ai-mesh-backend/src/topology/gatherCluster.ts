import {
  known,
  type Measured,
  type TopologyRequest,
  windowSeconds as secondsOf,
} from '@ai-mesh/plugin-ai-mesh-common';
import { isRelay } from '../kubernetes/relays';
import { workloadsOfService } from '../kubernetes/workloadsOfService';
import { inTurns } from '../target/inTurns';
import type { ClusterTarget } from '../target/Target';
import {
  breakersQuery,
  ClusterNames,
  edgeLatencyQuery,
  isPassedThrough,
  istioLabels,
  limitsSomething,
  mixedClusters,
  namedPair,
  realEnds,
  remarkDroppedLabels,
  remarkUntoldCallers,
  requestsQuery,
  tcpQuery,
  usualLatencyQuery,
  type BreakerRow,
  type NamespacedName,
  type RateRow,
  type RateSource,
} from '../telemetry';
import type { ClusterFindings } from './ClusterFindings';
import { edgesOf, exploreNeighbourhood } from './exploreNeighbourhood';
import { servicePeer } from './Peer';
import { PeerNames } from './PeerNames';
import { routesOfPeers } from './routesOfPeers';
import { namedClusters, type Worlds } from './worldsOf';

/** What was usual over an hour is so a minute later. */
const USUAL_KEPT_MS = 60_000;

/**
 * Asks one cluster's Prometheus for an entity's neighbourhood: one question for each step of `depth`, then one each for
 * latency, what it used to be, TCP and circuit breakers of everything found.
 *
 * @param worlds - every configured cluster, by its name
 */
export async function gatherCluster(
  { cluster, snapshot, services, workloads }: ClusterTarget,
  worlds: Worlds,
  telemetry: RateSource,
  { window, depth }: Pick<TopologyRequest, 'window' | 'depth'>,
  maxNodes: number,
): Promise<ClusterFindings> {
  const windowSeconds = secondsOf[window];
  const { members } = worlds.get(cluster.name)!;
  const peers = new PeerNames(worlds);
  const routesOf = routesOfPeers(snapshot);
  const names = new ClusterNames(cluster, namedClusters(worlds));
  const passed = new Map<string, NamespacedName>();
  const read = async (
    rows: Measured<RateRow[]>,
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
  const { requests, scope } = await exploreNeighbourhood(
    cluster.name,
    async step => {
      const rows = await telemetry.rates(
        'requests',
        requestsQuery(step, windowSeconds),
      );
      if (rows.status === 'known') {
        rows.value.filter(isPassedThrough).forEach(({ labels }) => {
          const workload = namedPair(
            labels,
            istioLabels.destinationWorkloadNamespace,
            istioLabels.destinationWorkload,
          );
          if (workload) {
            passed.set(JSON.stringify(workload), workload);
          }
        });
      }
      return read(rows);
    },
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
  );
  const findings = {
    snapshot,
    own: { services, workloads },
    windowSeconds,
    names,
    routesOf,
  };
  if (requests.status === 'unknown') {
    // Prometheus has just failed: four more questions would only make the reader wait.
    const { status, reason, message } = requests;
    const failed = { status, reason, ...(message && { message }) };
    return {
      ...findings,
      requests,
      buckets: failed,
      tcp: failed,
      usual: failed,
      breakers: failed,
    };
  }
  telemetry.remark(mixedClusters(cluster, namedClusters(worlds), names));
  remarkUntoldCallers(telemetry, requests);
  if (requests.value.length === 0) {
    await remarkDroppedLabels(telemetry, services);
  }
  const hosts = new Set<string>();
  const called = function* called() {
    for (const { namespace, name } of services) {
      yield servicePeer(snapshot.cluster, namespace, name);
    }
    for (const { labels } of requests.value) {
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
  await inTurns();
  const edges = { ...edgesOf(requests.value), around: [...passed.values()] };
  await inTurns();
  const latency = edgeLatencyQuery(edges, windowSeconds);
  await inTurns();
  const usualLatency = usualLatencyQuery(edges, windowSeconds);
  await inTurns();
  const [buckets, usual, tcp, breakers] = await Promise.all([
    telemetry.rates('latency', latency),
    telemetry.rates('usual-latency', usualLatency, {
      keepForMs: USUAL_KEPT_MS,
    }),
    telemetry.rates('tcp', tcpQuery(scope, windowSeconds)),
    telemetry.rates('breakers', breakersQuery([...hosts], windowSeconds)),
  ]);
  return {
    ...findings,
    requests,
    buckets: await read(buckets),
    usual: await read(usual),
    tcp: await read(tcp),
    breakers: asBreakerRows(breakers),
  };
}

function asBreakerRows(
  rows: Measured<readonly RateRow[]>,
): Measured<readonly BreakerRow[]> {
  return rows.status === 'known'
    ? known(rows.value.map(({ labels, rate }) => ({ labels, value: rate })))
    : rows;
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
