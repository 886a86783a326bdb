import {
  Endpoints,
  known,
  Measured,
  unknown,
} from '@ai-mesh/plugin-ai-mesh-common';
import { addedLabels, subsetHasEndpoint } from './endpointLabels';
import { groupBy } from './groupBy';
import type { EndpointSliceObject } from './kinds';
import type { MeshSnapshot } from './MeshSnapshot';
import { unknownKind } from './unknownKind';

const SERVICE_NAME = 'kubernetes.io/service-name';

/**
 * A Service's endpoints by readiness, from its EndpointSlices.
 *
 * @param labels - only endpoints that have them, by their pod or where they are: a DestinationRule's subset
 */
export function endpointsOf(
  snapshot: MeshSnapshot,
  namespace: string,
  service: string,
  labels: Readonly<Record<string, string>> = {},
): Measured<Endpoints> {
  const needsPods = Object.keys(labels).length > 0;
  const missing =
    unknownKind(snapshot, 'EndpointSlice') ??
    (needsPods ? unknownKind(snapshot, 'Pod') : undefined);
  if (missing) {
    return missing;
  }
  // A pod of a dual-stack cluster is in one slice for each address family: count it once.
  const readiness = new Map<string, boolean>();
  for (const endpoint of endpointsBehind(snapshot, namespace, service)) {
    const { pod, address, ready } = endpoint;
    const belongs = subsetHasEndpoint(labels, endpoint);
    if (belongs === undefined) {
      return unknown(
        'no-such-label',
        `Which endpoints of ${namespace}/${service} have the labels ${addedLabels(labels).join(', ')} is not known: Istio takes them from nodes and from the mesh's configuration, which the portal does not read.`,
      );
    }
    if (belongs) {
      const key = pod === undefined ? `address ${address}` : `pod ${pod}`;
      readiness.set(key, ready || (readiness.get(key) ?? false));
    }
  }
  return known({
    ready: [...readiness.values()].filter(Boolean).length,
    total: readiness.size,
  });
}

/** A Service's endpoints, each with what tells its labels. A pod of a dual-stack cluster comes once for each address family. */
export function endpointsBehind(
  snapshot: MeshSnapshot,
  namespace: string,
  service: string,
) {
  const slices =
    groupBy(snapshot.inNamespace('EndpointSlice', namespace), serviceName).get(
      service,
    ) ?? [];
  return slices.flatMap(endpointsOfSlice).map(endpoint => ({
    ...endpoint,
    cluster: snapshot.cluster,
    podLabels:
      endpoint.pod === undefined
        ? undefined
        : snapshot.get('Pod', namespace, endpoint.pod)?.metadata.labels,
  }));
}

function serviceName(slice: EndpointSliceObject): string[] {
  const name = slice.metadata.labels?.[SERVICE_NAME];
  return name === undefined ? [] : [name];
}

function endpointsOfSlice(slice: EndpointSliceObject) {
  return (slice.endpoints ?? []).map(
    ({ addresses, conditions, targetRef, zone, nodeName }) => ({
      zone,
      nodeName,
      pod: targetRef?.kind === 'Pod' ? targetRef.name : undefined,
      address: addresses?.[0],
      // Kubernetes: consumers read an absent condition as ready.
      ready: conditions?.ready ?? true,
    }),
  );
}
