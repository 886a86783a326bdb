import type { ModelsInUse } from '@ai-mesh/plugin-ai-mesh-common';
import { useApi } from '@backstage/core-plugin-api';
import { aiMeshApiRef } from '../api';
import { Polled, usePolling } from './usePolling';

/** Facts are computed no more often. */
const EVERY_MS = 60_000;

/** As many as the backend gives at once: the busiest. */
const MOST_MODELS = 200;

/** Each model in use, across the services that the reader may see, kept fresh. */
export function useModels(): Polled<ModelsInUse> {
  const api = useApi(aiMeshApiRef);
  return usePolling(
    'models',
    '',
    signal => api.models({ limit: MOST_MODELS }, { signal }),
    { everyMs: EVERY_MS },
  );
}
