import type { MayCall, MayCallRequest } from '@ai-mesh/plugin-ai-mesh-common';
import { useApi } from '@backstage/core-plugin-api';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { aiMeshApiRef } from '../../../api';

/** Asks the backend when told to; the last answer stays until the next one is there. */
export function useMayCall(entityRef: string): {
  answer?: MayCall;
  error?: Error;
  loading: boolean;
  ask: (request: MayCallRequest) => void;
} {
  const api = useApi(aiMeshApiRef);
  const [{ value, error, loading }, ask] = useAsyncFn(
    (request: MayCallRequest) => api.mayCall(entityRef, request),
    [api, entityRef],
  );
  return { answer: value, error, loading, ask };
}
