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

/** Canaries of a span, the newest first. */
export interface CanariesWithin {
  canaries: CanaryDetails[];
  /** False: there are more, which are not among them. */
  areAll: boolean;
}

/** The canaries of an entity that ran within a span, with what they did. */
export function useCanariesWithin(
  entityRef: string,
  { from, to }: { from: string; to: string },
): Polled<CanariesWithin> {
  const api = useApi(aiMeshCanaryApiRef);
  return usePolling(
    entityRef,
    `${from} ${to}`,
    async signal => {
      const { canaries, next } = await api.canaries(entityRef, {}, { signal });
      const within = canaries.filter(
        ({ requestedAt, endedAt, state }) =>
          requestedAt <= to &&
          (ACTIVE_CANARY_STATES.includes(state) || (endedAt ?? '') >= from),
      );
      const shown = within.slice(0, MOST_CANARIES);
      return {
        canaries: await Promise.all(
          shown.map(({ id }) => api.canary(id, { signal })),
        ),
        areAll:
          within.length === shown.length &&
          (next === undefined || within.length < canaries.length),
      };
    },
    { everyMs: PACE_MS },
  );
}
