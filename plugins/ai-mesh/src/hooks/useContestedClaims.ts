import type { ContestedClaims } from '@ai-mesh/plugin-ai-mesh-common';
import { useApi } from '@backstage/core-plugin-api';
import { aiMeshApiRef } from '../api';
import { type Received, received } from './Received';
import { Polled, usePolling } from './usePolling';

/** The backend looks no more often. */
const EVERY_MS = 60_000;

/**
 * Services that more entities claim than own them, kept fresh.
 *
 * @param pages - how many of the list
 */
export function useContestedClaims(
  pages: number,
): Polled<Received<ContestedClaims>> {
  const api = useApi(aiMeshApiRef);
  return usePolling(
    'contested-claims',
    String(pages),
    async signal => {
      let answer = await api.contestedClaims({}, { signal });
      for (let page = 1; page < pages && answer.next; page++) {
        const { services, next } = await api.contestedClaims(
          { cursor: answer.next },
          { signal },
        );
        answer = { services: [...answer.services, ...services], next };
      }
      return received(answer);
    },
    { everyMs: EVERY_MS },
  );
}
