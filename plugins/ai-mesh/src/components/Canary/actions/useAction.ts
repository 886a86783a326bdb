import {
  type Canary,
  canaryActionSchema,
  type CanaryActionName,
  canarySchema,
} from '@ai-mesh/plugin-ai-mesh-common';
import { useApi } from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import { useState } from 'react';
import { aiMeshCanaryApiRef } from '../../../api';

/** How a person's action went. */
export interface ActionState {
  underway: boolean;
  /** Why it was not done. */
  error?: Error;
  /** It was not done because somebody was faster: how the canary stands now. */
  conflict?: Canary;
}

/**
 * Acts on canaries.
 *
 * @param onDone - after an action that was carried out, or that came too late: what is on the screen is old
 */
export function useAction(onDone: () => void) {
  const api = useApi(aiMeshCanaryApiRef);
  const [state, setState] = useState<ActionState>({ underway: false });

  /** @returns whether it was done */
  const act = async (
    { id, version }: Pick<Canary, 'id' | 'version'>,
    action: CanaryActionName,
    reason?: string,
  ): Promise<boolean> => {
    setState({ underway: true });
    try {
      const body = canaryActionSchema.parse({ action, version, reason });
      await api.actOnCanary(id, body);
      setState({ underway: false });
      onDone();
      return true;
    } catch (thrown) {
      const conflict = conflictOf(thrown);
      const error =
        thrown instanceof Error ? thrown : new Error(String(thrown));
      setState({ underway: false, ...(conflict ? { conflict } : { error }) });
      if (conflict) {
        onDone();
      }
      return false;
    }
  };

  return { ...state, act, forget: () => setState({ underway: false }) };
}

/** The present state that a 409 carries. */
function conflictOf(error: unknown): Canary | undefined {
  if (!(error instanceof ResponseError) || error.statusCode !== 409) {
    return undefined;
  }
  const { canary } = error.body.error as { canary?: unknown };
  return canarySchema.safeParse(canary).data;
}
