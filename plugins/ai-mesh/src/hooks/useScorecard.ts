import type { Scorecard } from '@ai-mesh/plugin-ai-mesh-common';
import { useApi } from '@backstage/core-plugin-api';
import { aiMeshApiRef } from '../api';
import type { Received } from './Received';
import { Polled, usePolling } from './usePolling';

/** An entity's scorecard, kept fresh; its age is that of the facts that it stands on. */
export function useScorecard(entityRef: string): Polled<Received<Scorecard>> {
  const api = useApi(aiMeshApiRef);
  return usePolling(entityRef, 'scorecard', async signal => {
    const answer = await api.scorecard(entityRef, { signal });
    return {
      observedAt: answer.observedAt ?? new Date().toISOString(),
      answer,
    };
  });
}
