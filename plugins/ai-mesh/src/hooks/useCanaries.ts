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
import { type Polled, REFRESH_INTERVAL_MS, usePolling } from './usePolling';

/** Milliseconds between two looks at a canary that moves by itself; its checks come no faster than every second. */
const RUNNING_INTERVAL_MS = 3_000;

/** Whether it may change without anybody doing anything. */
function moves({ state }: Pick<Canary, 'state'>): boolean {
  return ACTIVE_CANARY_STATES.includes(state);
}

const pace = (running: boolean) =>
  running ? RUNNING_INTERVAL_MS : REFRESH_INTERVAL_MS;

/** An answer that says when it arrived, since canaries' answers have no such time of their own. */
export interface Received<T> {
  observedAt: string;
  answer: T;
}

/** All canaries of an entity, kept fresh: often while one of them runs. */
export function useCanaries(entityRef: string): Polled<Received<CanaryList>> {
  const api = useApi(aiMeshCanaryApiRef);
  const [running, setRunning] = useState(false);
  return usePolling(
    entityRef,
    '',
    async signal => {
      const answer = await api.canaries(entityRef, { signal });
      setRunning(answer.canaries.some(moves));
      return received(answer);
    },
    { everyMs: pace(running), channel: CANARIES_CHANGED_CHANNEL },
  );
}

/** One canary with its history, kept fresh: often while it runs. */
export function useCanary(id: string): Polled<Received<CanaryDetails>> {
  const api = useApi(aiMeshCanaryApiRef);
  const [running, setRunning] = useState(true);
  return usePolling(
    id,
    '',
    async signal => {
      const answer = await api.canary(id, { signal });
      setRunning(moves(answer));
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

function received<T>(answer: T): Received<T> {
  return { observedAt: new Date().toISOString(), answer };
}
