import {
  known,
  unknown,
  wording,
  type BreakerState,
  type Endpoints,
  type Measured,
  type TopologyNode,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { endpointsOf } from '../kubernetes/endpointsOf';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { unknownKind } from '../kubernetes/unknownKind';
import {
  parseClusterName,
  readBreaker,
  readHealth,
  readOnset,
  readTcpTraffic,
  unknownTraffic,
} from '../telemetry';
import { badgesOf } from './badgesOf';
import { latelyOf, slownessOf, trafficOf } from './buildEdge';
import type { Call } from './callsOf';
import type { Surroundings } from './ClusterFindings';
import type { Peer } from './Peer';
import type { Place } from './placeNodes';
import { proxyOfPeer } from './proxyOfPeer';
import { readVersions } from './readVersions';
import type { PeerRoutes } from './routesOfPeers';

/** The calls that a node takes part in. */
export interface CallsOfNode {
  received: readonly Call[];
  sent: readonly Call[];
  /** Whether its callers were asked for; those of an outermost caller are not. */
  callersAsked: boolean;
}

/**
 * A node of the graph.
 *
 * @param routes - undefined where nobody addresses it by a host
 * @param cutOff - why nobody reaches it, where that is known
 * @param isPast - its calls are of a time whose endpoints nobody knows
 */
export function buildNode(
  peer: Peer,
  place: Place,
  { received, sent, callersAsked }: CallsOfNode,
  routes: PeerRoutes | undefined,
  findings: Surroundings,
  { cutOff, isPast = false }: { cutOff?: Words; isPast?: boolean } = {},
): TopologyNode {
  const { snapshot, requests, buckets, windowSeconds } = findings;
  const shown = judgedBy(peer, place, { received, sent });
  const tcp = shown.flatMap(call => call.countedTcp);
  const traffic =
    requests.status === 'unknown'
      ? unknownTraffic(requests.reason, requests.words ?? requests.message)
      : trafficOf(
          shown,
          shown.some(call => call.buckets.length > 0) ? known([]) : buckets,
          windowSeconds,
        );
  const endpoints = endpointsOfPeer(peer, snapshot);
  const slowness = slownessOf(shown, traffic, windowSeconds);
  const onset = readOnset(latelyOf(shown, windowSeconds));
  return {
    ...peer,
    ...place,
    proxy: proxyOfPeer(snapshot, peer),
    traffic,
    ...(tcp.length > 0 && { tcp: readTcpTraffic(tcp) }),
    endpoints,
    versions:
      peer.kind === 'service' && peer.namespace !== undefined
        ? readVersions(
            snapshot,
            { namespace: peer.namespace, name: peer.name },
            {
              requests: requestsTo(received, callersAsked, requests),
              buckets: received.flatMap(call => call.buckets),
              latency: buckets,
            },
            windowSeconds,
          )
        : [],
    breaker: breakerOf(received, endpoints, routes, findings),
    badges: routes ? badgesOf(routes) : [],
    health: readHealth(
      traffic,
      isPast ? undefined : endpoints,
      slowness,
      onset,
      cutOff,
    ),
    ...(slowness && { slowness }),
    ...(onset && { onset }),
  };
}

/** The calls that a node is judged by: what an outer caller receives was not asked for, so by what it sends. */
export function judgedBy(
  { kind }: Peer,
  { relation }: Place,
  { received, sent }: Pick<CallsOfNode, 'received' | 'sent'>,
): readonly Call[] {
  return received.length === 0 && (relation === 'caller' || kind !== 'service')
    ? sent
    : received;
}

function requestsTo(
  received: readonly Call[],
  callersAsked: boolean,
  requests: Surroundings['requests'],
): Surroundings['requests'] {
  if (requests.status === 'unknown') {
    return requests;
  }
  return received.length === 0 && !callersAsked
    ? unknown('not-configured', [wording('figure.beyondDepth')])
    : known(received.flatMap(call => call.counted));
}

function endpointsOfPeer(
  { kind, namespace, name }: Peer,
  snapshot: MeshSnapshot,
): Measured<Endpoints> {
  if (kind !== 'service' || namespace === undefined) {
    return unknown('not-configured', [wording('figure.onlyServices')]);
  }
  const missing = unknownKind(snapshot, 'Service');
  if (missing) {
    return missing;
  }
  const service = snapshot.get('Service', namespace, name);
  if (!service) {
    return unknown('not-configured', [
      wording('figure.noService', {
        cluster: snapshot.cluster,
        service: `${namespace}/${name}`,
      }),
    ]);
  }
  return service.spec?.type === 'ExternalName'
    ? unknown('not-configured', [wording('figure.externalName')])
    : endpointsOf(snapshot, namespace, name);
}

function breakerOf(
  received: readonly Call[],
  endpoints: Measured<Endpoints>,
  routes: PeerRoutes | undefined,
  { requests, breakers }: Surroundings,
): BreakerState {
  return readBreaker({
    settings: routes ? routes.breakers : [],
    statistics:
      breakers.status === 'known'
        ? known(
            breakers.value.filter(
              ({ labels }) =>
                parseClusterName(labels.cluster_name ?? '')?.host ===
                routes?.host,
            ),
          )
        : breakers,
    requests:
      requests.status === 'known'
        ? known(received.flatMap(call => call.requests))
        : requests,
    endpoints,
  });
}
