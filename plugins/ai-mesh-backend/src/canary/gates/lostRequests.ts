/** Requests that reached no version, over all, and how many of them were taken for the canary's. */
export interface LostRequests {
  requests: number;
  all: number;
  attributed: number;
}

export const NONE_LOST: LostRequests = { requests: 0, all: 0, attributed: 0 };

/** Counts scatter by their square root; so many of those stay in doubt, since it is looked at again and again. */
const DOUBT = 3;

/**
 * Requests that reached no version carry none in the metrics. What the service lost already before the start is not the
 * canary's fault; what it loses beyond that is. Counts scatter by their square root: three of those stay in doubt, since
 * it is looked at again and again.
 */
export function attribute(
  before: LostRequests,
  requests: number,
  all: number,
  usualShare: number | undefined,
): LostRequests {
  const sum = {
    requests: before.requests + requests,
    all: before.all + all,
  };
  if (usualShare === undefined) {
    return { ...sum, attributed: before.attributed };
  }
  const usual = usualShare * sum.all;
  const atLeast = Math.floor(sum.requests - usual - DOUBT * Math.sqrt(usual));
  return { ...sum, attributed: Math.max(before.attributed, atLeast, 0) };
}

/** How many of the step's requests that reached no version may be the canary's beside those that were taken for its own. */
export function lostInDoubt(
  { requests, all, attributed }: LostRequests,
  usualLostShare = 0,
): number {
  const usual = usualLostShare * all;
  return Math.max(
    0,
    requests - attributed - Math.max(0, usual - DOUBT * Math.sqrt(usual)),
  );
}
