import {
  type Canary,
  canaryActionSchema,
  type CanaryActionName,
  canarySchema,
  type CanaryTransition,
  canaryTransitionSchema,
  type Sentences,
} from '@ai-mesh/plugin-ai-mesh-common';
import { useApi } from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import { useState } from 'react';
import { aiMeshCanaryApiRef } from '../../../api';
import { saidBy } from '../../States';

/** How a person's action went. */
export interface ActionState {
  underway: boolean;
  /** Why it was not done. */
  error?: Error;
  /** It was not done because somebody was faster. */
  conflict?: Conflict;
  /** The canary as the last answer had it; the page may still show an older one. */
  answered?: Canary;
}

/** What came in between. */
export interface Conflict {
  /** As it stands now. */
  canary: Canary;
  /** What happened since the state that was decided on, oldest first. */
  since: CanaryTransition[];
  /** What the backend said, where nothing of that tells why. */
  why?: Sentences;
}

/** Whichever of the two is later. */
export function newer(page: Canary, answered: Canary | undefined): Canary {
  return answered && answered.version > page.version ? answered : page;
}

/**
 * Acts on canaries.
 *
 * @param onDone - after an action that was carried out, or that came too late: what is on the screen is old
 */
export function useAction(onDone: () => void) {
  const api = useApi(aiMeshCanaryApiRef);
  const [state, setState] = useState<ActionState>({ underway: false });

  /** @returns that it was done, or what came in between, or nothing where it was refused */
  const act = async (
    { id, version }: Pick<Canary, 'id' | 'version'>,
    action: CanaryActionName,
    reason?: string,
  ): Promise<'done' | Conflict | undefined> => {
    setState(({ answered }) => ({ underway: true, answered }));
    try {
      const body = canaryActionSchema.parse({ action, version, reason });
      const answered = await api.actOnCanary(id, body);
      setState({ underway: false, answered });
      onDone();
      return 'done';
    } catch (thrown) {
      const conflict = conflictOf(thrown);
      const error =
        thrown instanceof Error ? thrown : new Error(String(thrown));
      setState(({ answered }) => ({
        underway: false,
        ...(conflict
          ? { conflict, answered: conflict.canary }
          : { error, answered }),
      }));
      if (conflict) {
        onDone();
      }
      return conflict;
    }
  };

  return {
    ...state,
    act,
    forget: () => setState(({ answered }) => ({ underway: false, answered })),
  };
}

/** The present state that a 409 carries, and what led to it. */
function conflictOf(error: unknown): Conflict | undefined {
  if (!(error instanceof ResponseError) || error.statusCode !== 409) {
    return undefined;
  }
  const { canary, since } = error.body.error as Record<string, unknown>;
  const present = canarySchema.safeParse(canary);
  const { data: rows = [] } = canaryTransitionSchema.array().safeParse(since);
  return present.success
    ? {
        canary: present.data,
        since: rows,
        ...(rows.length === 0 && { why: saidBy(error) }),
      }
    : undefined;
}
