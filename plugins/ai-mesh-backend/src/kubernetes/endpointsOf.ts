import {
  Endpoints,
  known,
  Measured,
  unknown,
  wording,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  addedLabels,
  subsetHasEndpoint,
  type EndpointPlace,
} from './endpointLabels';
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
  return Object.keys(labels).length === 0
    ? (unknownKind(snapshot, 'EndpointSlice') ??
        counted(endpointsBehind(snapshot, namespace, service)))
    : endpointsWhere(snapshot, namespace, service, endpoint =>
        subsetHasEndpoint(labels, endpoint) === undefined
          ? unknown('no-such-label', [
              wording('figure.labelsFromNodes', {
                service: `${namespace}/${service}`,
                labels: addedLabels(labels).join(', '),
              }),
            ])
          : known(subsetHasEndpoint(labels, endpoint) === true),
      );
}

/** As {@link endpointsOf}, of the endpoints that belong; one of which that is not known makes the numbers unknown. */
export function endpointsWhere(
  snapshot: MeshSnapshot,
  namespace: string,
  service: string,
  belongs: (endpoint: BackingEndpoint) => Measured<boolean>,
): Measured<Endpoints> {
  const missing =
    unknownKind(snapshot, 'EndpointSlice') ?? unknownKind(snapshot, 'Pod');
  if (missing) {
    return missing;
  }
  const found: BackingEndpoint[] = [];
  for (const endpoint of endpointsBehind(snapshot, namespace, service)) {
    const answer = belongs(endpoint);
    if (answer.status === 'unknown') {
      return answer;
    }
    if (answer.value) {
      found.push(endpoint);
    }
  }
  return counted(found);
}

/** A pod of a dual-stack cluster is in one slice for each address family: it counts once. */
function counted(endpoints: readonly BackingEndpoint[]): Measured<Endpoints> {
  const readiness = new Map<string, boolean>();
  for (const { pod, address, ready } of endpoints) {
    const key = pod === undefined ? `address ${address}` : `pod ${pod}`;
    readiness.set(key, ready || (readiness.get(key) ?? false));
  }
  return known({
    ready: [...readiness.values()].filter(Boolean).length,
    total: readiness.size,
  });
}

/** One address of a Service, with what tells its labels. */
export interface BackingEndpoint extends EndpointPlace {
  pod: string | undefined;
  address: string | undefined;
  ready: boolean;
}

/** A Service's endpoints, as its EndpointSlices have them. */
export function endpointsBehind(
  snapshot: MeshSnapshot,
  namespace: string,
  service: string,
): BackingEndpoint[] {
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
