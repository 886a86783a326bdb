import type {
  FixRequests,
  FixRequestsRequest,
} from '@ai-mesh/plugin-ai-mesh-common';
import { useApi } from '@backstage/core-plugin-api';
import { aiMeshApiRef } from '../api';
import { type Polled, usePolling } from './usePolling';

/** An entity's pull requests of one kind and what became of them, kept fresh. */
export function useFixRequests(
  entityRef: string,
  request: FixRequestsRequest,
): Polled<FixRequests> {
  const api = useApi(aiMeshApiRef);
  return usePolling(entityRef, JSON.stringify(request), signal =>
    api.fixRequests(entityRef, request, { signal }),
  );
}
