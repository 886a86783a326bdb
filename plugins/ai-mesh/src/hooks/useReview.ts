import type { Review } from '@ai-mesh/plugin-ai-mesh-common';
import { useApi } from '@backstage/core-plugin-api';
import { aiMeshApiRef } from '../api';
import { Polled, usePolling } from './usePolling';

/** What is wrong changes with edits, which ask at once, and slowly with traffic. */
const EVERY_MS = 60_000;

/** The review of an entity's services, kept fresh. */
export function useReview(entityRef: string): Polled<Review> {
  const api = useApi(aiMeshApiRef);
  return usePolling(
    entityRef,
    'review',
    signal => api.review(entityRef, { signal }),
    { everyMs: EVERY_MS },
  );
}
