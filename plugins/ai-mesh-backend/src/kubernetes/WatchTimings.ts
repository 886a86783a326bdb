import type { StandingLimits } from './Standing';

/** How patient a watch cache is; all in milliseconds. */
export interface WatchTimings {
  /** How long a request waits for the first sync. */
  firstSyncMs: number;
  /** A watch that is silent for so long is dead. Bookmarks come about every minute. */
  silenceMs: number;
  /** A watch that lived so long ended in good order: the next one need not wait. */
  stableMs: number;
  /** The server is asked to end a watch after a time between these. */
  watchMs: readonly [number, number];
  retry: { baseMs: number; mostMs: number };
  /** A refusal that stands for less may be in passing. */
  giveUp: StandingLimits;
  /** Kinds may be installed later, or again. */
  rediscoverMs: number;
}

export const defaultTimings: WatchTimings = {
  firstSyncMs: 3_000,
  silenceMs: 120_000,
  stableMs: 10_000,
  watchMs: [240_000, 600_000],
  retry: { baseMs: 500, mostMs: 20_000 },
  giveUp: { tries: 4, afterMs: 30_000 },
  rediscoverMs: 40_000,
};
