import { known, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import { shareInterval } from '../statistics';
import type { Baseline, Evidence } from './Evidence';

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

/**
 * The most that the lost share may truly have been, as far as the baseline's requests tell: none lost of a few hundred is
 * no promise of none.
 */
export function mostLostShare({
  lostShare: share,
  stable,
}: Baseline): number | undefined {
  if (share.status === 'unknown') {
    return undefined;
  }
  const requests = count(stable.requests) / (1 - Math.min(share.value, 0.99));
  return shareInterval({ requests, bad: share.value * requests }, 0.01).high;
}
