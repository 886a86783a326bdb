import type { Topology, TopologyRequest } from '@ai-mesh/plugin-ai-mesh-common';
import { useApi } from '@backstage/core-plugin-api';
import { aiMeshApiRef } from '../api';
import { paceOf } from './useMoment';
import { Polled, usePolling } from './usePolling';

/** The neighbourhood of an entity's services, kept fresh. */
export function useTopology(
  entityRef: string,
  request: TopologyRequest,
): Polled<Topology> {
  const api = useApi(aiMeshApiRef);
  return usePolling(
    entityRef,
    JSON.stringify(request),
    signal => api.topology(entityRef, request, { signal }),
    paceOf(request.at),
  );
}
