import {
  ACTIVE_CANARY_STATES,
  type CanaryDetails,
  type Replay,
  type ReplayRequest,
} from '@ai-mesh/plugin-ai-mesh-common';
import { useApi } from '@backstage/core-plugin-api';
import { aiMeshApiRef, aiMeshCanaryApiRef } from '../../../api';
import { paceOf, type Polled, usePolling } from '../../../hooks';

/** While the span goes along with the present, a new moment comes once a minute at the soonest. */
const PACE_MS = 60_000;
/** Of the canaries that ran within a span, the history of so many is asked for. */
const MOST_CANARIES = 5;

/** The topology over a past span. */
export function useReplay(
  entityRef: string,
  request: ReplayRequest,
): Polled<Replay> {
  const api = useApi(aiMeshApiRef);
  return usePolling(
    entityRef,
    JSON.stringify(request),
    signal => api.replay(entityRef, request, { signal }),
    { everyMs: PACE_MS, ...paceOf(request.at) },
  );
}

/** The canaries of an entity that ran within a span, with what they did. */
export function useCanariesWithin(
  entityRef: string,
  { from, to }: { from: string; to: string },
): Polled<CanaryDetails[]> {
  const api = useApi(aiMeshCanaryApiRef);
  return usePolling(
    entityRef,
    `${from} ${to}`,
    async signal => {
      const { canaries } = await api.canaries(entityRef, {}, { signal });
      const within = canaries.filter(
        ({ requestedAt, endedAt, state }) =>
          requestedAt <= to &&
          (ACTIVE_CANARY_STATES.includes(state) || (endedAt ?? '') >= from),
      );
      return Promise.all(
        within
          .slice(0, MOST_CANARIES)
          .map(({ id }) => api.canary(id, { signal })),
      );
    },
    { everyMs: PACE_MS },
  );
}
