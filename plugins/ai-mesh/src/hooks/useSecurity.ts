import type { Security } from '@ai-mesh/plugin-ai-mesh-common';
import { useApi } from '@backstage/core-plugin-api';
import { aiMeshApiRef } from '../api';
import { paceOf } from './useMoment';
import { Polled, usePolling } from './usePolling';

/** How the calls to an entity's services are protected, kept fresh. */
export function useSecurity(entityRef: string, at?: string): Polled<Security> {
  const api = useApi(aiMeshApiRef);
  return usePolling(
    entityRef,
    at ?? '',
    signal => api.security(entityRef, { signal, ...(at && { at }) }),
    paceOf(at),
  );
}
