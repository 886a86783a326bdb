import {
  slosRequestSchema,
  type Slos,
  type SlosRequest,
} from '@ai-mesh/plugin-ai-mesh-common';
import { useApi } from '@backstage/core-plugin-api';
import { aiMeshApiRef } from '../api';
import { paceOf } from './useMoment';
import { type Polled, usePolling } from './usePolling';
import { useSearchParam } from './useSearchParam';

/** The objectives of an entity's models, kept fresh. */
export function useSlos(entityRef: string, request: SlosRequest): Polled<Slos> {
  const api = useApi(aiMeshApiRef);
  return usePolling(
    entityRef,
    JSON.stringify(request),
    signal => api.slos(entityRef, request, { signal }),
    paceOf(request.at),
  );
}

/** The windows that the SLO screen's graphs may show. */
export const historyWindows = slosRequestSchema.shape.window.unwrap().options;

const DEFAULT: SlosRequest['window'] = '1h';

const parse = (written: string | null): SlosRequest['window'] =>
  slosRequestSchema.shape.window.catch(DEFAULT).parse(written ?? DEFAULT);

/** How far back the SLO screen's graphs reach, from the address. */
export function useHistoryWindow() {
  return useSearchParam('history', parse, DEFAULT);
}
