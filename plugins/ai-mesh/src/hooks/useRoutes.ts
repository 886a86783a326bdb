import type { Routes, RoutesRequest } from '@ai-mesh/plugin-ai-mesh-common';
import { useApi } from '@backstage/core-plugin-api';
import { aiMeshApiRef } from '../api';
import { paceOf } from './useMoment';
import { Polled, usePolling } from './usePolling';

/** The effective routes of an entity's services, kept fresh. */
export function useRoutes(
  entityRef: string,
  request: RoutesRequest,
): Polled<Routes> {
  const api = useApi(aiMeshApiRef);
  return usePolling(
    entityRef,
    JSON.stringify(request),
    signal => api.routes(entityRef, request, { signal }),
    paceOf(request.at),
  );
}
