/** Requests of one version, and how many of them were bad (failed, throttled, too slow). */
export interface Tally {
  requests: number;
  bad: number;
}

/** What both versions did in the same slice of time. */
export interface Slice {
  canary: Tally;
  stable: Tally;
}

export const NONE: Tally = { requests: 0, bad: 0 };

export function plus(one: Tally, other: Tally): Tally {
  return {
    requests: one.requests + other.requests,
    bad: one.bad + other.bad,
  };
}

/** The share of bad requests, 0..1; undefined of none. */
export function shareOf({ requests, bad }: Tally): number | undefined {
  return requests > 0 ? bad / requests : undefined;
}
