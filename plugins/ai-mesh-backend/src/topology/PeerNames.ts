import { inEnglish, wording } from '@ai-mesh/plugin-ai-mesh-common';
import { groupBy } from '../kubernetes/groupBy';
import type { ConfigObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import {
  isPassedThrough,
  istioLabels,
  named,
  namedPair,
  PASSTHROUGH_CLUSTERS,
  type NamespacedName,
} from '../telemetry';
import {
  externalPeer,
  servicePeer,
  unknownPeer,
  workloadPeer,
  type Peer,
} from './Peer';
import type { ServiceMembers } from './ServiceMembers';

type Labels = Readonly<Record<string, string>>;

/** A configured cluster, as far as calls are concerned. */
export interface World {
  readonly snapshot: MeshSnapshot;
  readonly members: ServiceMembers;
}

const BLACK_HOLE = 'BlackHoleCluster';

/**
 * Names the ends of calls: Istio's labels name a workload that calls and a service that is called; a graph wants one
 * node for both. A caller in another configured cluster is the node that it is there; one in a cluster that nobody
 * configured is a workload, since nobody knows what Service it answers for.
 */
export class PeerNames {
  readonly #worlds: ReadonlyMap<string, World>;

  /** @param worlds - by the cluster's name; rows name the clusters of their ends likewise */
  constructor(worlds: ReadonlyMap<string, World>) {
    this.#worlds = worlds;
  }

  /** Who called. */
  source(labels: Labels): Peer {
    const cluster = labels[istioLabels.sourceCluster] ?? '';
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
        inEnglish([wording('name.callers')]),
      );
    }
    return this.#ofWorkload(cluster, workload);
  }

  /** Who was called. */
  destination(labels: Labels): Peer {
    const cluster = labels[istioLabels.destinationCluster] ?? '';
    const name = named(labels, istioLabels.destinationService);
    const host = named(labels, istioLabels.destinationHost);
    const seenWith = `called by ${labels[istioLabels.sourceNamespace]}/${labels[istioLabels.sourceWorkload]}`;
    if (name === BLACK_HOLE) {
      return unknownPeer(
        cluster,
        `${seenWith}, blocked`,
        inEnglish([wording('name.blocked', { name })]),
      );
    }
    if (name !== undefined && isPassedThrough({ labels })) {
      const answered = namedPair(
        labels,
        istioLabels.destinationWorkloadNamespace,
        istioLabels.destinationWorkload,
      );
      if (answered) {
        return this.#ofWorkload(cluster, answered);
      }
      return host === undefined || PASSTHROUGH_CLUSTERS.has(host)
        ? unknownPeer(
            cluster,
            `${seenWith}, passed through`,
            inEnglish([wording('name.outside', { name })]),
          )
        : this.#external(cluster, host, host);
    }
    const service = namedPair(
      labels,
      istioLabels.destinationServiceNamespace,
      istioLabels.destinationService,
    );
    if (service && this.#isService(cluster, service, host)) {
      return servicePeer(
        this.#homeOf(service, cluster, labels),
        service.namespace,
        service.name,
      );
    }
    const known = host ?? name;
    return known === undefined
      ? unknownPeer(cluster, seenWith, inEnglish([wording('name.destination')]))
      : this.#external(cluster, known, name ?? known);
  }

  #ofWorkload(cluster: string, workload: NamespacedName): Peer {
    const service = this.#worlds.get(cluster)?.members.serviceOf(workload);
    return service
      ? servicePeer(cluster, service.namespace, service.name)
      : workloadPeer(cluster, workload.namespace, workload.name);
  }

  /** A request that reached nobody names no cluster: it was for the only one that has the Service, if that is so. */
  #homeOf(
    { namespace, name }: NamespacedName,
    cluster: string,
    labels: Labels,
  ): string {
    const has = (one: string) =>
      this.#worlds.get(one)?.snapshot.get('Service', namespace, name);
    if (
      named(labels, istioLabels.destinationWorkload) !== undefined ||
      has(cluster)
    ) {
      return cluster;
    }
    const [only, ...more] = [...this.#worlds.keys()].filter(has);
    return only === undefined || more.length > 0 ? cluster : only;
  }

  /** By the clusters' objects, else by the form of the host: a Service may be gone, or its kind not readable. */
  #isService(
    cluster: string,
    { namespace, name }: NamespacedName,
    host: string | undefined,
  ): boolean {
    const worlds = [...this.#worlds.values()];
    const here = this.#worlds.get(cluster)?.snapshot;
    return (
      worlds.some(({ snapshot }) => snapshot.get('Service', namespace, name)) ||
      host === undefined ||
      (here ? [here] : worlds.map(({ snapshot }) => snapshot)).some(
        ({ clusterDomain }) => host.endsWith(`.svc.${clusterDomain}`),
      )
    );
  }

  #external(cluster: string, host: string, serviceEntryHost: string): Peer {
    const bare = host.replace(/:\d+$/, '');
    const entries =
      this.#worlds.get(cluster)?.snapshot.all('ServiceEntry') ?? [];
    const byHost = groupBy(entries, hostsOf);
    const [entry] = byHost.get(bare) ?? byHost.get(serviceEntryHost) ?? [];
    return externalPeer(cluster, bare, entry?.metadata.namespace);
  }
}

function hostsOf({ spec }: ConfigObject): string[] {
  return Array.isArray(spec?.hosts)
    ? spec.hosts.filter(host => typeof host === 'string')
    : [];
}
