import type { Person } from '../CanaryPortal';

/** One request of somebody who means no good, or mistypes. */
export interface HostileRequest {
  /** What it attacks: a route (`get /v1/canaries/{id}`), or an action by its name. */
  target: string;
  method: 'get' | 'post';
  /** Below `/api/ai-mesh`. It and the body may hold the words of {@link present}. */
  path: string;
  type?: string;
  body?: string;
  /** Unless said: olivia. */
  as?: Person | 'plugin' | 'nobody';
}

/** What a request cannot know before: words in it that stand for what is so when it is sent. */
export const present = {
  /** The id of the canary that was asked for last. */
  canary: 'THE-PRESENT-CANARY',
  /** Its version; in a body it stands in quotes, which go with it. */
  version: 'THE-PRESENT-VERSION',
  /** Two minutes ago. */
  moment: 'TWO-MINUTES-AGO',
} as const;
