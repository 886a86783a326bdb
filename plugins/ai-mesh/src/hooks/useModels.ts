import type { ModelsInUse } from '@ai-mesh/plugin-ai-mesh-common';
import { useApi } from '@backstage/core-plugin-api';
import { aiMeshApiRef } from '../api';
import { Polled, usePolling } from './usePolling';

/** Facts are computed no more often. */
const EVERY_MS = 60_000;

/** Each model in use, across the services that the reader may see, kept fresh. */
export function useModels(): Polled<ModelsInUse> {
  const api = useApi(aiMeshApiRef);
  return usePolling('models', '', signal => api.models({ signal }), {
    everyMs: EVERY_MS,
  });
}
