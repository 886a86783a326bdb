import type { Traces, TracesRequest } from '@ai-mesh/plugin-ai-mesh-common';
import { useApi } from '@backstage/core-plugin-api';
import { aiMeshApiRef } from '../api';
import { paceOf } from './useMoment';
import { type Polled, usePolling } from './usePolling';

/** Traces are heavier than figures and change less. */
const EVERY_MS = 60_000;

/** The slowest and the failed traces of an entity's services or of one model. */
export function useTraces(
  entityRef: string,
  request: TracesRequest,
): Polled<Traces> {
  const api = useApi(aiMeshApiRef);
  const asked = JSON.stringify(request);
  return usePolling(
    // Another model's traces are not these: they must not stand under its name.
    `${entityRef} ${asked}`,
    asked,
    signal => api.traces(entityRef, request, { signal }),
    { everyMs: EVERY_MS, ...paceOf(request.at) },
  );
}
