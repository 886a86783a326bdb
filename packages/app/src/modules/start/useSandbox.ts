import {
  useApi,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { useCallback } from 'react';

/** What the sandbox says of itself. */
export interface SandboxState {
  /** The name of the scene that plays. */
  scene: string;
  scenes: { name: string; description: string }[];
}

/** The sandbox behind this portal, by the portal's proxy. */
export function useSandbox() {
  const discovery = useApi(discoveryApiRef);
  const { fetch } = useApi(fetchApiRef);
  const ask = useCallback(
    async (
      path: string,
      init?: RequestInit,
    ): Promise<SandboxState | undefined> => {
      const answer = await fetch(
        `${await discovery.getBaseUrl('proxy')}/sandbox/${path}`,
        { ...init, headers: { accept: 'application/json', ...init?.headers } },
      );
      if (answer.status === 404) {
        // A portal on a mesh of one's own.
        return undefined;
      }
      if (!answer.ok) {
        throw new Error(`the simulated mesh answers ${answer.status}`);
      }
      return answer.json();
    },
    [discovery, fetch],
  );
  const look = useCallback(() => ask(''), [ask]);
  const play = useCallback(
    (name: string) =>
      ask('scene', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name }),
      }),
    [ask],
  );
  /** Both give undefined where there is no sandbox, and reject with a sentence where it does not answer. */
  return { look, play };
}
