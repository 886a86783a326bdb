import { known, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import type { Evidence } from './Evidence';

/** Lost requests over all requests of the service. */
export function lostShare({
  lostRequests,
  canary,
  stable,
}: Evidence): Measured<number> {
  if (lostRequests.status === 'unknown') {
    return lostRequests;
  }
  if (stable.requests.status === 'unknown') {
    return stable.requests;
  }
  const all =
    count(canary.requests) + stable.requests.value + lostRequests.value;
  return known(all === 0 ? 0 : lostRequests.value / all);
}

function count(requests: Measured<number>): number {
  return requests.status === 'known' ? requests.value : 0;
}
