/** One end of a call, as far as it can be named. */
export interface Peer {
  /** Stable between answers; a service's is `cluster/namespace/name`. */
  readonly id: string;
  readonly kind: 'service' | 'workload' | 'external' | 'unknown';
  readonly cluster: string;
  readonly namespace?: string;
  readonly name: string;
}

export function servicePeer(
  cluster: string,
  namespace: string,
  name: string,
): Peer {
  return {
    id: `${cluster}/${namespace}/${name}`,
    kind: 'service',
    cluster,
    namespace,
    name,
  };
}

export function workloadPeer(
  cluster: string,
  namespace: string,
  name: string,
): Peer {
  return {
    id: `workload:${cluster}/${namespace}/${name}`,
    kind: 'workload',
    cluster,
    namespace,
    name,
  };
}

/** A host outside the mesh, with the namespace of the ServiceEntry that lets it in, where there is one. */
export function externalPeer(
  cluster: string,
  host: string,
  namespace?: string,
): Peer {
  return {
    id: `external:${cluster}/${host}`,
    kind: 'external',
    cluster,
    ...(namespace !== undefined && { namespace }),
    name: host,
  };
}

/**
 * Something that Istio could not name. Two of them are not known to be the same, so each is told apart by who it was
 * seen with.
 */
export function unknownPeer(
  cluster: string,
  seenWith: string,
  name: string,
): Peer {
  return {
    id: `unknown:${cluster}/${seenWith}`,
    kind: 'unknown',
    cluster,
    name,
  };
}
