import type {
  CanaryPreview,
  CanaryPreviewRequestInput,
} from '@ai-mesh/plugin-ai-mesh-common';
import { useApi } from '@backstage/core-plugin-api';
import { useEffect, useState } from 'react';
import { aiMeshCanaryApiRef } from '../../../api';

/** Milliseconds; while somebody types nothing is asked. */
const PAUSE_MS = 500;

/** What a request would do. */
export interface Preview {
  /** Of the request as it is now, or, while a newer one is under way, of the one before. */
  preflight?: CanaryPreview;
  error?: Error;
  underway: boolean;
}

/** Asks what a request would do whenever it has changed; nothing while it is not complete. */
export function usePreview(
  request: CanaryPreviewRequestInput | undefined,
): Preview {
  const api = useApi(aiMeshCanaryApiRef);
  const [preview, setPreview] = useState<Preview>({ underway: false });
  const asked = request && JSON.stringify(request);
  useEffect(() => {
    if (!asked) {
      setPreview({ underway: false });
      return undefined;
    }
    const controller = new AbortController();
    setPreview(before => ({ ...before, underway: true }));
    const timer = setTimeout(() => {
      api.previewCanary(JSON.parse(asked), controller).then(
        preflight =>
          !controller.signal.aborted &&
          setPreview({ preflight, underway: false }),
        error =>
          !controller.signal.aborted && setPreview({ error, underway: false }),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [api, asked]);
  return preview;
}
