import { Endpoints, known, Measured } from '@ai-mesh/plugin-ai-mesh-common';
import { groupBy } from './groupBy';
import type { EndpointSliceObject } from './kinds';
import { hasLabels } from './labels';
import type { MeshSnapshot } from './MeshSnapshot';
import { unknownKind } from './unknownKind';

const SERVICE_NAME = 'kubernetes.io/service-name';

/**
 * A Service's endpoints by readiness, from its EndpointSlices.
 *
 * @param labels - only endpoints whose pod carries them: a DestinationRule's subset
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
  const slices =
    groupBy(snapshot.inNamespace('EndpointSlice', namespace), serviceName).get(
      service,
    ) ?? [];
  // A pod of a dual-stack cluster is in one slice for each address family: count it once.
  const readiness = new Map<string, boolean>();
  for (const { pod, address, ready } of slices.flatMap(endpointsOfSlice)) {
    const podLabels =
      pod === undefined
        ? undefined
        : snapshot.get('Pod', namespace, pod)?.metadata.labels;
    if (!needsPods || hasLabels(podLabels, labels)) {
      const key = pod === undefined ? `address ${address}` : `pod ${pod}`;
      readiness.set(key, ready || (readiness.get(key) ?? false));
    }
  }
  return known({
    ready: [...readiness.values()].filter(Boolean).length,
    total: readiness.size,
  });
}

function serviceName(slice: EndpointSliceObject): string[] {
  const name = slice.metadata.labels?.[SERVICE_NAME];
  return name === undefined ? [] : [name];
}

function endpointsOfSlice(slice: EndpointSliceObject) {
  return (slice.endpoints ?? []).map(
    ({ addresses, conditions, targetRef }) => ({
      pod: targetRef?.kind === 'Pod' ? targetRef.name : undefined,
      address: addresses?.[0],
      // Kubernetes: consumers read an absent condition as ready.
      ready: conditions?.ready ?? true,
    }),
  );
}
