import type { Overview, OverviewRequest } from '@ai-mesh/plugin-ai-mesh-common';
import { useApi } from '@backstage/core-plugin-api';
import { aiMeshApiRef } from '../api';
import { paceOf } from './useMoment';
import { Polled, usePolling } from './usePolling';

/** The overview of an entity's services, kept fresh. */
export function useOverview(
  entityRef: string,
  request: OverviewRequest,
): Polled<Overview> {
  const api = useApi(aiMeshApiRef);
  return usePolling(
    entityRef,
    JSON.stringify(request),
    signal => api.overview(entityRef, request, { signal }),
    paceOf(request.at),
  );
}
