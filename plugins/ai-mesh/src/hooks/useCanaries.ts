import {
  ACTIVE_CANARY_STATES,
  CANARIES_CHANGED_CHANNEL,
  type Canary,
  type CanaryDetails,
  type CanaryList,
  type CanaryOptions,
} from '@ai-mesh/plugin-ai-mesh-common';
import { useApi } from '@backstage/core-plugin-api';
import { useState } from 'react';
import { aiMeshCanaryApiRef } from '../api';
import { type Received, received } from './Received';
import { type Polled, REFRESH_INTERVAL_MS, usePolling } from './usePolling';

/** Milliseconds between two looks at a canary that moves by itself; its checks come no faster than every second. */
const RUNNING_INTERVAL_MS = 3_000;

/** As many rows of a history as the backend gives at a time. */
const MOST_ROWS = 200;

/** Whether it may change without anybody doing anything. */
function moves({ state }: Pick<Canary, 'state'>): boolean {
  return ACTIVE_CANARY_STATES.includes(state);
}

const pace = (running: boolean) =>
  running ? RUNNING_INTERVAL_MS : REFRESH_INTERVAL_MS;

/**
 * The canaries of an entity, kept fresh: often while one of them runs. Active ones are on the first page.
 *
 * @param pages - how many of the list
 */
export function useCanaries(
  entityRef: string,
  pages: number,
): Polled<Received<CanaryList>> {
  const api = useApi(aiMeshCanaryApiRef);
  const [running, setRunning] = useState(false);
  return usePolling(
    entityRef,
    String(pages),
    async signal => {
      let answer = await api.canaries(entityRef, {}, { signal });
      for (let page = 1; page < pages && answer.next; page++) {
        const { canaries, next } = await api.canaries(
          entityRef,
          { cursor: answer.next },
          { signal },
        );
        answer = {
          ...answer,
          canaries: [...answer.canaries, ...canaries],
          next,
        };
      }
      setRunning(answer.canaries.some(moves));
      return received(answer);
    },
    { everyMs: pace(running), channel: CANARIES_CHANGED_CHANNEL },
  );
}

/**
 * One canary with its history, kept fresh: often while it runs.
 *
 * @param pages - how much of the history: the latest rows, and earlier ones with every further page
 */
export function useCanary(
  id: string,
  pages = 1,
): Polled<Received<CanaryDetails>> {
  const api = useApi(aiMeshCanaryApiRef);
  const [running, setRunning] = useState(true);
  return usePolling(
    id,
    String(pages),
    async signal => {
      let answer = await api.canary(id, { signal });
      for (let page = 1; page < pages && answer.earlierTransitions; page++) {
        const { transitions, earlier } = await api.canaryTransitions(
          id,
          { cursor: answer.earlierTransitions, limit: MOST_ROWS },
          { signal },
        );
        answer = {
          ...answer,
          transitions: [...transitions, ...answer.transitions],
          earlierTransitions: earlier,
        };
      }
      setRunning([answer, ...(answer.others ?? [])].some(moves));
      return received(answer);
    },
    { everyMs: pace(running), channel: CANARIES_CHANGED_CHANNEL },
  );
}

/** What a request for an entity can choose from, kept fresh. */
export function useCanaryOptions(
  entityRef: string,
): Polled<Received<CanaryOptions>> {
  const api = useApi(aiMeshCanaryApiRef);
  return usePolling(entityRef, '', async signal =>
    received(await api.canaryOptions(entityRef, { signal })),
  );
}
