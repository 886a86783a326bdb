import { groupBy } from '../kubernetes/groupBy';
import type { ConfigObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { istioLabels, named, namedPair } from '../telemetry';
import {
  externalPeer,
  servicePeer,
  unknownPeer,
  workloadPeer,
  type Peer,
} from './Peer';
import type { ServiceMembers } from './ServiceMembers';

type Labels = Readonly<Record<string, string>>;

/** Envoy's clusters for what the mesh has no service for. */
const PASSTHROUGH = new Set([
  'PassthroughCluster',
  'InboundPassthroughCluster',
]);
const BLACK_HOLE = 'BlackHoleCluster';

/**
 * Names the ends of calls: Istio's labels name a workload that calls and a service that is called; a graph wants one
 * node for both.
 */
export class PeerNames {
  readonly #snapshot: MeshSnapshot;
  readonly #members: ServiceMembers;

  constructor(snapshot: MeshSnapshot, members: ServiceMembers) {
    this.#snapshot = snapshot;
    this.#members = members;
  }

  /** Who called. */
  source(labels: Labels): Peer {
    const { cluster } = this.#snapshot;
    const workload = namedPair(
      labels,
      istioLabels.sourceNamespace,
      istioLabels.sourceWorkload,
    );
    if (!workload) {
      const called = labels[istioLabels.destinationService] ?? '';
      const namespace = labels[istioLabels.destinationServiceNamespace] ?? '';
      return unknownPeer(
        cluster,
        `calls ${namespace}/${called}`,
        'Callers that Istio could not name',
      );
    }
    const service = this.#members.serviceOf(workload);
    return service
      ? servicePeer(cluster, service.namespace, service.name)
      : workloadPeer(cluster, workload.namespace, workload.name);
  }

  /** Who was called. */
  destination(labels: Labels): Peer {
    const { cluster } = this.#snapshot;
    const name = named(labels, istioLabels.destinationService);
    const host = named(labels, istioLabels.destinationHost);
    const seenWith = `called by ${labels[istioLabels.sourceNamespace]}/${labels[istioLabels.sourceWorkload]}`;
    if (name === BLACK_HOLE) {
      return unknownPeer(
        cluster,
        `${seenWith}, blocked`,
        'Blocked by the mesh (BlackHoleCluster)',
      );
    }
    if (name !== undefined && PASSTHROUGH.has(name)) {
      return host === undefined || PASSTHROUGH.has(host)
        ? unknownPeer(
            cluster,
            `${seenWith}, passed through`,
            `Hosts outside the mesh (${name})`,
          )
        : this.#external(host, host);
    }
    const service = namedPair(
      labels,
      istioLabels.destinationServiceNamespace,
      istioLabels.destinationService,
    );
    if (service && this.#isService(service, host)) {
      return servicePeer(cluster, service.namespace, service.name);
    }
    const known = host ?? name;
    return known === undefined
      ? unknownPeer(
          cluster,
          seenWith,
          'A destination that Istio could not name',
        )
      : this.#external(known, name ?? known);
  }

  /** By the cluster's objects, else by the form of the host: a Service may be gone, or its kind not readable. */
  #isService(
    { namespace, name }: { namespace: string; name: string },
    host: string | undefined,
  ): boolean {
    return (
      this.#snapshot.get('Service', namespace, name) !== undefined ||
      host === undefined ||
      host.endsWith(`.svc.${this.#snapshot.clusterDomain}`)
    );
  }

  #external(host: string, serviceEntryHost: string): Peer {
    const bare = host.replace(/:\d+$/, '');
    const byHost = groupBy(this.#snapshot.all('ServiceEntry'), hostsOf);
    const [entry] = byHost.get(bare) ?? byHost.get(serviceEntryHost) ?? [];
    return externalPeer(
      this.#snapshot.cluster,
      bare,
      entry?.metadata.namespace,
    );
  }
}

function hostsOf({ spec }: ConfigObject): string[] {
  return Array.isArray(spec?.hosts)
    ? spec.hosts.filter(host => typeof host === 'string')
    : [];
}
