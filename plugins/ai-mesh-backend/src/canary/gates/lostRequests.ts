import { known, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import type { Baseline, Evidence } from './Evidence';

/** How many of the requests that reached no version were the canary's. */
export interface LostByCanary {
  atLeast: number;
  atMost: number;
}

/**
 * Requests that reached no version carry none in the metrics. What the service lost already before the start is not the
 * canary's fault; what it loses beyond that is. Counts scatter by their square root, so two of those are left in doubt.
 */
export function lostByCanary(
  evidence: Evidence,
  baseline: Baseline | undefined,
): LostByCanary {
  const { lostRequests, canary, stable } = evidence;
  if (lostRequests.status === 'unknown' || lostRequests.value <= 0) {
    return { atLeast: 0, atMost: 0 };
  }
  const lost = lostRequests.value;
  if (baseline?.lostShare.status !== 'known') {
    return { atLeast: 0, atMost: lost };
  }
  const all = count(canary.requests) + count(stable.requests) + lost;
  const usual = baseline.lostShare.value * all;
  const doubt = 2 * Math.sqrt(usual);
  return {
    atLeast: Math.max(0, lost - usual - doubt),
    atMost: Math.max(0, lost - Math.max(0, usual - doubt)),
  };
}

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
