import {
  known,
  type Measured,
  type TopologyRequest,
  windowSeconds as secondsOf,
} from '@ai-mesh/plugin-ai-mesh-common';
import { workloadsOfService } from '../kubernetes/workloadsOfService';
import type { ClusterTarget } from '../target/Target';
import {
  breakersQuery,
  edgeLatencyQuery,
  limitsSomething,
  requestsQuery,
  tcpQuery,
  type BreakerRow,
  type ClusterTelemetry,
  type NamespacedName,
  type RateRow,
} from '../telemetry';
import type { ClusterFindings } from './ClusterFindings';
import { edgesOf, exploreNeighbourhood } from './exploreNeighbourhood';
import { servicePeer } from './Peer';
import { PeerNames } from './PeerNames';
import { routesOfPeers } from './routesOfPeers';
import { ServiceMembers } from './ServiceMembers';

/**
 * Asks one cluster's Prometheus for an entity's neighbourhood: one question for each step of `depth`, then one each for
 * latency, TCP and circuit breakers of everything found.
 */
export async function gatherCluster(
  { snapshot, services, workloads }: ClusterTarget,
  telemetry: ClusterTelemetry,
  { window, depth }: TopologyRequest,
  maxNodes: number,
): Promise<ClusterFindings> {
  const windowSeconds = secondsOf[window];
  const members = new ServiceMembers(snapshot, services);
  const names = new PeerNames(snapshot, members);
  const routesOf = routesOfPeers(snapshot);
  const { requests, scope } = await exploreNeighbourhood(
    step => telemetry.rates('requests', requestsQuery(step, windowSeconds)),
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
    names,
    members,
    { steps: depth, limit: maxNodes },
  );
  const findings = { snapshot, own: { services, workloads }, windowSeconds };
  if (requests.status === 'unknown') {
    // Prometheus has just failed: three more questions would only make the reader wait.
    const { status, reason, message } = requests;
    const failed = { status, reason, ...(message && { message }) };
    return {
      ...findings,
      requests,
      buckets: failed,
      tcp: failed,
      breakers: failed,
      routesOf,
    };
  }
  const called = [
    ...services.map(({ namespace, name }) =>
      servicePeer(snapshot.cluster, namespace, name),
    ),
    ...requests.value.map(row => names.destination(row.labels)),
  ];
  const hosts = called.flatMap(peer => {
    const routes = routesOf(peer);
    return routes?.breakers?.some(limitsSomething) ? [routes.host] : [];
  });
  const edges = edgesOf(requests.value);
  const [buckets, tcp, breakers] = await Promise.all([
    telemetry.rates('latency', edgeLatencyQuery(edges, windowSeconds)),
    telemetry.rates('tcp', tcpQuery(scope, windowSeconds)),
    telemetry.rates(
      'breakers',
      breakersQuery([...new Set(hosts)], windowSeconds),
    ),
  ]);
  return {
    ...findings,
    requests,
    buckets,
    tcp,
    breakers: asBreakerRows(breakers),
    routesOf,
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
